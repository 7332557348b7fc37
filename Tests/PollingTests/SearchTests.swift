import Deploys
import Foundation
import GitHub
import Polling
import Testing

@Suite("Deploys behind a great many other runs")
struct SearchTests {
  /// A repository in which another workflow runs all the time.
  private struct Busy {
    /// The newest run of the other workflow.
    var newest: Int64 = 10_000
    /// How many runs stand before the listing's end.
    var count = 1_000
    var deploys: [Int64: [WorkflowRun]] = [:]
    var active: [RunStatus: [WorkflowRun]] = [:]
    /// How many runs of a status there are beyond those that come.
    var unread = 0
    var first: [WorkflowRun] = []
    var failures: [PollTask: PollFailure] = [:]

    static let workflows = [
      Workflow(id: 1, name: "action-shop-dev-deploy", path: "d", state: "active"),
      Workflow(id: 2, name: "action-shop-prd-deploy", path: "p", state: "active"),
      Workflow(id: 3, name: "ci", path: "c", state: "active"),
    ]

    func answer(_ action: PollAction) -> Observation {
      if let failure = failures[action.task] { return .failure(failure) }
      switch action {
      case .listRuns(_, let page):
        let start = (page - 1) * 50
        let others = (start..<min(start + 50, count)).map { offset in
          var run = makeRun(
            newest - Int64(offset), workflow: "ci", status: .completed, conclusion: .success,
            created: -60 - Double(offset))
          run.workflowID = 3
          return run
        }
        return .runs(
          .modified(
            RunPage(
              runs: (page == 1 ? first : []) + others, totalCount: count,
              hasNext: start + 50 < count)))
      case .listWorkflows: return .workflows(.modified(Self.workflows))
      case .listWorkflowRuns(_, let workflow, _):
        let runs = deploys[workflow] ?? []
        return .runs(.modified(RunPage(runs: runs, totalCount: runs.count, hasNext: false)))
      case .listActiveRuns(_, let status):
        let runs = active[status] ?? []
        return .runs(
          .modified(RunPage(runs: runs, totalCount: runs.count + unread, hasNext: unread > 0)))
      case .loadRun(let key):
        let all = Array(deploys.values.joined()) + Array(active.values.joined()) + first
        guard let run = all.first(where: { $0.key == key }) else {
          return .failure(PollFailure(message: "gone", remedy: "", isNotFound: true))
        }
        return .run(.modified(run))
      default: return Script().answer(action)
      }
    }
  }

  private func listedWorkflows(_ actions: [PollAction]) -> [Int64] {
    actions.compactMap {
      if case .listWorkflowRuns(_, let workflow, _) = $0 { workflow } else { nil }
    }.sorted()
  }

  private func statuses(_ actions: [PollAction]) -> [RunStatus] {
    actions.compactMap { if case .listActiveRuns(_, let status) = $0 { status } else { nil } }
  }

  private func repositoryFailure(_ driver: PollDriver) -> SourceHealth.Failure? {
    driver.state.snapshot(at: driver.now).sections[0].sources
      .first { $0.source == .repository(shop) }?.failure
  }

  @Test("A fresh board asks each workflow that deploys where the listing does not reach back")
  func start() throws {
    var driver = try PollDriver()
    var busy = Busy()
    busy.deploys = [
      1: [makeRun(7, created: -9_000)],
      2: [
        makeRun(
          8, workflow: "action-shop-prd-deploy", status: .completed, conclusion: .failure,
          created: -9_000)
      ],
    ]
    let asked = driver.settle(busy.answer)
    let snapshot = driver.state.snapshot(at: driver.now)
    #expect(snapshot.isComplete)
    #expect(Set(snapshot.deploys.map(\.id.id)) == [7, 8])
    #expect(listedWorkflows(asked) == [1, 2])
    #expect(repositoryFailure(driver) == nil)
    #expect(listedWorkflows(driver.pass(120, busy.answer)).isEmpty)
  }

