import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Retry")
struct RetryDialogTests {
  private static let failed = Fixture.key(302)
  private static let request = RetryRequest(
    run: failed, attempt: 2, scope: .failedJobs, environment: "prd")

  @Test("A protected environment asks for its name, and sends once")
  func protected() {
    let driver = Driver().press("r", "enter").effects(.preview(.retry(Self.request)))
      .expect { $0.focus == .name }
    driver.press("enter").effects().expectNotice("type prd to go on", .warning)
    driver.type("PRD").press("enter").effects()
    driver.press("ctrl-u").type("prd").press("enter").effects(.mutate(.retry(Self.request)))
    driver.press("enter").effects().press("escape").effects()
    driver.expectNotice("goes on", .info)
    driver.press("r").effects().expectNotice(
      "a retry of the failed jobs in prd is under way", .warning)
    driver.press("1", "x").effects().expectNotice("under way", .warning)
    driver.send(
      .mutated(.retry(Self.request), .refused(message: "Run is too old.", remedy: "Dispatch anew."))
    )
    driver.expectNotice("Run is too old. Dispatch anew.", .error)
    driver.press("x").expect { $0.focus == .choice }
  }

  @Test("Failed jobs are offered only where some failed")
  func scopes() {
    let driver = Driver().press("1", "G").expectSelection(Fixture.row("prd", 303, in: Fixture.web))
    let mutation = Fixture.retry(303, in: Fixture.web, scope: .allJobs, "prd")
    driver.press("r").expectScreen("none failed").press("up", "space").effects()
    driver.expectNotice("all jobs is the only choice", .warning)
    driver.press("enter").effects(.preview(mutation)).type("prd")
    driver.press("enter").effects(.mutate(mutation))
  }

  @Test("A choice of all jobs is kept")
  func allJobs() {
    let mutation = Fixture.retry(302, attempt: 2, scope: .allJobs, "prd")
    let driver = Driver().press("r", "down", "enter").effects(.preview(mutation))
    driver.type("prd").press("enter").effects(.mutate(mutation))
    driver.send(.mutated(mutation, .done(message: "Runs again.", run: Self.failed)))
      .effects(.refreshNow).expectSelection(Fixture.row("prd", 302))
      .expect("who retries is told of the end") { $0.watched == [Self.failed] }
  }

  @Test("One job can be chosen, failed ones first, and the one under the cursor is chosen at once")
  func oneJob() {
    let snapshot = Fixture.board { $0.sections[0].deploys = [Fixture.broken] }
    let lint = Fixture.retry(150, in: Fixture.web, scope: .job(id: 52, name: "lint"), "dev")
    let driver = Driver(snapshot).press("1", "r").expectScreen("lint, and what depends on it")
    driver.expectNotOnScreen("roll out, and").press("down", "down", "enter")
    driver.effects(.preview(lint)).press("y").effects(.mutate(lint))
    let build = Fixture.retry(150, in: Fixture.web, scope: .job(id: 51, name: "build"), "dev")
    Driver(snapshot).press("1", "e", "right", "r", "enter").effects(.preview(build))
      .expectScreen("build, and what depends on it")
    Driver(snapshot).press("1", "r", "enter")
      .effects(.preview(Fixture.retry(150, in: Fixture.web, "dev")))
  }

  @Test("Debug logs are switched by a key, asked for, and shown in the question")
  func debug() {
    let mutation = Fixture.retry(302, attempt: 2, isDebug: true, "prd")
    let driver = Driver().press("r").expectScreen("debug logs: off").press("D")
    driver.expectScreen("debug logs: on").press("enter").effects(.preview(mutation))
      .expectScreen("debug logs  on", "--debug")
    driver.press("D").expect { $0.confirmation?.typed.text == "D" }
    Driver().press("1", "x", "D").expectNotice("D does nothing here", .info)
  }

  @Test("The question shows the exact request and the same as a command")
  func preview() {
    let mutation = Mutation.retry(Self.request)
    let driver = Driver().press("r", "enter").effects(.preview(mutation))
    driver.expectNotOnScreen("POST").expectScreen("cdtop retry 302 --failed")
    let planned = PlannedRequest(
      method: "POST", url: "https://api.github.com/repos/acme/shop/actions/runs/302/rerun-failed",
      body: "{}")
    driver.send(.previewed(Fixture.retry(1, "dev"), [])).expectNotOnScreen("POST")
    driver.send(.previewed(mutation, [planned])).expectScreen(
      "POST https://api.github.com/repos/acme", "{}")
    driver.press("escape").press("down", "enter")
      .effects(.preview(Fixture.retry(302, attempt: 2, scope: .allJobs, "prd"))).expectNotOnScreen(
        "POST")
  }

