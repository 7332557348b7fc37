import Deploys
import Foundation
import Operations
import Synchronization
import Testing

@Suite("Workflows, refs and versions")
struct ListingTests {
  private let web = RepositoryName(owner: "acme", name: "web")
  private let lost = RepositoryName(owner: "acme", name: "lost")

  private func github() -> FakeGitHub {
    let github = ReaderScene.team()
    github.change {
      $0.repositories["acme/web"] = FakeGitHub.Repository(
        workflows: [
          FakeGitHub.Workflow(id: 22, name: "action-api-dev-deploy", state: "disabled_manually"),
          FakeGitHub.Workflow(id: 21, name: "action-shop-dev-deploy"),
          FakeGitHub.Workflow(id: 23, name: "action-old-dev-deploy", state: "deleted"),
        ])
    }
    return github
  }

  @Test("Workflows stand by environment, then by service, and one repository hides none")
  func workflows() async throws {
    let scene = try ReaderScene(github(), repositories: [lost, web, ReaderScene.shop])
    let listing = await scene.operations.workflows()
    #expect(listing.items.map(\.id) == [22, 11, 21, 12, 13])
    #expect(listing.items.map(\.target.environment) == ["dev", "dev", "dev", "stg", "prd"])
    #expect(listing.items.map(\.target.service) == ["api", "shop", "shop", "shop", "shop"])
    #expect(!listing.items[0].isActive)
    #expect(listing.failures.count == 1)
    #expect(listing.failures.first?.message.contains("acme/lost") == true)
  }

  @Test("The matrix has a row for every service, and a cell that failed hides no other")
  func versions() async throws {
    let github = github()
    github.change { $0.failures["/workflows/12/runs"] = 403 }
    let scene = try ReaderScene(github, repositories: [lost, web, ReaderScene.shop])
    let versions = await scene.operations.versions()
    #expect(versions.environments == ["dev", "stg", "prd"])
    #expect(versions.rows.map(\.service) == ["api", "shop", "shop"])
    #expect(versions.rows.map(\.repository.name) == ["web", "shop", "web"])
    let cells = versions.rows[1].cells
    let live = try #require(cells[0]?.live.value ?? nil)
    #expect(live.ref == "shop-dev-20261122-01")
    #expect(live.commit == ReaderScene.sha("c"))
    #expect(live.run == RunKey(repository: ReaderScene.shop, id: 103))
    #expect(live.actor == "ann")
    #expect(cells[1]?.live.failure?.kind == .denied)
    #expect((cells[2]?.live.value ?? nil)?.ref == "shop-prd-20261120-01")
    #expect(versions.rows[0].cells[0]?.live == .loaded(nil))
    #expect(versions.rows[0].cells[1] == nil)
    #expect(versions.failures.count == 2)
    #expect(versions.unlisted.keys.map(\.name) == ["lost"])
    #expect(github.world.withLock(\.mostUnderWay) <= 4)
  }

  @Test("Live is the successful deploy that was started last, also by a retry of an old run")
  func rollBackByRetry() async throws {
    let github = ReaderScene.team {
      $0.runs += [
        FakeGitHub.Run(
          id: 100, workflow: 11, ref: "shop-dev-20261110-01", sha: ReaderScene.sha("f"),
          startedAt: "2026-11-23T02:00:00Z", updatedAt: "2026-11-23T02:05:00Z")
      ]
      $0.runs.insert(
        FakeGitHub.Run(
          id: 120, workflow: 11, ref: "fix", sha: ReaderScene.sha("e"), event: "pull_request",
          createdAt: "2026-11-23T02:30:00Z"), at: 0)
    }
    let versions = try await ReaderScene(github).operations.versions()
    let live = versions.rows.first?.cells[0]?.live.value ?? nil
    #expect(live?.ref == "shop-dev-20261110-01")
    #expect(live?.deployedAt == (try Date("2026-11-23T02:05:00Z", strategy: .iso8601)))
  }

  @Test("Of two workflows for one service and environment the later deploy is live")
  func twoWorkflows() async throws {
    let github = ReaderScene.team {
      $0.workflows.append(FakeGitHub.Workflow(id: 14, name: "action_shop_dev-deploy"))
      $0.runs.append(
        FakeGitHub.Run(
          id: 130, workflow: 14, ref: "late", sha: ReaderScene.sha("e"),
          updatedAt: "2026-11-22T01:00:00Z"))
    }
    let versions = try await ReaderScene(github).operations.versions()
    #expect(versions.rows.count == 1)
    #expect(versions.rows.first?.cells[0]?.target.workflowID == 14)
  }

