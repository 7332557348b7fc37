import AWS
import Canvas
import Deploys
import Foundation
import GitHub
import Settings

/// Asks every server that a configuration names once, and prints how it went.
struct ServerCheck {
  let session: Session
  /// The process's variables, which name the credentials.
  let environment: [String: String]

  private var configuration: Configuration { session.configuration }

  /// Asks everybody.
  /// - Returns: Whether everything is well.
  func run() async -> Bool {
    var isGood = await checkToken()
    if let clock = session.github.clockError { line(.doubtful, clock.message, ClockError.remedy) }
    var names: [String] = []
    var runs: [WorkflowRun] = []
    var isWhole = true
    for repository in configuration.github.repositories {
      do {
        let workflows = try await session.github.currentWorkflows(in: repository)
        let listed = Dictionary(
          workflows.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        names += workflows.map(\.name)
        runs += try await session.github.currentRuns(in: repository).map { run in
          var run = run
          run.workflowName = listed[run.workflowID] ?? run.workflowName
          return run
        }
        line(.good, "\(repository): \(workflows.count) workflows")
      } catch {
        isWhole = false
        report("\(repository)", error)
      }
    }
    isGood = isGood && isWhole
    let aws = AWSClients(environment: environment, transport: session.transport)
    let finder = session.finder
    for item in configuration.environments {
      let count = names.count { finder.place(of: $0)?.environment == item }
      if count > 0 {
        line(.good, "\(item.name): workflows that match \(item.workflow.text): \(count)")
      } else if isWhole {
        isGood = false
        line(
          .bad, "\(item.name): no workflow matches \(item.workflow.text)",
          "Correct `workflow`; it is matched against each workflow's name.")
      }
      let own = runs.filter { finder.place(of: $0.workflowName)?.environment == item }
      isGood = await check(item, runs: own, aws) && isGood
    }
    return isGood
  }

  private func checkToken() async -> Bool {
    let host = configuration.github.apiURL
    do {
      let limit = try await session.github.rateLimit()
      line(.good, "\(host): \(limit.remaining) of \(limit.limit) requests left this hour")
      return true
    } catch GitHubError.notFound {
      // GitHub Enterprise Server answers 404 where rate limits are switched off.
      line(.good, "\(host): no rate limit")
      return true
    } catch {
      report(host, error)
      return false
    }
  }

  /// Checks an environment's account, and the project and marker of its newest run.
  private func check(
    _ item: Deploys.Environment, runs: [WorkflowRun], _ aws: AWSClients
  ) async -> Bool {
    guard let scope = item.aws else {
      line(.good, "\(item.name): no AWS, so no runner phases and no markers")
      return true
    }
    do {
      let client = try aws.client(for: scope)
      let account = try await client.accountID()
      line(.good, "\(item.name): AWS account \(account) by \(scope.name)")
      guard let project = await newestProject(of: runs) else {
        line(.good, "\(item.name): no recent run names a CodeBuild project")
        return true
      }
      guard try await !client.projects(names: [project]).isEmpty else {
        line(
          .bad, "\(item.name): account \(account) has no project \(project)",
          "Check runs-on in the workflow, and the environment's profile and region.")
        return false
      }
      let ids = try await client.listBuilds(project: project)
      _ = try await client.builds(ids: Array(ids.prefix(1)))
      line(.good, "\(item.name): project \(project), \(ids.count) recent builds")
      guard let id = ids.first else { return true }
      let place = item.marker.location(for: BuildKey(scope: scope, id: id))
      if case .unreadable(let reason) = try await client.marker(at: place) {
        line(.bad, "\(item.name): marker \(place): \(reason)")
        return false
      }
      line(.good, "\(item.name): markers in s3://\(place.bucket) can be read")
      return true
    } catch {
      report(item.name, error)
      return false
    }
  }

  private func newestProject(of runs: [WorkflowRun]) async -> String? {
    for run in runs.sorted(by: { $0.createdAt > $1.createdAt }).prefix(3) {
      let jobs = try? await session.github.jobs(
        of: run.key, attempt: run.attempt, evenIfUnchanged: true
      ).value
      if let label = jobs?.lazy.compactMap({ RunnerKind(of: $0).label }).first {
        return label.project
      }
    }
    return nil
  }

  private enum Mark: String {
    case good = "ok  "
    case doubtful = "warn"
    case bad = "FAIL"
  }

  private func report(_ what: String, _ error: any Error) {
    switch error {
    case let error as GitHubError: line(.bad, "\(what): \(error.message)", error.remedy)
    case let error as AWSError: line(.bad, "\(what): \(error.message)", error.remedy)
    default: line(.bad, "\(what): \(type(of: error))")
    }
  }

  private func line(_ mark: Mark, _ text: String, _ remedy: String? = nil) {
    Console.print("\(mark.rawValue)  \(PlainText.sanitized(text))")
    if let remedy { Console.print("      \(PlainText.sanitized(remedy))") }
  }
}
