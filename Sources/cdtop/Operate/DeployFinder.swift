import ArgumentParser
import Deploys
import Foundation
import GitHub
import Settings

/// Finds runs and workflows by what a person types.
struct DeployFinder {
  let configuration: Configuration
  let github: GitHubClient

  /// A run, under its workflow's name as listed, with the environment that it deploys to.
  struct FoundRun {
    var run: WorkflowRun
    var environment: Environment
    var service: String
  }

  /// A workflow with the environment that it deploys to.
  struct FoundWorkflow {
    var repository: RepositoryName
    var workflow: Workflow
    var environment: Environment
    var service: String

    /// What is dispatched, or started by a tag.
    var target: WorkflowTarget {
      WorkflowTarget(
        repository: repository, workflowID: workflow.id, workflowName: workflow.name,
        path: workflow.path, environment: environment.name, service: service)
    }
  }

  /// Finds a run by its id, its URL, or as `service@environment` for the newest.
  /// - Throws: An exit code, after having said what is wrong.
  func run(_ text: String) async throws -> FoundRun {
    if let at = text.lastIndex(of: "@"), !text.contains("://") {
      let environment = try environment(named: String(text[text.index(after: at)...]))
      guard at > text.startIndex else {
        throw ValidationError("\(text) names no service: give SERVICE@\(environment.name)")
      }
      return try await newestRun(of: String(text[..<at]), to: environment)
    }
    if let address = RunAddress(text) {
      let key = address.key
      try address.check(against: configuration.github.apiURL)
      guard configuration.github.repositories.contains(key.repository) else {
        throw Console.failure(
          "\(key.repository) is not among the configured repositories",
          remedy: "Add it to github.repositories.")
      }
      let run = try await github.currentRun(key)
      try address.check(against: configuration.github.apiURL, page: run.url)
      return try await placed(run)
    }
    guard let id = Int64(text), id > 0 else {
      throw ValidationError("\(text) is neither a run id, a run's URL nor SERVICE@ENV")
    }
    let (found, unanswered) = await ask { repository -> [WorkflowRun] in
      do {
        return [try await github.currentRun(RunKey(repository: repository, id: id))]
      } catch GitHubError.notFound {
        return []
      }
    }
    guard let run = found.first else {
      throw missing("run \(text)", unanswered, "Give the run's URL; `cdtop runs` shows the ids.")
    }
    return try await placed(run)
  }

  /// Finds a workflow by its name, file or id, or as `service@environment`.
  /// - Throws: An exit code, after having said what is wrong.
  func workflow(_ text: String) async throws -> FoundWorkflow {
    if let at = text.lastIndex(of: "@") {
      _ = try environment(named: String(text[text.index(after: at)...]))
    }
    let (found, unanswered) = await ask { repository in
      try await github.currentWorkflows(in: repository).compactMap { workflow in
        place(of: workflow.name).map {
          FoundWorkflow(
            repository: repository, workflow: workflow, environment: $0.environment,
            service: $0.service)
        }
      }
      .filter { $0.isNamed(text) }
    }
    guard let only = found.first else {
      throw missing(
        "workflow \(text)", unanswered,
        "Give its name, file or id, or SERVICE@ENV; `cdtop runs` shows what there is.")
    }
    guard found.count == 1 else {
      let list = found.map { "\($0.repository) \($0.workflow.path)" }.joined(separator: ", ")
      throw Console.failure("\(text) names several workflows: \(list)", remedy: "Give the id.")
    }
    return only
  }

  /// Asks every repository; one that does not answer leaves the others alone.
  private func ask<Found>(
    _ question: (RepositoryName) async throws -> [Found]
  ) async -> (found: [Found], unanswered: [(RepositoryName, GitHubError)]) {
    var found: [Found] = []
    var unanswered: [(RepositoryName, GitHubError)] = []
    for repository in configuration.github.repositories {
      do {
        found += try await question(repository)
      } catch let error as GitHubError {
        unanswered.append((repository, error))
      } catch {
        unanswered.append((repository, .gone(what: "the answer of \(repository)")))
      }
    }
    return (found, unanswered)
  }

  /// Says that something is not there, and who could not be asked.
  private func missing(
    _ what: String, _ unanswered: [(RepositoryName, GitHubError)], _ remedy: String
  ) -> CommandFailure {
    for (repository, error) in unanswered {
      Console.complain("\(repository) could not be asked: \(error.message)", remedy: error.remedy)
    }
    let repositories = configuration.github.repositories.filter { repository in
      !unanswered.contains { $0.0 == repository }
    }
    let place = repositories.map(\.description).joined(separator: ", ")
    return Console.failure(
      place.isEmpty ? "\(what) could not be looked for" : "no \(what) in \(place)", remedy: remedy)
  }

  /// The environment and service of a workflow's name.
  func place(of workflowName: String) -> WorkflowPlace? {
    configuration.environments.place(ofWorkflow: workflowName)
  }

  /// Finds an environment by its name.
  /// - Throws: A validation error that lists the names.
  func environment(named name: String) throws -> Environment {
    if let environment = configuration.environment(name) { return environment }
    let names = configuration.environments.map(\.name).joined(separator: ", ")
    throw ValidationError("no environment \(name); there are: \(names)")
  }

  private func newestRun(
    of service: String, to environment: Environment
  ) async throws -> FoundRun {
    let (found, unanswered) = await ask { repository -> [FoundRun] in
      // Each workflow by itself: in the listing of all runs, those of others can stand before it.
      var runs: [FoundRun] = []
      for workflow in try await github.currentWorkflows(in: repository) {
        guard let place = place(of: workflow.name), place.environment.name == environment.name,
          place.service == service
        else { continue }
        let own = try await github.newestRuns(
          of: workflow.id, in: repository, status: nil, count: 1)
        runs += own.map { run in
          var run = run
          run.workflowName = workflow.name
          return FoundRun(run: run, environment: environment, service: service)
        }
      }
      return runs
    }
    guard let newest = found.max(by: { $0.run.createdAt < $1.run.createdAt }) else {
      throw missing(
        "run of \(service) to \(environment.name)", unanswered,
        "`cdtop runs --env \(environment.name)` shows what there is.")
    }
    return newest
  }

  private func placed(_ run: WorkflowRun) async throws -> FoundRun {
    let name = try await workflowNames(in: run.key.repository)[run.workflowID] ?? run.workflowName
    guard let place = place(of: name) else {
      throw Console.failure(
        "run \(run.key.id) is of \(name), which deploys to no configured environment",
        remedy: "Correct the environments' patterns, or act on GitHub: \(run.url)")
    }
    var run = run
    run.workflowName = name
    return FoundRun(run: run, environment: place.environment, service: place.service)
  }

  private func workflowNames(in repository: RepositoryName) async throws -> [Int64: String] {
    let list = try await github.currentWorkflows(in: repository)
    return Dictionary(list.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }
}

extension DeployFinder.FoundWorkflow {
  /// Whether a person can mean this workflow by a word.
  fileprivate func isNamed(_ text: String) -> Bool {
    let file = workflow.path.split(separator: "/").last.map(String.init) ?? workflow.path
    return [
      workflow.name, workflow.path, file, "\(workflow.id)", "\(service)@\(environment.name)",
    ].contains(text)
  }
}
