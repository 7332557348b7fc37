import Foundation
import Transport

/// What an endpoint of the GitHub API answers, before the headers that all answers have.
struct GitHubAnswer: Sendable {
  var status = 200
  var body = Data()
  var contentType = "application/json; charset=utf-8"
  var headers: HTTPHeaders = [:]

  /// An answer of JSON.
  static func json(_ body: JSON, status: Int = 200, headers: HTTPHeaders = [:]) -> GitHubAnswer {
    GitHubAnswer(status: status, body: body.data, headers: headers)
  }

  /// An answer without a body.
  static func empty(_ status: Int) -> GitHubAnswer { GitHubAnswer(status: status) }

  /// A link to another place.
  static func redirect(to url: String) -> GitHubAnswer {
    GitHubAnswer(status: 302, headers: ["Location": url])
  }
}

/// A refusal in GitHub's shape.
struct GitHubFailure: Error, Sendable {
  var status: Int
  var message: String
  /// What is wrong, where the message says only that something is.
  var errors: JSON?
  var documentation = "https://docs.github.com/rest"
  var headers: HTTPHeaders = [:]

  static let notFound = GitHubFailure(status: 404, message: "Not Found")

  /// A dispatch that is not as the workflow file wants it.
  static func dispatch(_ message: String) -> GitHubFailure {
    GitHubFailure(
      status: 422, message: message,
      documentation:
        "https://docs.github.com/rest/actions/workflows#create-a-workflow-dispatch-event")
  }

  var answer: GitHubAnswer {
    var body: JSON = ["message": .string(message)]
    if let errors { body = body.adding(["errors": errors]) }
    body = body.adding([
      "documentation_url": .string(documentation), "status": "\(status)",
    ])
    return .json(body, status: status, headers: headers)
  }
}
