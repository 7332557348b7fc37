import Deploys
import Foundation
import Transport

/// Something that breaks on purpose.
package struct Fault: Sendable, Hashable {
  /// What a client meets instead of the answer.
  package enum Effect: String, Sendable, Hashable, Codable, CaseIterable {
    /// An answer with the fault's status and body; nothing happens in the world.
    case answer
    /// The true answer, cut in the middle of its body.
    case truncated
    /// The first half of the true answer, and then nothing more on an open connection.
    case silent
    /// The true answer of a storage link, cut in the middle of its body; the link is refused from
    /// then on, as one whose minute is over.
    case expired
    /// No answer at all, until the client gives up; nothing happens in the world.
    case stall
    /// The connection is closed; nothing happens in the world.
    case reset
    /// The request is carried out, and its answer is lost: the connection is closed.
    case lost
    /// The request is carried out, and no answer comes until the client gives up.
    case unanswered
    /// From this request on the token has used up its hour: GitHub's primary limit, for `seconds`.
    case exhausted
    /// From this request on changes come too fast: GitHub's secondary limit, for `seconds`.
    case throttled
  }

  /// The requests meant: a method or `*`, then a path that may end in `*`; or `service:Operation`
  /// of AWS, such as `codebuild:BatchGetBuilds`.
  package var match: String
  /// What happens.
  package var effect: Effect = .answer
  /// The status of an answer; a limit that says nothing else is told with 403.
  package var status = 500
  /// The body of an answer: `json`, `html`, `empty`, or the text itself.
  package var body = "json"
  /// Header fields of an answer.
  package var headers: [String: String] = [:]
  /// How many bytes of the body come before it breaks; `nil` for half of them.
  package var after: Int?
  /// How long a limit lasts, in seconds.
  package var seconds = 60.0
  /// How many matching requests pass first.
  package var skip = 0
  /// How many are hit; `nil` for all that follow.
  package var times: Int?
  /// From so many seconds after the start.
  package var from: Double?
  /// Until so many seconds after the start.
  package var until: Double?

  /// Creates a fault.
  package init(
    match: String, effect: Effect = .answer, status: Int = 500, body: String = "json",
    headers: [String: String] = [:], after: Int? = nil, seconds: Double = 60, skip: Int = 0,
    times: Int? = nil
  ) {
    self.match = match
    self.effect = effect
    self.status = status
    self.body = body
    self.headers = headers
    self.after = after
    self.seconds = seconds
    self.skip = skip
    self.times = times
  }

  /// Whether a request is meant.
  func applies(to request: HTTPRequest, path: String, operation: String?) -> Bool {
    let words = match.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return operation == match }
    guard words[0] == "*" || words[0] == request.method else { return false }
    return words[1].hasSuffix("*") ? path.hasPrefix(words[1].dropLast()) : path == words[1]
  }

  /// The answer that stands for the true one.
  var response: HTTPResponse {
    var headers = HTTPHeaders(self.headers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    let text: String
    switch body {
    case "json":
      headers["Content-Type"] = headers["Content-Type"] ?? "application/json; charset=utf-8"
      text = #"{"message":"Simulated fault","documentation_url":"https://docs.github.com/rest"}"#
    case "html":
      headers["Content-Type"] = headers["Content-Type"] ?? "text/html; charset=utf-8"
      text = "<!DOCTYPE html><html><body><h1>\(status)</h1><p>Unicorn!</p></body></html>"
    case "empty": text = ""
    default: text = body
    }
    return HTTPResponse(status: status, headers: headers, body: Data(text.utf8))
  }
}

extension Fault: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case match, effect, status, body, headers, after, seconds, skip, times, from, until
  }

  /// Reads a fault; only `match` has to be there.
  package init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(match: try values.decode(String.self, forKey: .match))
    effect = try values.decodeIfPresent(Effect.self, forKey: .effect) ?? effect
    status = try values.decodeIfPresent(Int.self, forKey: .status) ?? status
    body = try values.decodeIfPresent(String.self, forKey: .body) ?? body
    headers = try values.decodeIfPresent([String: String].self, forKey: .headers) ?? headers
    after = try values.decodeIfPresent(Int.self, forKey: .after)
    seconds = try values.decodeIfPresent(Double.self, forKey: .seconds) ?? seconds
    skip = try values.decodeIfPresent(Int.self, forKey: .skip) ?? skip
    times = try values.decodeIfPresent(Int.self, forKey: .times)
    from = try values.decodeIfPresent(Double.self, forKey: .from)
    until = try values.decodeIfPresent(Double.self, forKey: .until)
  }
}
