import Deploys
import Foundation

@testable import Dashboard

extension Fixture {
  static func commit(_ letter: Character) -> String { String(repeating: letter, count: 40) }

  static func target(
    _ service: String, _ environment: String, in repository: RepositoryName = shop
  ) -> WorkflowTarget {
    WorkflowTarget(
      repository: repository,
      workflowID: Int64(service.utf8.count * 10 + environment.utf8.count),
      workflowName: "action-\(service)-\(environment)-deploy",
      path: ".github/workflows/\(environment).yml", environment: environment, service: service)
  }

  static func version(
    _ id: Int64, _ service: String, _ environment: String, _ commit: Character, number: Int,
    ref: String? = nil, ago seconds: Double, in repository: RepositoryName = shop
  ) -> LiveVersion {
    LiveVersion(
      run: key(id, in: repository), attempt: 2, number: number,
      ref: ref ?? "\(service)-\(environment)-202611\(10 + number % 10)-0\(number % 9 + 1)",
      commit: self.commit(commit), actor: "jiyoon",
      createdAt: ago(seconds + 300), deployedAt: ago(seconds),
      url: "https://github.com/\(repository)/actions/runs/\(id)")
  }

  static func cell(
    _ service: String, _ environment: String, _ live: Loadable<LiveVersion?>,
    in repository: RepositoryName = shop
  ) -> LiveVersions.Cell {
    LiveVersions.Cell(target: target(service, environment, in: repository), live: live)
  }

  static let denied = ReadFailure(
    .denied, message: "GitHub refuses the runs of acme/web (403)",
    remedy: "Give the token actions:read on acme/web.")

  /// Four services in dev, stg and prd, with everything that a cell can be.
  static let versions = LiveVersions(
    environments: ["dev", "stg", "prd"],
    rows: [
      LiveVersions.Row(
        service: "auth", repository: shop,
        cells: [
          cell("auth", "dev", .loaded(version(93, "auth", "dev", "a", number: 8, ago: 90_000))),
          cell("auth", "stg", .loaded(version(193, "auth", "stg", "a", number: 7, ago: 80_000))),
          cell("auth", "prd", .loaded(version(293, "auth", "prd", "f", number: 3, ago: 900_000))),
        ]),
      LiveVersions.Row(
        service: "shop", repository: shop,
        cells: [
          cell("shop", "dev", .loaded(version(90, "shop", "dev", "a", number: 127, ago: 4000))),
          cell("shop", "stg", .loaded(version(190, "shop", "stg", "b", number: 52, ago: 9000))),
          cell("shop", "prd", .loaded(version(290, "shop", "prd", "b", number: 30, ago: 200_000))),
        ]),
      LiveVersions.Row(
        service: "web", repository: web,
        cells: [
          cell(
            "web", "dev",
            .loaded(version(91, "web", "dev", "c", number: 63, ref: "main", ago: 5000, in: web)),
            in: web),
          nil,
          cell("web", "prd", .failed(denied), in: web),
        ]),
      LiveVersions.Row(
        service: "결제-api", repository: shop,
        cells: [
          cell("결제-api", "dev", .loaded(version(92, "결제-api", "dev", "d", number: 15, ago: 7200))),
          cell("결제-api", "stg", .loaded(version(192, "결제-api", "stg", "d", number: 40, ago: 8000))),
          cell("결제-api", "prd", .loaded(nil)),
        ]),
    ],
    failures: [denied], readAt: ago(5))

  static func change(_ id: Character, _ subject: String, _ author: String = "minsu")
    -> CommitSummary
  {
    CommitSummary(id: commit(id), subject: subject, author: author)
  }

  static let range = CommitRange(
    ahead: [
      change("e", "Round prices down"), change("f", "결제 오류를 고친다", "김민수"),
      change("1", "Bump the base image", "dependabot[bot]"),
    ] + (2...9).map { change(Character("\($0)"), "Step \($0) of the move to the new basket") },
    aheadCount: 11, behindCount: 0)

  /// The plan of a promotion of the shop from stg to prd.
  static func plan(
    _ query: TagQuery, tag: String = "shop-prd-20261112-02", commit: Character = "e",
    changes: Loadable<CommitRange> = .loaded(range), taken: [String] = ["shop-prd-20261112-01"],
    warnings: [String] = []
  ) -> TagPlan {
    let source = query.source ?? .environment("stg")
    let name =
      switch source {
      case .ref(let name), .environment(let name): name
      }
    return TagPlan(
      request: TagRequest(
        repository: query.repository, tag: tag, commit: self.commit(commit), source: name,
        environment: query.environment, service: query.service),
      source: source, live: version(290, "shop", "prd", "b", number: 30, ago: 200_000),
      changes: changes, taken: taken, isProtected: query.environment == "prd", warnings: warnings)
  }

  /// What the tag of the shop in an environment asks.
  static func query(_ environment: String, _ source: TagQuery.Source? = nil) -> TagQuery {
    TagQuery(repository: shop, service: "shop", environment: environment, source: source)
  }
}
