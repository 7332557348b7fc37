import Deploys
import Foundation
import GitHub

extension Operator {
  /// Looks whether the tag is free.
  ///
  /// Whether the repository has the commit GitHub says itself.
  func errand(tagging request: TagRequest, in environment: Environment) async throws -> Errand {
    guard
      environment.tag.isTag(
        request.tag, service: request.service, environment: environment.name)
    else {
      throw Refusal(
        message: "\(request.tag) is no tag that deploys \(request.service) to \(environment.name)",
        remedy: "Such a tag is like \(environment.tag.text).")
    }
    if let taken = try await tag(request) {
      throw try await takenRefusal(of: request, taken, in: environment)
    }
    let place = "\(request.tag) on \(request.commit.shortCommit)"
    return Errand(
      summary: "tag \(request.repository) \(place) (\(request.source))", service: request.service
    ) { _ in
      Deed(message: "tagged \(place)", run: nil)
    } look: {
      guard let found = try await tag(request) else { return .open("there is no such tag yet") }
      guard !found.commit.isEmpty else {
        return .open("there is such a tag, and its commit is not told")
      }
      guard found.commit == request.commit else {
        return .settled(
          .refused(
            message: "somebody else has put \(request.tag) on \(found.commit.shortCommit)",
            remedy: "Ask for a tag again: the next free number is proposed."))
      }
      return .settled(
        .done(
          message: "\(place) is there: the answer was lost, so it may also have been somebody else",
          run: nil))
    }
  }

  /// The tag of a request's name, where there is one.
  private func tag(_ request: TagRequest) async throws -> GitRef? {
    try await github.ref(.tag, named: request.tag, in: request.repository)
  }

  private func takenRefusal(
    of request: TagRequest, _ taken: GitRef, in environment: Environment
  ) async throws -> Refusal {
    let template = environment.tag
    let day = TagTemplate.day(serverTime, in: timeZone)
    let tags = try await github.matchingTags(
      template.beginning(service: request.service, environment: environment.name, day: day),
      in: request.repository)
    let number = template.nextNumber(
      after: tags.map(\.name), service: request.service, environment: environment.name, day: day)
    let next = template.name(
      service: request.service, environment: environment.name, day: day, number: number)
    let place =
      switch taken.commit {
      case request.commit: ", on the same commit"
      case "": ""
      default: ", on \(taken.commit.shortCommit), another commit"
      }
    return Refusal(
      message: "\(request.tag) is there already\(place)",
      remedy: "The next free tag is \(next).")
  }
}

extension String {
  /// The beginning of a commit's hash, as people name it.
  fileprivate var shortCommit: String { String(prefix(8)) }
}
