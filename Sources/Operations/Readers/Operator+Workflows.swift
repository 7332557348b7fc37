package import Deploys
import GitHub

extension Operator {
  /// How many requests a reader has under way at once.
  static let readsAtOnce = 4

  /// The workflows that deploy to a configured environment, disabled ones too.
  ///
  /// A repository that cannot be read is told of, and hides none of the others.
  package func workflows() async -> WorkflowListing { listing(await workflowAnswers()) }

  /// What each repository answers when it is asked for its workflows.
  func workflowAnswers() async -> [Loadable<[WorkflowListing.Item]>] {
    await repositories.concurrently(atMost: Self.readsAtOnce) { repository in
      await Loadable { try await workflows(in: repository) }
    }
  }

  /// Puts what the repositories have answered into one list.
  func listing(_ answers: [Loadable<[WorkflowListing.Item]>]) -> WorkflowListing {
    var items = answers.compactMap(\.value).flatMap(\.self)
    let failures = answers.compactMap(\.failure)
    let order = Dictionary(
      environments.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    items.sort { left, right in
      (
        order[left.target.environment] ?? .max, left.target.service, left.target.repository,
        left.target.workflowName
      ) < (
        order[right.target.environment] ?? .max, right.target.service, right.target.repository,
        right.target.workflowName
      )
    }
    return WorkflowListing(items: items, failures: failures.uniqued)
  }

  /// The workflows of one repository that deploy to a configured environment, as GitHub orders
  /// them.
  func workflows(
    in repository: RepositoryName
  ) async throws(ReadFailure) -> [WorkflowListing.Item] {
    let all: [Workflow]
    do {
      all = try await github.currentWorkflows(in: repository)
    } catch {
      throw ReadFailure(reading: error, "the workflows of \(repository)")
    }
    // GitHub goes on listing a workflow for a while whose file is gone.
    return all.filter { $0.state != "deleted" }.compactMap { workflow in
      environments.place(ofWorkflow: workflow.name).map { place in
        WorkflowListing.Item(
          target: WorkflowTarget(
            repository: repository, workflowID: workflow.id, workflowName: workflow.name,
            path: workflow.path, environment: place.environment.name, service: place.service),
          state: workflow.state)
      }
    }
  }

  /// The environment of a name, as configured.
  func environment(named name: String) -> Environment? { environments.first { $0.name == name } }
}
