import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Acting on a run from the versions")
struct VersionsActingTests {
  private func acted(_ driver: Driver) -> RunKey? { driver.model.selectedDeploy?.id }

  private func act(_ driver: Driver) -> ActDialog? {
    guard case .act(let dialog) = driver.model.screens.last else { return nil }
    return dialog
  }

  @Test("The keys act on what is in flight, else on what has failed, else on what is live")
  func order() {
    let driver = Driver().openVersions().go(to: "shop", "dev")
    #expect(acted(driver) == Fixture.key(101))
    driver.go(to: "결제-api", "prd")
    #expect(acted(driver) == Fixture.key(302))
    driver.go(to: "web", "prd")
    #expect(acted(driver) == Fixture.key(303, in: Fixture.web))
    // Too old for the board.
    driver.go(to: "auth", "dev")
    #expect(acted(driver) == Fixture.key(93))
    driver.press("escape")
    #expect(acted(driver) != Fixture.key(93))
  }

  @Test("The hints name the run, and only what can be done to it")
  func hints() {
    let driver = Driver(columns: 200, rows: 40).openVersions().go(to: "shop", "dev")
    driver.expectScreen("x stop #128", "o browser #128", "y copy #128")
      .expectNotOnScreen("r retry")
    driver.go(to: "결제-api", "prd").expectScreen("r retry #23").expectNotOnScreen("x stop")
    driver.press("r").press("escape", "?").expectScreen("In the versions".lowercased())
      .expectScreen("Run failed jobs", "Choose any workflow", "Approve or reject")
  }

  @Test("r asks the same as on the board, for the run of the cell")
  func retries() {
    let driver = Driver().openVersions().go(to: "결제-api", "prd").press("r")
    #expect(act(driver)?.kind == .retry)
    #expect(act(driver)?.deploy == Fixture.failed)
    driver.press("escape").expectCell("결제-api", "prd")
    driver.go(to: "shop", "dev").press("r").effects().expectNotice("still running", .warning)
  }

  @Test("What is live and too old for the board can be run again, as long as GitHub does")
  func retriesOld() {
    let driver = Driver().openVersions().go(to: "auth", "dev").press("r")
    #expect(act(driver)?.target.attempt == 2)
    driver.press("enter").drain().press("y")
    guard case .retry(let request) = driver.model.underway else {
      Issue.record("nothing was sent")
      return
    }
    driver.effects(.mutate(.retry(request)))
    #expect(request.run == Fixture.key(93) && request.scope == .allJobs)
    var answer = Fixture.versions
    var old = Fixture.version(93, "auth", "dev", "a", number: 8, ago: 90_000)
    old.createdAt = Fixture.ago(31 * 86_400)
    answer.rows[0].cells[0]?.live = .loaded(old)
    Driver().openVersions(answer).go(to: "auth", "dev").press("r").effects()
      .expectNotice("older than 30 days", .warning)
  }

  @Test("x, P and F ask for the run of the cell, o and y take its page")
  func stopsAndReviews() {
    let page = "https://github.com/acme/shop/actions/runs/301"
    let driver = Driver().openVersions().go(to: "shop", "prd").press("P")
      .effects(.loadPending(Fixture.key(301)))
    #expect(act(driver)?.kind == .review)
    driver.press("escape").press("x")
    #expect(act(driver)?.kind == .stop && act(driver)?.deploy == Fixture.waiting)
    driver.press("escape").press("F").effects(.follow(Fixture.key(301), true))
    driver.press("o").effects(.openInBrowser(page)).press("y").effects(.copy(page))
    driver.go(to: "auth", "stg").press("x").effects().expectNotice("it is over", .warning)
    driver.press("F").effects().expectNotice("it is over", .warning)
    driver.press("P").effects().expectNotice("does not wait for approval", .warning)
  }

  @Test("Where there is no run, every key says why", arguments: ["r", "x", "P", "F", "o", "y"])
  func noRun(_ key: Key) {
    Driver().openVersions().go(to: "web", "stg").press(key).effects()
      .expectNotice("no workflow deploys web to stg", .warning)
  }

  @Test("Marks on the board concern no cell")
  func marks() {
    let driver = Driver().press("*").openVersions().go(to: "결제-api", "prd").press("r")
    #expect(act(driver)?.target.run == Fixture.key(302))
    driver.expect { !$0.marks.isEmpty }
  }

