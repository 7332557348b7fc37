import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("The attempts on a run's screen")
struct DetailAttemptsTests {
  private let broken = Fixture.brokenStep
  private let first: Deploy = {
    var deploy = Fixture.disagreeing
    deploy.run.key = Fixture.key(302)
    deploy.jobs[0].job.id = 90
    return deploy
  }()

  private func driver(columns: Int = 120, rows: Int = 40) -> Driver {
    Driver(Fixture.snapshot(broken), columns: columns, rows: rows).open(broken).answerAll()
  }

  /// The run in an attempt after the one that failed.
  private var third: Deploy {
    var deploy = broken
    deploy.run.attempt = 3
    deploy.run.status = .inProgress
    deploy.run.conclusion = nil
    deploy.run.startedAt = Fixture.ago(20)
    deploy.state = .running
    deploy.findings = []
    deploy.jobs = [
      Fixture.joined(
        Fixture.job(99, run: 302, "빌드와 배포", .queued, created: 18), nil)
    ]
    return deploy
  }

  @Test("An older attempt is read when it is first shown, and its questions after it")
  func older() {
    let driver = driver().press("[").effects(.inspect(Fixture.key(302), attempt: 1, .attempt))
      .expectScreen("reading attempt 1", "attempt 1 of 2", "not read yet")
    driver.answer(.attempt, .attempt(first), attempt: 1)
    #expect(driver.detail?.table.selection == .step(90, 5))
    let item = first.jobs[0]
    driver.effects(
      .inspect(Fixture.key(302), attempt: 1, .excerpts(item.job)),
      .inspect(Fixture.key(302), attempt: 1, .annotations(item.job)))
    driver.expectScreen("GitHub is right", "[1✗]")
    driver.press("[").expectNotice("the first attempt", .warning)
    driver.press("]").expect { $0.detail?.attempt == 2 }.expectScreen("1✗ [2✗]")
    driver.press("]").expectNotice("the newest attempt", .warning)
    driver.press("[").expect { $0.detail?.shown == first }
  }

  @Test("Each attempt keeps its place")
  func places() {
    let driver = driver().press("up").expect { $0.detail?.table.selection == .step(9, 4) }
    driver.press("[").drain().answer(.attempt, .attempt(first), attempt: 1).drain()
    driver.press("down").expect { $0.detail?.table.selection == .step(90, 6) }
    driver.press("]").expect { $0.detail?.table.selection == .step(9, 4) }
    driver.press("[").expect { $0.detail?.table.selection == .step(90, 6) }
  }

  @Test("An attempt that cannot be read says why, and R asks again")
  func unreadable() {
    let failure = ReadFailure(.gone, message: "GitHub keeps it no longer.", remedy: "Nothing.")
    let driver = driver().press("[").drain().answer(.attempt, .failed(failure), attempt: 1)
      .expectScreen("GitHub keeps it no longer.")
    driver.press("enter").expectNotice("nothing to open", .warning)
    driver.press("R").effects(.refreshNow, .inspect(Fixture.key(302), attempt: 1, .attempt))
      .expectScreen("reading attempt 1")
  }

  @Test("An older attempt is not retried, and says why")
  func noRetry() {
    let driver = driver().press("[").drain().press("r")
      .expectNotice("attempt 1 of 2: only the newest can run again", .warning)
    driver.press("o").effects(
      .openInBrowser("https://github.com/acme/shop/actions/runs/302/attempts/1"))
  }

  @Test("A new attempt is followed by whoever has not moved")
  func followed() {
    let driver = driver().send(.snapshot(Fixture.snapshot(third)))
    driver.effects(.inspect(Fixture.key(302), attempt: 3, .artifacts))
      .expectNotice("attempt 3 has begun and is shown", .info)
      .expect { $0.detail?.attempt == 3 && $0.detail?.table.selection == .job(99) }
    driver.press("[").expect { $0.detail?.shown == broken }.expectScreen("301 ✗ buildx failed")
  }

  @Test("Whoever reads is not torn away by somebody else's retry")
  func notTornAway() {
    let driver = driver().press("up").send(.snapshot(Fixture.snapshot(third)))
      .expectNotice("attempt 3 has begun: ] goes to it", .info)
      .effects(.inspect(Fixture.key(302), attempt: 3, .artifacts))
    #expect(driver.detail?.attempt == 2 && driver.detail?.shown == broken)
    #expect(driver.detail?.table.selection == .step(9, 4))
    driver.press("]")
      .expect { $0.detail?.attempt == 3 && $0.detail?.chosenAttempt == nil }
  }

  @Test("Whoever retries it from here is taken to the new attempt")
  func ownRetry() {
    let request = RetryRequest(
      run: Fixture.key(302), attempt: 2, scope: .failedJobs, environment: "prd")
    let driver = driver().press("up", "r", "enter").effects(.preview(.retry(request)))
    driver.press("y").effects(.mutate(.retry(request)))
    driver.send(.mutated(.retry(request), .done(message: "retried", run: Fixture.key(302))))
      .effects(.refreshNow).expect { $0.focus == .detail }
    driver.send(.snapshot(Fixture.snapshot(third))).drain()
      .expect { $0.detail?.attempt == 3 }
  }

