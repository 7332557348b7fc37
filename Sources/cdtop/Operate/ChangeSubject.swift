import ArgumentParser
import Deploys

/// A command that changes something.
protocol ChangingCommand: AsyncParsableCommand {
  /// What its JSON has beyond what is the same for every such command, where nothing is known yet.
  static var unknownDetails: [String: JSONValue] { get }
}

extension ChangingCommand {
  static var unknownDetails: [String: JSONValue] { [:] }
}

/// What a change concerns, as far as it is known.
struct ChangeSubject {
  /// The environment's name.
  var environment: String?
  /// The repository.
  var repository: RepositoryName?
  /// The run.
  var run: RunKey?
  /// The run's page.
  var url: String?
  /// What JSON says beyond what is the same for every command.
  var details: [String: JSONValue] = [:]

  /// Takes in the run that was found.
  mutating func take(_ found: DeployFinder.FoundRun) {
    environment = found.environment.name
    repository = found.run.key.repository
    run = found.run.key
    url = found.run.url
  }

  /// Takes in the workflow that was found.
  mutating func take(_ found: DeployFinder.FoundWorkflow) {
    environment = found.environment.name
    repository = found.repository
  }

  /// Takes in what is about to be done.
  mutating func take(_ proposal: Proposal) {
    environment = proposal.environment.name
    repository = proposal.mutation.run?.repository ?? repository
    run = proposal.mutation.run
    url = proposal.url
    details.merge(proposal.details) { _, new in new }
  }

  /// The form that `docs/json.md` documents.
  func json(
    outcome: String, message: String, remedy: String?, requests: [PlannedRequest] = []
  ) -> JSONValue {
    JSONValue.object([
      "outcome": .string(outcome), "message": .string(message), "remedy": JSONValue(remedy),
      "environment": JSONValue(environment), "repository": JSONValue(repository?.description),
      "run_id": run.map { .integer($0.id) } ?? .null, "url": JSONValue(url),
      "requests": .array(requests.map(\.json)),
    ]).adding(details)
  }

  /// The form that `docs/json.md` documents, of how it ended.
  func json(_ outcome: OperationOutcome, requests: [PlannedRequest]) -> JSONValue {
    switch outcome {
    case .done(let message, _):
      json(outcome: "done", message: message, remedy: nil, requests: requests)
    case .refused(let message, let remedy):
      json(outcome: "refused", message: message, remedy: remedy, requests: requests)
    case .unknown(let message):
      json(outcome: "unknown", message: message, remedy: nil, requests: requests)
    }
  }

  /// Prints that it came to no sending at all, and why.
  func refuse(_ error: any Error, by command: any ChangingCommand.Type, isPretty: Bool) {
    let answer =
      switch error {
      case let failure as CommandFailure:
        json(outcome: "refused", message: failure.message, remedy: failure.remedy)
      case let error as ValidationError:
        json(
          outcome: "refused", message: error.message,
          remedy: "`cdtop \(command.configuration.commandName ?? "") --help` tells how it is "
            + "written.")
      case is CancellationError:
        json(outcome: "refused", message: "stopped: nothing was sent", remedy: nil)
      default:
        json(outcome: "refused", message: "nothing was sent: \(error)", remedy: nil)
      }
    if let text = try? answer.text(isPretty: isPretty) { Console.print(text) }
  }
}