  @Test("An environment that is read-only stays so")
  func readOnly() {
    var snapshot = Fixture.snapshot
    snapshot.sections[2].environment.readOnlyReason = "it is frozen"
    Driver(snapshot).openVersions().go(to: "shop", "prd").press("x").effects()
      .expectNotice("read-only: it is frozen", .warning).press("P").effects()
      .expectNotice("read-only: it is frozen", .warning)
  }

  @Test("w chooses a workflow, and leads back")
  func workflows() {
    let driver = Driver().openVersions().go(to: "shop", "stg").press("w").effects(.loadWorkflows)
    driver.press("escape").expectCell("shop", "stg")
  }

  // MARK: - What was sent

  private func promote(_ driver: Driver) -> TagRequest? {
    driver.openVersions().go(to: "shop", "stg").press("p").drain().answerPlan()
    driver.press("enter").drain().type("prd").press("enter").drain()
    guard case .tag(let request) = driver.model.underway else {
      Issue.record("nothing was sent")
      return nil
    }
    driver.send(.mutated(.tag(request), .done(message: "tagged", run: nil))).effects(.refreshNow)
    return request
  }

  @Test("After a promotion the cursor stays, and the other cell shows it at once and in flight")
  func followsPromotion() throws {
    let driver = Driver()
    let request = try #require(promote(driver))
    driver.expectCell("shop", "stg").expectNotice("tagged", .success)
    func promoted() -> VersionCell? {
      driver.versions?.grid.rows.first { $0.id.name == "shop" }?.cells[2]
    }
    #expect(promoted()?.awaited?.tag == request.tag)
    driver.press("l").expectScreen("\(request.tag) was sent", "sent 0s").press("h")
    driver.send(.snapshot(Fixture.snapshot)).effects()
    #expect(promoted()?.awaited != nil)

    var snapshot = Fixture.snapshot
    let run = Fixture.run(
      399, "shop", "prd", number: 32, ref: request.tag, status: .queued, started: 2)
    snapshot.sections[2].deploys.insert(Fixture.deploy(run, "shop", "prd", []), at: 0)
    driver.send(.snapshot(snapshot)).effects(.follow(run.key, true)).expectCell("shop", "stg")
      .expectNotice("shop #32 in prd is queued", .info)
    #expect(promoted()?.awaited == nil)
    #expect(promoted()?.inFlight?.id == run.key)
    driver.send(.snapshot(snapshot)).effects()
  }

  @Test("A tag that starts no run is told of after some minutes, and forgotten after an hour")
  func startsNothing() {
    let driver = Driver().openVersions().go(to: "auth", "dev")
    let request = TagRequest(
      repository: Fixture.shop, tag: "auth-dev-20261112-09", commit: Fixture.commit("a"),
      source: "main", environment: "dev", service: "auth")
    driver.send(.mutated(.tag(request), .done(message: "tagged", run: nil))).drain()
    driver.expectScreen("sent 0s", "its run is not on the board yet")
    let start = driver.model.now
    driver.send(.tick(start + 300)).expectScreen("no run of \(request.tag) has come in 5m")
      .expectNotOnScreen("was sent")
    driver.send(.tick(start + 3700)).send(.snapshot(Fixture.snapshot)).drain()
    #expect(driver.versions?.place?.cell?.awaited == nil)
  }

  @Test(
    "What goes on stands before a run that does not come, which is met still when it comes late")
  func comesLate() throws {
    let driver = Driver()
    let request = try #require(promote(driver))
    let start = driver.model.now
    var snapshot = Fixture.snapshot
    let other = Fixture.run(
      398, "shop", "prd", number: 31, ref: "other", status: .queued, started: 2)
    snapshot.sections[2].deploys.insert(Fixture.deploy(other, "shop", "prd", []), at: 0)
    driver.press("l").send(.snapshot(snapshot)).expectScreen("sent 0s")
    driver.send(.tick(start + 300)).expectNotOnScreen("no run yet")
    driver.expectScreen("no run of \(request.tag) has come in 5m")
    let run = Fixture.run(
      399, "shop", "prd", number: 32, ref: request.tag, status: .queued, started: 2)
    snapshot.sections[2].deploys.insert(Fixture.deploy(run, "shop", "prd", []), at: 0)
    driver.drain().send(.snapshot(snapshot)).effects(.follow(run.key, true))
      .expectNotOnScreen("no run of")
  }