  @Test("An attempt that was not seen to end is read anew")
  func staleCopy() {
    var running = broken
    running.state = .running
    running.run.status = .inProgress
    running.jobs[0].job.status = .inProgress
    running.jobs[0].job.conclusion = nil
    let driver = Driver(Fixture.snapshot(running)).open(running)
    driver.press("up").send(.snapshot(Fixture.snapshot(third)))
      .effects(.inspect(Fixture.key(302), attempt: 2, .attempt))
      .expectScreen("reading attempt 2")
  }

  @Test("Many attempts are shown around the one that is looked at")
  func many() {
    var deploy = broken
    deploy.run.attempt = 12
    let driver = Driver(Fixture.snapshot(deploy)).open(deploy)
    driver.expectScreen("attempt …  8  9  10  11 [12✗]")
    for _ in 0..<5 { driver.press("[").drain() }
    driver.expectScreen("attempt …  5  6 [7] 8  9 …12")
  }

  @Test("Artifacts stand by the attempt that their times tell, the newest first")
  func artifactsByAttempt() throws {
    var newest = third
    newest.run.attempt = 4
    func artifact(_ id: Int64, _ seconds: TimeInterval?) -> Artifact {
      Artifact(
        run: Fixture.key(302), id: id, name: "report-\(id)", size: 10,
        createdAt: seconds.map(Fixture.ago))
    }
    newest.run.createdAt = Fixture.ago(5000)
    newest.run.startedAt = Fixture.ago(1000)
    let driver = Driver(Fixture.snapshot(newest)).open(newest)
    driver.answer(
      .artifacts,
      .artifacts([artifact(1, nil), artifact(2, 4000), artifact(3, 500), artifact(4, 400)]),
      attempt: 4
    ).drain()
    func order() -> [WhyRow.ID] {
      driver.detail?.why.rows.map(\.id).filter { if case .artifact = $0 { true } else { false } }
        ?? []
    }
    #expect(order() == [.artifact(3), .artifact(4), .artifact(2), .artifact(1)])
    driver.expectScreen("the newest attempt's first, by their times", "attempt 4", "attempts 1-3")
    // What is read of an attempt between them tells more.
    var second = first
    second.run.attempt = 2
    second.run.createdAt = newest.run.createdAt
    second.run.startedAt = Fixture.ago(3000)
    driver.press("[").drain().press("[").drain()
    driver.answer(.attempt, .attempt(second), attempt: 2).drain()
    let rows = try #require(driver.detail?.why.rows)
    let texts = rows.filter { if case .artifact = $0.id { true } else { false } }
      .map { $0.spans.map(\.text).joined() }
    #expect(texts.map { $0.contains("attempt 1") } == [false, false, true, false])
    #expect(texts.last?.contains("attempt ?") == true)
  }

  @Test("Where there was one attempt, artifacts say nothing of it")
  func artifactsOfOneAttempt() {
    let deploy = Fixture.disagreeing
    let driver = Driver(Fixture.snapshot(deploy)).open(deploy)
    driver.answer(
      .artifacts, .artifacts([Artifact(run: deploy.id, id: 1, name: "report", size: 10)]),
      attempt: 1)
    driver.press("f").expectScreen("report").expectNotOnScreen("by their times")
  }

  @Test("A failed run that has grown too old for the board is run again by the same dialog")
  func retryingAgedOff() {
    var empty = Fixture.snapshot(broken)
    empty.sections[0].deploys = []
    let driver = driver()
    driver.send(.snapshot(empty)).expectScreen("no longer on the board").press("r")
      .expectScreen("Retry", "failed jobs").press("enter").drain().press("y")
    let request = RetryRequest(
      run: broken.id, attempt: 2, scope: .failedJobs, environment: "prd")
    driver.effects(.mutate(.retry(request)))
    driver.send(.mutated(.retry(request), .done(message: "Runs again.", run: broken.id))).drain()
    var anew = broken
    anew.run.attempt = 3
    anew.run.status = .inProgress
    anew.run.conclusion = nil
    anew.state = .running
    driver.send(.snapshot(Fixture.snapshot(anew))).drain()
    #expect(driver.detail?.attempt == 3)
    #expect(driver.detail?.goneSince == nil)
  }

  @Test("GitHub's thirty days hold for a run that has left the board too")
  func retryingTooOld() {
    var old = broken
    old.run.createdAt = Fixture.ago(31 * 86_400)
    var empty = Fixture.snapshot(old)
    empty.sections[0].deploys = []
    Driver(Fixture.snapshot(old)).open(old).send(.snapshot(empty)).press("r")
      .expectNotice("older than 30 days", .warning)
  }
}
