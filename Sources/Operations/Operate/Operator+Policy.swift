import Deploys
import GitHub

extension Operator {
  /// The environment of a mutation, where the configuration lets anything be done to it, and to
  /// what else the mutation is known to reach.
  func permitted(_ mutation: Mutation) throws(Refusal) -> Environment {
    guard let environment = environments.first(where: { $0.name == mutation.environment }) else {
      throw Refusal(
        message: "no environment is called \(mutation.environment)",
        remedy: "Configure it, or choose one of "
          + "\(environments.map(\.name).joined(separator: ", ")).")
    }
    if let reason = environment.readOnlyReason {
      throw Refusal(
        message: "\(environment.name) is read-only: \(reason)",
        remedy: "Whoever may change that can allow it; reading goes on.")
    }
    try checkGuards(for: mutation)
    return environment
  }

  /// The service that a workflow deploys to an environment.
  ///
  /// As on the board, a workflow belongs to the first environment whose pattern its name matches.
  /// - Throws: ``Refusal`` where it deploys to another one: what was confirmed for one environment
  ///   must not happen to another.
  func service(
    of workflow: String, deployingTo environment: Environment
  ) throws(Refusal) -> String {
    guard let place = environments.place(ofWorkflow: workflow) else {
      throw Refusal(
        message: "\(workflow) does not deploy to \(environment.name), nor to any other environment",
        remedy: "Look at it again: its name, or the environment's pattern, has changed.")
    }
    guard place.environment.name == environment.name else {
      throw Refusal(
        message: "\(workflow) deploys to \(place.environment.name), not to \(environment.name)",
        remedy: "Look at it again, and confirm it for \(place.environment.name).")
    }
    return place.service
  }

  /// A run, read again just now, where it is still at the attempt that the operator saw.
  func unchangedRun(_ key: RunKey, attempt: Int) async throws -> WorkflowRun {
    let run = try await github.currentRun(key)
    guard run.attempt == attempt else {
      let actor = run.actor.isEmpty ? "somebody" : run.actor
      throw Refusal(
        message: "\(run.shortName) is at attempt \(run.attempt), not \(attempt)"
          + (run.attempt > attempt ? ": \(actor) has retried it" : ""),
        remedy: "Look at the newest attempt.")
    }
    return run
  }
}

extension WorkflowRun {
  /// The run in a word or two for a person.
  var shortName: String { "#\(number) \(workflowName)" }

  /// How far it has come, in words for a person.
  var standing: String {
    guard status == .completed else { return status.rawValue.replacing("_", with: " ") }
    return conclusion.map { "over (\($0.rawValue.replacing("_", with: " ")))" } ?? "over"
  }
}