  @Test("The retry of what is live that failed, and what is not certain, are told in the cell")
  func failedRetryOfLive() throws {
    var answer = Fixture.versions
    var version = Fixture.version(193, "auth", "stg", "a", number: 7, ago: 80_000)
    version.attempt = 1
    answer.rows[0].cells[1]?.live = .loaded(version)
    answer.rows[0].cells[0]?.doubts = ["only some runs were read"]
    let driver = Driver().openVersions(answer).go(to: "auth", "dev")
    driver.expectScreen(" 1d ?", "what is live is not certain: only some runs were read")
    driver.go(to: "auth", "stg").expectNotOnScreen("its retry")
    var snapshot = Fixture.snapshot
    var run = Fixture.run(
      193, "auth", "stg", number: 7, status: .completed, conclusion: .failure, started: 600)
    run.attempt = 2
    snapshot.sections[1].deploys.append(Fixture.deploy(run, "auth", "stg", []))
    driver.send(.snapshot(snapshot)).drain()
      .expectScreen("its retry failed (attempt 2): live is what attempt 1 deployed")
    #expect(driver.versions?.place?.cell?.version?.commit == version.commit)
  }

  @Test("A dispatch from a cell is awaited by its run; a refused one is not awaited")
  func followsDispatch() {
    let driver = Driver().openVersions().go(to: "auth", "dev")
    let request = DispatchRequest(
      repository: Fixture.shop, workflowID: 1, workflowName: "w", path: "w.yml", ref: "main",
      environment: "dev", service: "auth")
    driver.send(.mutated(.dispatch(request), .refused(message: "no", remedy: "wait"))).drain()
    #expect(driver.versions?.place?.cell?.awaited == nil)
    let key = Fixture.key(500)
    driver.send(.mutated(.dispatch(request), .done(message: "begun", run: key))).drain()
    driver.expectCell("auth", "dev").expectScreen("a dispatch was sent", "sent 0s")
    var snapshot = Fixture.snapshot
    let run = Fixture.run(500, "auth", "dev", number: 9, ref: "main", status: .queued, started: 1)
    snapshot.sections[0].deploys.append(Fixture.deploy(run, "auth", "dev", []))
    // It is followed since it was sent.
    driver.send(.snapshot(snapshot)).effects().expectScreen("auth #9 in dev is queued")
    #expect(driver.versions?.place?.cell?.inFlight?.id == key)
  }

  // MARK: - What is missing

  @Test("A version without a tag is told from one that could not be read")
  func withoutTag() {
    var answer = Fixture.versions
    var bare = Fixture.version(93, "auth", "dev", "a", number: 8, ago: 90_000)
    bare.ref = nil
    answer.rows[0].cells[0]?.live = .loaded(bare)
    let driver = Driver().openVersions(answer).go(to: "auth", "dev")
    driver.expectScreen("no tag aaaaaaa 1d", "auth in dev  without a tag or branch  commit aaaaaaa")
    driver.press("Y").effects(.copy(bare.commit))
  }

  @Test("A repository that cannot be listed is told in its cells, and keeps what was known")
  func unlisted() {
    var answer = Fixture.versions
    answer.rows.removeAll { $0.repository == Fixture.web }
    answer.unlisted = [Fixture.web: Fixture.denied]
    let driver = Driver().openVersions(answer).go(to: "web", "stg")
    driver.expectScreen("web in stg: it could not be read: GitHub refuses")
      .expectNotOnScreen("no workflow deploys web")
    driver.press("p").effects().expectNotice("it could not be read", .warning)
    let later = Driver().openVersions().press("R").drain().send(.versionsLoaded(answer))
    later.go(to: "web", "dev").expectScreen("it could not be read", "main")
    #expect(later.versions?.place?.cell?.version != nil)
  }

  @Test("A failure that is too old for the board is known from what was read")
  func oldFailure() {
    var answer = Fixture.versions
    var run = Fixture.run(
      194, "auth", "stg", number: 9, status: .completed, conclusion: .failure, started: 70_300)
    run.updatedAt = Fixture.ago(70_000)
    answer.rows[0].cells[1]?.failed = run
    let driver = Driver().openVersions(answer).go(to: "auth", "stg")
    #expect(driver.versions?.place?.cell?.failed?.id == run.key)
    driver.press("r")
    #expect(act(driver)?.target.run == run.key)
    // What is live was deployed after it.
    run.updatedAt = Fixture.ago(81_000)
    answer.rows[0].cells[1]?.failed = run
    let other = Driver().openVersions(answer).go(to: "auth", "stg")
    #expect(other.versions?.place?.cell?.failed == nil)
  }
}