  @Test("What has not ended is found by its status however old it is, and slowly looked for again")
  func active() throws {
    var driver = try PollDriver()
    var busy = Busy()
    busy.first = (Int64(0)..<10).flatMap { number in
      [("dev", Int64(1)), ("prd", 2)].map { name, workflow in
        var run = makeRun(
          20_000 + number * 2 + workflow, workflow: "action-shop-\(name)-deploy",
          status: .completed, conclusion: .success)
        run.workflowID = workflow
        return run
      }
    }
    let old = makeRun(
      7, workflow: "action-shop-prd-deploy", status: .waiting, created: -20 * 86_400)
    var other = makeRun(6, workflow: "ci", status: .waiting, created: -20 * 86_400)
    other.workflowID = 3
    var waiting = old
    waiting.workflowID = 2
    busy.active = [.waiting: [waiting, other]]
    let asked = driver.settle(busy.answer)
    #expect(driver.state.snapshot(at: driver.now).deploy(old.key)?.environment == "prd")
    #expect(listedWorkflows(asked).isEmpty)
    #expect(Set(statuses(asked)).count == 5)
    #expect(statuses(asked).count == 5)
    #expect(!asked.contains(.loadRun(other.key)))
    #expect(statuses(driver.pass(300, busy.answer)).isEmpty)
    #expect(statuses(driver.pass(400, busy.answer)).count == 5)
  }

  @Test("A repository whose runs are all on the newest page is asked nothing more")
  func quiet() throws {
    var driver = try PollDriver()
    var busy = Busy()
    busy.count = 40
    let asked = driver.settle(busy.answer) + driver.pass(300, busy.answer)
    #expect(listedWorkflows(asked).isEmpty)
    #expect(statuses(asked).isEmpty)
  }

  @Test("After a gap the listing is read back to what was known, else the workflows are asked")
  func gap() throws {
    var driver = try PollDriver()
    var busy = Busy()
    driver.settle(busy.answer)
    busy.newest += 120
    var pages = driver.pass(30, busy.answer).compactMap {
      if case .listRuns(_, let page) = $0, page > 1 { page } else { nil }
    }
    #expect(pages == [2, 3])
    #expect(listedWorkflows(driver.asked) == [1, 2])
    busy.newest += 900
    busy.deploys = [1: [makeRun(7)]]
    let asked = driver.pass(30, busy.answer)
    pages = asked.compactMap {
      if case .listRuns(_, let page) = $0, page > 1 { page } else { nil }
    }
    #expect(pages == [2, 3, 4])
    #expect(listedWorkflows(asked) == [1, 2])
    #expect(Set(statuses(asked)).count == 5)
    #expect(driver.state.snapshot(at: driver.now).deploys.map(\.id.id) == [7])
  }

  @Test("A run that was read by itself before the first listing hides no others")
  func tracked() throws {
    var driver = try PollDriver()
    var busy = Busy()
    let own = makeRun(20_000)
    busy.first = [own]
    driver.state.track(own.key, at: driver.now)
    driver.turn(busy.answer)
    #expect(listedWorkflows(driver.settle(busy.answer)) == [1, 2])
  }

  @Test("What could not be reached is told")
  func unreached() throws {
    var driver = try PollDriver()
    var busy = Busy()
    busy.failures[.workflows(shop)] = PollFailure(message: "no permission", remedy: "Renew it.")
    driver.settle(busy.answer)
    #expect(repositoryFailure(driver)?.message.contains("no permission") == true)
    busy.failures = [:]
    busy.unread = 700
    driver.pass(700, busy.answer)
    #expect(repositoryFailure(driver)?.message.contains("of 700") == true)
    busy.unread = 0
    driver.pass(700, busy.answer)
    #expect(repositoryFailure(driver) == nil)
  }

  @Test("Finished deploys stay while a thousand other runs pass")
  func deploysOutlastOthers() throws {
    var driver = try PollDriver()
    var busy = Busy()
    busy.deploys = [
      2: [
        makeRun(
          8, workflow: "action-shop-prd-deploy", status: .completed, conclusion: .success,
          created: -9_000)
      ]
    ]
    driver.settle(busy.answer)
    busy.deploys = [:]
    for _ in 0..<30 {
      busy.newest += 40
      driver.pass(20, busy.answer)
    }
    #expect(driver.state.snapshot(at: driver.now).deploys.map(\.id.id) == [8])
  }
}
