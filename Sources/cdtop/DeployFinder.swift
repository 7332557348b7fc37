import ArgumentParser
import Deploys
import Foundation
import GitHub
import Settings

/// Finds runs and workflows by what a person types.
struct DeployFinder {
  let configuration: Configuration
  let github: GitHubClient

  /// A run with the environment that it deploys to.
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
    /// Its newest run, whose ref is the first guess for another.
    var newestRun: WorkflowRun?
  }

  /// Finds a run by its id, its URL, or as `service@environment` for the newest.
  /// - Throws: An exit code, after having said what is wrong.
  func run(_ text: String) async throws -> FoundRun {
    let candidates: [RunKey]
    if let at = text.lastIndex(of: "@") {
      let service = String(text[..<at])
      let environment = try environment(named: String(text[text.index(after: at)...]))
      guard let found = try await newestRun(of: service, to: environment) else {
        throw Console.failure("no run of \(service) to \(environment.name) is listed")
      }
      return found
    } else if let key = Self.key(fromURL: text) {
      candidates = [key]
    } else if let id = Int64(text), id > 0 {
      candidates = configuration.github.repositories.map { RunKey(repository: $0, id: id) }
    } else {
      throw ValidationError("\(text) is neither a run id, a run's URL nor SERVICE@ENV")
    }
    for key in candidates {
      do {
        return try await placed(try await github.currentRun(key))
      } catch GitHubError.notFound where candidates.count > 1 {
        continue
      }
    }
    throw Console.failure(
      "no run \(text) in \(configuration.github.repositories.map(\.description).joined(separator: ", "))",
      remedy: "Give the run's URL, or add its repository to the configuration.")
  }

  /// Finds a workflow by its name, file or id, or as `service@environment`.
  /// - Throws: An exit code, after having said what is wrong.
  func workflow(_ text: String) async throws -> FoundWorkflow {
    var found: [FoundWorkflow] = []
    for repository in configuration.github.repositories {
      for workflow in try await github.currentWorkflows(in: repository) {
        guard let place = place(of: workflow.name) else { continue }
        let file = workflow.path.split(separator: "/").last.map(String.init) ?? workflow.path
        let names = [
          workflow.name, workflow.path, file, "\(workflow.id)",
          "\(place.service)@\(place.environment.name)",
        ]
        guard names.contains(text) else { continue }
        found.append(
          FoundWorkflow(
            repository: repository, workflow: workflow, environment: place.environment,
            service: place.service))
      }
    }
    guard var only = found.first else {
      throw Console.failure(
        "no workflow \(text) deploys to a configured environment",
        remedy: "Give its name, file or id, or SERVICE@ENV; `cdtop runs` shows what there is.")
    }
    guard found.count == 1 else {
      let list = found.map { "\($0.repository) \($0.workflow.path)" }.joined(separator: ", ")
      throw Console.failure("\(text) names several workflows: \(list)", remedy: "Give the id.")
    }
    only.newestRun = try await github.currentRuns(in: only.repository).first {
      $0.workflowID == only.workflow.id
    }
    return only
  }

  /// The environment and service of a workflow's name.
  func place(of workflowName: String) -> (environment: Environment, service: String)? {
    for environment in configuration.environments {
      if let service = environment.workflow.service(in: workflowName) {
        return (environment, service)
      }
    }
    return nil
  }

  private func environment(named name: String) throws -> Environment {
    if let environment = configuration.environment(name) { return environment }
    let names = configuration.environments.map(\.name).joined(separator: ", ")
    throw ValidationError("no environment \(name); there are: \(names)")
  }

  private func newestRun(
    of service: String, to environment: Environment
  ) async throws -> FoundRun? {
    var newest: FoundRun?
    for repository in configuration.github.repositories {
      let workflows = try await workflowNames(in: repository)
      for run in try await github.currentRuns(in: repository) {
        guard let place = place(of: workflows[run.workflowID] ?? run.workflowName),
          place.environment.name == environment.name, place.service == service,
          run.createdAt > newest?.run.createdAt ?? .distantPast
        else { continue }
        newest = FoundRun(run: run, environment: environment, service: service)
      }
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
    return FoundRun(run: run, environment: place.environment, service: place.service)
  }

  private func workflowNames(in repository: RepositoryName) async throws -> [Int64: String] {
    let list = try await github.currentWorkflows(in: repository)
    return Dictionary(list.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads `https://HOST/owner/name/actions/runs/ID…`.
  static func key(fromURL text: String) -> RunKey? {
    guard text.contains("://"), let url = URL(string: text) else { return nil }
    let parts = url.path.split(separator: "/").map(String.init)
    guard let actions = parts.firstIndex(of: "actions"), actions >= 2,
      parts.count > actions + 2, parts[actions + 1] == "runs", let id = Int64(parts[actions + 2]),
      let repository = RepositoryName("\(parts[actions - 2])/\(parts[actions - 1])")
    else { return nil }
    return RunKey(repository: repository, id: id)
  }
}
