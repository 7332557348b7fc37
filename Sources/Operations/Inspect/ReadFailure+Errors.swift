import AWS
import Archives
import Deploys
import GitHub
import LogText
import Transport

extension ReadFailure {
  /// Tells what any of the errors that reading meets means to a person.
  init(reading error: any Error) {
    switch error {
    case let error as ReadFailure: self = error
    case is CancellationError:
      self.init(.cancelled, message: "stopped", remedy: "Ask again to go on.")
    case let error as GitHubError:
      self.init(Kind(error), message: error.message, remedy: error.remedy)
    case let error as AWSError:
      self.init(Kind(error), message: error.message, remedy: error.remedy)
    case let error as ArchiveError: self = error.failure
    case let error as FileError: self = error.failure
    case let error as LogFileError:
      self.init(message: error.message, remedy: error.remedy)
    case let error as TransportError:
      self.init(message: error.message, remedy: error.remedy)
    default:
      self.init(message: "it could not be read: \(error)", remedy: "Try again.")
    }
  }

  /// The same failure in other words.
  func saying(_ kind: Kind, _ message: String, remedy: String) -> ReadFailure {
    ReadFailure(kind, message: "\(message) (\(self.message))", remedy: remedy)
  }
}

extension ReadFailure.Kind {
  fileprivate init(_ error: GitHubError) {
    self =
      switch error {
      case .noToken, .malformedToken, .unauthorized, .forbidden, .sso: .denied
      case .gone: .gone
      case .rateLimited, .notFound, .refused, .server, .badPayload, .moved, .transport, .storage:
        .other
      }
  }

  fileprivate init(_ error: AWSError) {
    self =
      switch error {
      case .noCredentials, .accessDenied, .badCredentials, .expiredToken: .denied
      case .notFound: .gone
      case .badConfiguration, .noRegion, .signatureMismatch, .throttled, .wrongRegion, .refused,
        .server, .badPayload, .transport:
        .other
      }
  }
}

extension GitHubError {
  /// Whether there is no such file now: the API or the storage behind it says so.
  var isMissing: Bool {
    switch self {
    case .notFound: true
    case .storage(_, _, let status, _): status == 404
    case .noToken, .malformedToken, .unauthorized, .forbidden, .sso, .rateLimited, .gone, .refused,
      .server, .badPayload, .moved, .transport:
      false
    }
  }

  /// Whether there was such a file and is none any more.
  var isGone: Bool {
    switch self {
    case .gone: true
    case .storage(_, _, let status, _): status == 410
    case .noToken, .malformedToken, .unauthorized, .forbidden, .sso, .rateLimited, .notFound,
      .refused, .server, .badPayload, .moved, .transport:
      false
    }
  }

  /// Whether asking again soon may fare better.
  var mayPass: Bool {
    switch self {
    case .server, .transport: true
    case .storage(_, _, let status, _): status >= 500
    case .noToken, .malformedToken, .unauthorized, .forbidden, .sso, .rateLimited, .notFound,
      .gone, .refused, .badPayload, .moved:
      false
    }
  }
}
