import AWS
import Deploys
import Foundation
import GitHub
import Transport

/// What an error means for a mutation that was to be sent.
enum Setback: Sendable {
  /// It was surely not sent.
  case notSent(Refusal)
  /// The server has not taken it.
  case refused(Refusal)
  /// The server has not taken it for now.
  case limited(Limit)
  /// It may have been taken: why nobody knows.
  case lost(String)

  /// Judges an error.
  ///
  /// What is not known for sure to have been refused counts as lost.
  init(_ error: any Error, of mutation: Mutation, at now: Date) {
    switch error {
    case let limit as Limit: self = .limited(limit)
    case let error as GitHubError: self.init(error, of: mutation)
    case let error as AWSError: self.init(error, at: now)
    case is CancellationError: self = .lost("stopped while the answer was awaited")
    default: self = .lost("\(type(of: error))")
    }
  }

  private init(_ error: GitHubError, of mutation: Mutation) {
    if error.mayHaveBeenTaken {
      self = .lost(error.message)
      return
    }
    switch error {
    case .rateLimited(let until, let isSecondary):
      self = .limited(
        Limit(
          until: until,
          why: isSecondary
            ? "GitHub asks to slow down" : "GitHub's hourly allowance is used up"))
    case .transport(let error):
      self = .notSent(Self.unsent(error))
    case .noToken, .malformedToken:
      self = .notSent(Refusal(message: error.message, remedy: error.remedy))
    case .unauthorized, .forbidden, .sso, .notFound, .gone, .refused, .server, .badPayload,
      .moved, .storage:
      self = .refused(Refusal(error, of: mutation))
    }
  }

  private init(_ error: AWSError, at now: Date) {
    if error.mayHaveBeenTaken {
      self = .lost(error.message)
      return
    }
    let refusal = Refusal(message: error.message, remedy: error.remedy)
    switch error {
    case .throttled(_, let wait):
      self = .limited(
        Limit(until: now + (wait ?? .seconds(10)) / .seconds(1), why: "AWS asks to slow down"))
    case .transport(_, let error): self = .notSent(Self.unsent(error))
    case .noCredentials, .badConfiguration, .noRegion: self = .notSent(refusal)
    case .accessDenied, .badCredentials, .expiredToken, .signatureMismatch, .notFound,
      .wrongRegion, .refused, .server, .badPayload:
      self = .refused(refusal)
    }
  }

  private static let remedy = "Check the host's name, the network and any proxy, and try again."

  private static func unsent(_ error: TransportError) -> Refusal {
    Refusal(message: "nothing was sent: \(error.message)", remedy: remedy)
  }

  fileprivate static func unread(_ error: TransportError) -> Refusal {
    Refusal(message: error.message, remedy: remedy)
  }
}

extension Refusal {
  /// Why a target could not be read.
  init(reading error: any Error) {
    switch error {
    case GitHubError.transport(let error): self = Setback.unread(error)
    case AWSError.transport(_, let error): self = Setback.unread(error)
    case GitHubError.server(let status, let host):
      self.init(message: "\(host) failed (\(status))", remedy: "Try again.")
    case let error as GitHubError: self.init(message: error.message, remedy: error.remedy)
    case let error as AWSError: self.init(message: error.message, remedy: error.remedy)
    default: self.init(message: "\(type(of: error))", remedy: "Try again.")
    }
  }

  /// What GitHub's refusal means for a mutation.
  init(_ error: GitHubError, of mutation: Mutation) {
    let said = error.meaning.map { "\($0) (\(error.message))" } ?? error.message
    self.init(message: "GitHub refused \(mutation.name): \(said)", remedy: error.remedy)
  }
}
