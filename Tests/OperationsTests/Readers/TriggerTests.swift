import Deploys
import Operations
import Synchronization
import Testing

@Suite("Which workflows can be started by hand")
struct TriggerTests {
  @Test("The file on the default branch says it; what cannot be read stays unknown")
  func triggers() async throws {
    let github = ReaderScene.team { shop in
      shop.workflows = [
        FakeGitHub.Workflow(id: 11, name: "action-shop-dev-deploy", path: "a.yml"),
        FakeGitHub.Workflow(id: 12, name: "action-shop-stg-deploy", path: "b.yml"),
        FakeGitHub.Workflow(id: 13, name: "action-shop-prd-deploy", path: "gone.yml"),
        FakeGitHub.Workflow(id: 14, name: "action-api-prd-deploy", path: "dynamic/pages"),
        FakeGitHub.Workflow(
          id: 15, name: "action-web-prd-deploy", path: "a.yml", state: "disabled_manually"),
      ]
      shop.files = ["a.yml": "on:\n  workflow_dispatch:\n", "b.yml": "on: push\n"]
    }
    let scene = try ReaderScene(github)
    let listing = await scene.operations.workflows()
    #expect(listing.items.allSatisfy { $0.hasDispatch == nil })
    let known = await scene.operations.withTriggers(listing)
    let answers = Dictionary(
      known.items.map { ($0.id, $0.hasDispatch) }, uniquingKeysWith: { first, _ in first })
    #expect(answers == [11: true, 12: false, 13: nil, 14: nil, 15: nil])
    #expect(known.items.map(\.target) == listing.items.map(\.target))
    #expect(github.requests.count { $0.contains("/contents/") } == 3)
    #expect(github.world.withLock(\.mostUnderWay) <= 4)
  }
}