  private func dev(
    _ runs: [FakeGitHub.Run], also workflow: FakeGitHub.Workflow? = nil,
    failing: [String: Int] = [:]
  ) async throws -> (LiveVersions.Cell, requests: Int) {
    let github = ReaderScene.team { shop in
      shop.workflows = [FakeGitHub.Workflow(id: 11, name: "action-shop-dev-deploy")]
      if let workflow { shop.workflows.append(workflow) }
      shop.runs = runs
    }
    github.change { $0.failures = failing }
    let versions = try await ReaderScene(github).operations.versions()
    let cell = try #require(versions.rows.first?.cells[0])
    return (cell, github.requests.count { $0.contains("/runs") })
  }

  private func run(
    _ id: Int, _ hour: Int, status: String = "completed", _ conclusion: String? = "success",
    workflow: Int = 11, event: String = "push"
  ) -> FakeGitHub.Run {
    let day = "2026-11-20T\(hour < 10 ? "0" : "")\(hour)"
    return FakeGitHub.Run(
      id: id, workflow: workflow, ref: "shop-dev-\(id)", sha: ReaderScene.sha("a"), status: status,
      conclusion: conclusion, event: event, createdAt: "\(day):00:00Z",
      updatedAt: "\(day):05:00Z")
  }

  @Test("What goes on and what has failed since is read with what is live, in one request")
  func news() async throws {
    let (cell, requests) = try await dev([
      run(9, 9, status: "queued", nil, event: "pull_request"),
      run(8, 8, status: "in_progress", nil),
      run(7, 7, "cancelled"), run(6, 6, "timed_out"), run(5, 5, "failure"), run(4, 4),
      run(3, 3, "failure"),
    ])
    #expect((cell.live.value ?? nil)?.run.id == 4)
    #expect(cell.inFlight?.key.id == 8)
    #expect(cell.failed?.key.id == 6)
    #expect(requests == 1)
    #expect(try await dev([run(4, 4), run(3, 3, "failure")]).0.failed == nil)
    let none = try await dev([run(3, 3, "failure")]).0
    #expect(none.live == .loaded(nil))
    #expect(none.failed?.key.id == 3)
  }

  @Test("A success that lies behind many failures is found")
  func farSuccess() async throws {
    let runs = (1...100).map { run(300 - $0, 9, "failure") } + [run(100, 1)]
    let (cell, requests) = try await dev(runs)
    #expect((cell.live.value ?? nil)?.run.id == 100)
    #expect(cell.failed != nil)
    #expect(requests == 2)
  }

  @Test("Where what is live cannot be read, what goes on is known still")
  func liveUnread() async throws {
    let runs = [run(300, 10, status: "queued", nil)] + (1...100).map { run(290 - $0, 9) }
    let (cell, _) = try await dev(runs, failing: ["status=success": 403])
    #expect(cell.live.failure?.kind == .denied)
    #expect(cell.inFlight?.key.id == 300)
    #expect(cell.failed == nil)
  }

  @Test("Of two workflows the news of both count")
  func newsOfTwo() async throws {
    let (cell, _) = try await dev(
      [
        run(50, 5), run(40, 4, "failure"), run(60, 6, "failure", workflow: 14),
        run(61, 7, status: "queued", nil, workflow: 14),
      ], also: FakeGitHub.Workflow(id: 14, name: "action_shop_dev-deploy"))
    #expect((cell.live.value ?? nil)?.run.id == 50)
    #expect(cell.inFlight?.key.id == 61)
    #expect(cell.failed?.key.id == 60)
  }

  @Test("Refs come a page at a time, and what holds a run back is told")
  func refs() async throws {
    let github = ReaderScene.team()
    let scene = try ReaderScene(github)
    let branches = await scene.operations.refs(of: ReaderScene.shop, kind: .branch, page: 1)
    #expect(
      branches
        == .page(
          RefPage(
            refs: [GitRef(kind: .branch, name: "main", commit: ReaderScene.sha("d"))],
            nextPage: nil)))
    guard
      case .page(let tags) = await scene.operations.refs(
        of: ReaderScene.shop, kind: .tag, page: 1)
    else {
      Issue.record("no tags")
      return
    }
    #expect(tags.refs.count == 3)
    let run = RunKey(repository: ReaderScene.shop, id: 103)
    guard case .pending(let pending) = await scene.operations.pendingDeployments(of: run) else {
      Issue.record("nothing pending")
      return
    }
    #expect(pending.map(\.target.name) == ["production"])
    github.change { $0.failures["/acme/"] = 403 }
    guard
      case .failed(let failure) = await scene.operations.refs(
        of: ReaderScene.shop, kind: .tag, page: 2),
      case .failed = await scene.operations.pendingDeployments(of: run)
    else {
      Issue.record("it should have failed")
      return
    }
    #expect(failure.kind == .denied)
    #expect(failure.message.contains("the tags of acme/shop"))
  }
}
