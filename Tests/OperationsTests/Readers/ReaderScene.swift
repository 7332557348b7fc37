import AWS
import Deploys
import Foundation
import GitHub
import Operations
import Store
import Transport

/// An operator of three environments that reads from a GitHub.
struct ReaderScene {
  static let shop = RepositoryName(owner: "acme", name: "shop")
  static let path = ".github/workflows/deploy.yml"
  /// Commits by a letter.
  static func sha(_ letter: Character) -> String { String(repeating: letter, count: 40) }

  let github: FakeGitHub
  let operations: Operator
  let state: StateDatabase

  init(
    _ github: FakeGitHub, names: [String] = ["dev", "stg", "prd"],
    repositories: [RepositoryName] = [shop], tag: TagTemplate = .standard,
    zone: String = "Asia/Seoul", now: String = "2026-11-23T03:00:00Z"
  ) throws {
    self.github = github
    state = try StateDatabase.inMemory()
    let moment = try Date(now, strategy: .iso8601)
    operations = Operator(
      github: GitHubClient(
        apiURL: "http://gh", credential: try GitHubCredential(token: "secret", source: "test"),
        transport: github, now: { moment }, sleep: { _ in }),
      aws: AWSClients(
        environment: [:], transport: github, retry: .none, files: FileReader { _ in nil },
        sleep: { _ in }),
      repositories: repositories,
      environments: try names.map {
        Environment(
          name: $0, workflow: try WorkflowPattern("^(action.*\($0)-deploy)$"),
          isProtected: $0 == "prd", tag: tag)
      },
      timeZone: TimeZone(identifier: zone) ?? .gmt, state: state, now: { moment },
      sleep: { _ in })
  }

  /// A shop that is deployed to dev and stg, and has a deploy to prd.
  static func team(_ change: (inout FakeGitHub.Repository) -> Void = { _ in }) -> FakeGitHub {
    var shop = FakeGitHub.Repository(
      workflows: [
        FakeGitHub.Workflow(id: 13, name: "action-shop-prd-deploy"),
        FakeGitHub.Workflow(id: 11, name: "action-shop-dev-deploy"),
        FakeGitHub.Workflow(id: 12, name: "action-shop-stg-deploy"),
        FakeGitHub.Workflow(id: 19, name: "tests"),
      ],
      runs: [
        FakeGitHub.Run(id: 103, workflow: 11, ref: "shop-dev-20261122-01", sha: sha("c")),
        FakeGitHub.Run(id: 102, workflow: 12, ref: "shop-stg-20261121-01", sha: sha("b")),
        FakeGitHub.Run(id: 101, workflow: 13, ref: "shop-prd-20261120-01", sha: sha("a")),
      ],
      branches: ["main": sha("d")],
      tags: [
        "shop-dev-20261122-01": sha("c"), "shop-stg-20261121-01": sha("b"),
        "shop-prd-20261120-01": sha("a"),
      ],
      files: [path: "on:\n  push:\n    tags: ['shop-*']\n  workflow_dispatch:\njobs: {}"])
    change(&shop)
    return FakeGitHub(["acme/shop": shop])
  }

  static func target(_ id: Int64 = 11, to environment: String = "dev") -> WorkflowTarget {
    WorkflowTarget(
      repository: shop, workflowID: id, workflowName: "action-shop-\(environment)-deploy",
      path: path, environment: environment, service: "shop")
  }

  /// The plan of a tag, or why there is none.
  func plan(
    to environment: String, from source: TagQuery.Source? = nil, service: String = "shop"
  ) async throws(ReadFailure) -> TagPlan {
    switch await operations.tagPlan(
      TagQuery(
        repository: Self.shop, service: service, environment: environment, source: source))
    {
    case .plan(let plan): return plan
    case .failed(let failure): throw failure
    }
  }

  /// The form of a workflow, or why there is none.
  func form(
    _ target: WorkflowTarget = target(), at ref: String? = nil
  ) async throws(ReadFailure) -> DispatchForm {
    switch await operations.dispatchForm(for: target, at: ref) {
    case .form(let form): return form
    case .failed(let message, let remedy, _):
      throw ReadFailure(message: message, remedy: remedy)
    }
  }
}
