import Deploys
import Foundation

/// A workflow as GitHub's JSON has it (`workflow`, version 2022-11-28).
struct WireWorkflow: Decodable {
  var id: Int64
  var name: String?
  var path: String
  var state: String?
  var url: String?

  enum CodingKeys: String, CodingKey {
    case id, name, path, state
    case url = "html_url"
  }

  /// The branch of the file that its page shows; `nil` for a workflow without a file.
  var branch: String? {
    guard let url, let start = url.firstRange(of: "/blob/"),
      let end = url.range(of: "/.github/workflows/", options: .backwards),
      start.upperBound < end.lowerBound
    else { return nil }
    let text = url[start.upperBound..<end.lowerBound]
    return text.removingPercentEncoding ?? String(text)
  }

  /// The workflow in the domain's terms.
  var workflow: Workflow {
    Workflow(id: id, name: name.nonEmpty ?? path, path: path, state: state ?? "active")
  }
}

/// A page of workflows.
struct WireWorkflowPage: Decodable {
  var workflows: [Lenient<WireWorkflow>]
}

/// A file in the form that holds it in base64.
struct WireFile: Decodable {
  var content: String
  var encoding: String
}

/// What starting a workflow answers where run details were asked for.
struct WireDispatch: Decodable {
  var runID: Int64
  var url: String?

  enum CodingKeys: String, CodingKey {
    case runID = "workflow_run_id"
    case url = "html_url"
  }
}

/// The answer to a question about the rate limit.
struct WireRateLimit: Decodable {
  struct Resources: Decodable {
    var core: Resource
  }

  struct Resource: Decodable {
    var limit: Int
    var remaining: Int
    var used: Int?
    var reset: Int
  }

  var resources: Resources
}

/// The user that a token belongs to.
struct WireUser: Decodable {
  var login: String
}

/// What GitHub says beside a status of failure.
struct WireFailure: Decodable {
  /// One of the `errors`: an object, or bare text.
  struct Detail: Decodable {
    var text: String

    enum CodingKeys: String, CodingKey {
      case resource, field, code, message
    }

    init(from decoder: any Decoder) throws {
      if let text = try? decoder.singleValueContainer().decode(String.self) {
        self.text = text
        return
      }
      let parts = try decoder.container(keyedBy: CodingKeys.self)
      let field = try parts.decodeIfPresent(String.self, forKey: .field)
      let message = try parts.decodeIfPresent(String.self, forKey: .message)
      let code = try parts.decodeIfPresent(String.self, forKey: .code)
      text = [field, message ?? code].compactMap(\.self).joined(separator: ": ")
    }
  }

  var message: String
  var details: [String]

  enum CodingKeys: String, CodingKey {
    case message, errors
  }

  init(from decoder: any Decoder) throws {
    let parts = try decoder.container(keyedBy: CodingKeys.self)
    message = try parts.decodeIfPresent(String.self, forKey: .message) ?? ""
    if let list = try? parts.decodeIfPresent([Lenient<Detail>].self, forKey: .errors) {
      details = list.compactMap { $0.value?.text }
    } else if let text = try? parts.decodeIfPresent(String.self, forKey: .errors) {
      details = [text]
    } else {
      details = []
    }
  }
}