  @Test("What runs cannot be retried, nor what is too old, nor nothing")
  func unavailable() {
    Driver().press("1", "r").expectNotice("still running: cancel comes first", .warning)
    Driver().press("!", "r").expectNotice("waits for approval: cancel comes first", .warning)
    Driver().press("1", "left", "r").expectNotice("go to a deploy first", .warning)
      .press("d").expectNotice("go to a deploy first", .warning)
    var old = Fixture.snapshot
    old.sections[2].deploys[2].run.createdAt = Fixture.ago(31 * 86_400)
    Driver(old).press("3", "r").expectNotice("older than 30 days", .warning)
  }

  @Test("A read-only environment says why it is, before anything else", arguments: ["r", "x", "P"])
  func readOnly(_ key: String) {
    Driver(Fixture.readOnly(2)).press(Key(Character(key)))
      .expectNotice("read-only: --read-only was given", .warning).expect { $0.screens.isEmpty }
  }

  @Test("An environment that becomes read-only meanwhile is left alone")
  func readOnlyMeanwhile() {
    let driver = Driver().press("r", "enter").drain().type("prd")
    driver.send(.snapshot(Fixture.readOnly(2, "read_only: true"))).press("enter").effects()
      .expectNotice("read-only: read_only: true", .warning)
  }

  @Test("A run that changed since the question was asked is not retried")
  func changedMeanwhile() {
    let driver = Driver().press("r", "enter").drain().type("prd")
    var snapshot = Fixture.snapshot
    snapshot.sections[2].deploys[1].run.attempt = 3
    driver.send(.snapshot(snapshot)).expectScreen("somebody else was faster: attempt 3 exists")
    driver.press("enter").effects().expectNotice("not sent: somebody else", .warning)
    snapshot.sections[2].deploys.remove(at: 1)
    // No newer attempt is known: it only grew too old for the board.
    driver.send(.snapshot(snapshot)).expectNotOnScreen("no longer on the board").press("enter")
      .effects(.mutate(.retry(Self.request)))
  }

  @Test("The key that confirmed, pressed twice, does nothing to the board; its result stays")
  func secondKey() {
    let driver = Driver().press("r", "enter").drain().type("prd").press("enter").drain()
    driver.send(.mutated(.retry(Self.request), .done(message: "Runs again.", run: Self.failed)))
      .effects(.refreshNow)
    driver.press("enter", "y").effects().expectNotice("Runs again.", .success)
      .expect { $0.screens.isEmpty }
    driver.wait(1...1).press("j").expectNotice("Runs again.", .success)
    driver.press("k").expect { $0.notice == nil }
    driver.press("y").effects(.copy(Fixture.failed.run.url))
  }

  @Test("Another key than the one that confirmed acts at once")
  func otherKey() {
    let driver = Driver().press("r", "enter").drain().type("prd").press("enter").drain()
    driver.send(.mutated(.retry(Self.request), .done(message: "Runs again.", run: Self.failed)))
      .effects(.refreshNow)
    driver.press("/").type("ynx").expect { $0.board.filterText == "ynx" }
  }

  @Test("An outcome that nobody knows says so and is not repeated")
  func unknown() {
    let driver = Driver().press("r", "enter").drain().type("prd").press("enter")
      .effects(.mutate(.retry(Self.request)))
    driver.send(.mutated(.retry(Self.request), .unknown(message: "The connection was lost.")))
      .effects(.refreshNow)
    driver.expectScreen("Nobody knows whether it was done.", "The connection was lost.")
    driver.press("enter").effects().expect { $0.screens.isEmpty && $0.watched.isEmpty }
  }

  @Test("What does not fit a small screen can be scrolled, and the question stays in sight")
  func scrolling() {
    let driver = Driver(columns: 40, rows: 10).press("r", "enter").drain()
    driver.expectNotOnScreen("acme/shop").expectScreen("type prd, then enter")
    driver.press("pgdn", "pgdn").expectScreen("acme/shop", "type prd, then enter")
    driver.press("pgdn", "pgdn", "pgdn").expectScreen("cdtop retry 302", "type prd, then enter")
    driver.press("escape").expect { $0.sheetTop == 0 }
    driver.press("escape", "?", "j", "j", "pgdn").expect { $0.sheetTop > 2 }
    driver.press("G").expectScreen("skipped").press("g").expect { $0.sheetTop == 0 }
  }

  @Test("On a run's screen the keys act on the newest attempt, and say so on an older one")
  func detail() {
    let driver = Driver().press("enter").drain().press("r", "enter")
      .effects(.preview(.retry(Self.request)))
    driver.press("escape", "escape", "[").drain()
    driver.press("r").expectNotice("attempt 1 of 2: only the newest can run again", .warning)
    driver.press("x").expectNotice("attempt 1 of 2 is over: ] goes to the newest", .warning)
    driver.press("P").expectNotice("attempt 1 of 2 is over: ] goes to the newest", .warning)
    driver.press("F").effects().expectNotice("it is over: failed", .warning)
  }
}
