import Deploys

/// What a command is about to do.
struct Proposal {
  /// What is sent.
  var mutation: Mutation
  /// The environment that it concerns.
  var environment: Environment
  /// What a person is asked to agree to, in lines.
  var question: [String]
  /// What is worth reading before, in lines.
  var plan: [String] = []
  /// The page of the run that is changed; `nil` where one is made.
  var url: String?
  /// What JSON says beyond what is the same for every command.
  var details: [String: JSONValue] = [:]
}

extension Proposal {
  /// The form of an outcome that `docs/json.md` documents.
  func json(
    _ outcome: OperationOutcome, run: RunKey?, url: String?, requests: [PlannedRequest]
  ) -> JSONValue {
    switch outcome {
    case .done(let message, _):
      json(
        outcome: "done", message: message, remedy: nil, run: run, url: url, requests: requests)
    case .refused(let message, let remedy):
      json(
        outcome: "refused", message: message, remedy: remedy, run: run, url: url,
        requests: requests)
    case .unknown(let message):
      json(
        outcome: "unknown", message: message, remedy: nil, run: run, url: url,
        requests: requests)
    }
  }

  /// The form that `docs/json.md` documents.
  func json(
    outcome: String, message: String, remedy: String?, run: RunKey?, url: String?,
    requests: [PlannedRequest]
  ) -> JSONValue {
    JSONValue.object([
      "outcome": .string(outcome), "message": .string(message), "remedy": JSONValue(remedy),
      "environment": .string(environment.name),
      "repository": JSONValue(run?.repository.description),
      "run_id": run.map { .integer($0.id) } ?? .null, "url": JSONValue(url),
      "requests": .array(requests.map(\.json)),
    ]).adding(details)
  }
}
