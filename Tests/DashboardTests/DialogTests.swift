import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Dispatch and retry")
struct DialogTests {
  private static let failed = Fixture.key(302)
  private static let request = RetryRequest(
    run: failed, attempt: 2, scope: .failedJobs, environment: "prd")

  /// A driver with the form of dev's first deploy open.
  private func form(_ change: (inout DispatchForm) -> Void = { _ in }) -> Driver {
    var form = Fixture.form(101, "dev")
    change(&form)
    return Driver().press("1", "d").effects(.loadDispatchForm(Fixture.key(101)))
      .send(.dispatchFormLoaded(Fixture.key(101), .form(form)))
  }

  private func dispatched(_ values: [(String, String)]) -> Effect {
    .dispatch(Self.dispatchRequest(values))
  }

  private static func dispatchRequest(_ values: [(String, String)]) -> DispatchRequest {
    DispatchRequest(
      repository: Fixture.shop, workflowID: 2, workflowName: "action-결제-api-dev-deploy",
      path: ".github/workflows/dev.yml", ref: "결제-api-dev-20261112-06",
      inputs: values.map { DispatchRequest.Input(name: $0.0, value: $0.1) }, environment: "dev",
      service: "shop")
  }

  // MARK: - Dispatch

  @Test("A dispatch is asked for field by field, confirmed with y, and sent once")
  func dispatch() {
    let driver = form().press("enter").type("1.4").press("tab", "space", "enter", "down", "up")
    driver.press("enter", "backspace").type("5").press("enter")
    driver.expectScreen("version = 1.4", "size = medium", "debug = true", "timeout = 35")
    driver.press("y").effects(
      dispatched([("version", "1.4"), ("size", "medium"), ("debug", "true"), ("timeout", "35")]))
    driver.press("y", "enter", "space").effects()
    driver.expectScreen("It is sent once")
  }

  @Test("Enter and n at the question send nothing and keep what was typed")
  func declined() {
    let driver = form().press("enter").type("1.4").press("enter", "enter", "enter", "enter")
    for key: Key in ["enter", "n", "escape"] {
      driver.expectScreen("version = 1.4").press(key).effects()
      driver.expect { $0.focus == .text }.press("enter").effects()
    }
    driver.press("n").expectNotice("nothing was sent", .info)
    driver.press("escape").effects().expect { $0.screens.isEmpty }
  }

  @Test("What is missing or no number is not taken")
  func validation() {
    let driver = form().press("ctrl-u", "enter").expectScreen("required")
    driver.type("main").press("enter", "enter").expectScreen("required")
    driver.type("1").press("enter", "enter", "enter").press("ctrl-u").type("soon").press("enter")
    driver.expectScreen("not a number").expect { $0.focus == .text }
    driver.press("ctrl-u").type("1e3").press("enter").expect { $0.focus == .confirm }
  }

  @Test("An input that is left empty is not sent, and the question says what the workflow takes")
  func emptied() {
    let driver = form().press("enter").type("2").press("enter", "enter", "enter", "ctrl-u", "enter")
    driver.expectScreen("timeout is left empty: the workflow takes 30")
    driver.press("y").effects(
      dispatched([("version", "2"), ("size", "small"), ("debug", "false")]))
  }

  @Test("Another ref than the form's is said at the question")
  func otherRef() {
    let driver = form().press("ctrl-u").type("main").press("enter").type("2")
    driver.press("enter", "enter", "enter", "enter")
    driver.expectScreen("ref         main", "the inputs were read at 결제-api-dev-20261112-06")
  }

  @Test("Arrows change no answer of a text field, and do not leave it")
  func arrowsInText() {
    let driver = form().press("down").expectNotice("down does nothing here", .info)
    driver.expect { $0.focus == .text }
    driver.press("shift-tab").expectNotice("first field", .warning)
    driver.press("enter").type("q?").expectScreen("q?")
  }

  @Test("A form that cannot be had says why and what to do; escape leaves")
  func noForm() {
    let driver = Driver().press("1", "d").effects(.loadDispatchForm(Fixture.key(101)))
    driver.send(
      .dispatchFormLoaded(
        Fixture.key(101),
        .failed(message: "The workflow has no workflow_dispatch.", remedy: "Add the trigger.")))
    driver.expectScreen("Nothing was done.", "no workflow_dispatch", "Add the trigger.")
    driver.press("escape").effects().expect { $0.screens.isEmpty }
  }

  @Test("A form that comes after its dialog was left is dropped")
  func lateForm() {
    let driver = Driver().press("1", "d").effects(.loadDispatchForm(Fixture.key(101)))
    driver.press("escape").send(
      .dispatchFormLoaded(Fixture.key(101), .form(Fixture.form(101, "dev"))))
    driver.expect { $0.screens.isEmpty }
  }

  @Test("A form that calls its environment protected is believed")
  func formProtects() {
    let driver = form { $0.isProtected = true }
    driver.press("enter").type("2").press("enter", "enter", "enter", "enter")
    driver.expect { $0.focus == .name }
  }

  @Test("After a dispatch the cursor goes to the new run as soon as it is there")
  func follow() {
    let driver = form { $0.inputs = [] }.press("enter", "y").effects(dispatched([]))
    driver.send(
      .dispatchFinished(
        Self.dispatchRequest([]),
        .done(message: "Dispatched.", run: Fixture.key(900)))
    ).effects(.refreshNow)
    driver.expectNotice("Dispatched.", .success).expect { $0.screens.isEmpty }
    driver.expectSelection(Fixture.row("dev", 101))
    var snapshot = Fixture.snapshot
    snapshot.sections[0].deploys.insert(
      Fixture.deploy(
        Fixture.run(900, "shop", "dev", number: 129, status: .queued, started: 1), "shop", "dev",
        []), at: 0)
    driver.send(.snapshot(snapshot)).expectSelection(Fixture.row("dev", 900))
    driver.press("down").send(.snapshot(snapshot)).expectSelection(Fixture.row("dev", 101))
  }

  @Test("A cursor that was moved meanwhile is left alone")
  func followEnds() {
    let driver = form { $0.inputs = [] }.press("enter", "y").effects(dispatched([]))
    driver.send(
      .dispatchFinished(
        Self.dispatchRequest([]), .done(message: "Dispatched.", run: Fixture.key(900)))
    ).effects(.refreshNow)
    driver.press("down").expectSelection(Fixture.row("dev", 102))
    var snapshot = Fixture.snapshot
    snapshot.sections[0].deploys.insert(
      Fixture.deploy(
        Fixture.run(900, "shop", "dev", number: 129, status: .queued, started: 1), "shop", "dev",
        []), at: 0)
    driver.send(.snapshot(snapshot)).expectSelection(Fixture.row("dev", 102))
  }

  @Test("A refused dispatch goes back to its form, with everything in it")
  func refused() {
    let driver = form { $0.inputs = [] }.press("enter", "y").effects(dispatched([]))
    driver.send(
      .dispatchFinished(
        Self.dispatchRequest([]),
        .refused(message: "No ref found.", remedy: "Choose a branch or a tag that exists.")))
    driver.expectScreen("Nothing was done.", "No ref found.", "goes back to the form")
    driver.press("enter").expect { $0.focus == .text }.expectScreen("결제-api-dev-20261112-06")
  }

  // MARK: - Retry

  @Test("A protected environment asks for its name, and sends once")
  func protected() {
    let driver = Driver().press("r", "enter").expect { $0.focus == .name }
    driver.press("enter").effects().expectNotice("type prd to go on", .warning)
    driver.type("PRD").press("enter").effects()
    driver.press("ctrl-u").type("prd").press("enter").effects(.retry(Self.request))
    driver.press("enter").effects().press("escape").effects()
    driver.expectNotice("goes on", .info)
    driver.press("r").effects().expectNotice("a retry in prd is under way", .warning)
    driver.press("1", "d").effects().expectNotice("under way", .warning)
    driver.send(
      .retryFinished(
        Self.request, .refused(message: "Run is too old.", remedy: "Dispatch anew.")))
    driver.expectNotice("Run is too old. Dispatch anew.", .error)
    driver.press("r").expect { $0.focus == .choice || $0.focus == .board }
  }

  @Test("Failed jobs are offered only where some failed")
  func scopes() {
    let driver = Driver().press("1", "G").expectSelection(Fixture.row("prd", 303, in: Fixture.web))
    driver.press("r").expectScreen("none failed").press("up", "space").effects()
    driver.expectNotice("all jobs is the only choice", .warning).press("enter").type("prd")
    driver.press("enter").effects(
      .retry(
        RetryRequest(
          run: Fixture.key(303, in: Fixture.web), attempt: 1, scope: .allJobs,
          environment: "prd")))
  }

  @Test("A choice of all jobs is kept")
  func allJobs() {
    let driver = Driver().press("r", "down", "enter").type("prd").press("enter")
    var request = Self.request
    request.scope = .allJobs
    driver.effects(.retry(request))
    driver.send(.retryFinished(request, .done(message: "Runs again.", run: Self.failed)))
      .effects(.refreshNow).expectSelection(Fixture.row("prd", 302))
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

  @Test("A run that changed since the question was asked is not retried")
  func changedMeanwhile() {
    let driver = Driver().press("r", "enter").type("prd")
    var snapshot = Fixture.snapshot
    snapshot.sections[2].deploys[1].run.attempt = 3
    driver.send(.snapshot(snapshot)).expectScreen("somebody else was faster: attempt 3 exists")
    driver.press("enter").effects().expectNotice("not sent: somebody else", .warning)
    snapshot.sections[2].deploys.remove(at: 1)
    driver.send(.snapshot(snapshot)).press("enter").effects()
      .expectNotice("no longer on the board", .warning)
  }

  @Test("An outcome that nobody knows says so and is not repeated")
  func unknown() {
    let driver = Driver().press("r", "enter").type("prd").press("enter")
      .effects(.retry(Self.request))
    driver.send(.retryFinished(Self.request, .unknown(message: "The connection was lost.")))
      .effects(.refreshNow)
    driver.expectScreen("Nobody knows whether it was done.", "The connection was lost.")
    driver.press("enter").effects().expect { $0.screens.isEmpty }
  }

  @Test("What does not fit a small screen can be scrolled, and the question stays in sight")
  func scrolling() {
    let driver = Driver(columns: 40, rows: 10).press("r", "enter")
    driver.expectNotOnScreen("acme/shop").expectScreen("type prd, then enter")
    driver.press("pgdn", "pgdn", "down").expectScreen("acme/shop", "type prd, then enter")
    driver.press("escape").expect { $0.sheetTop == 0 }
    driver.press("escape", "?", "j", "j", "pgdn").expect { $0.sheetTop > 2 }
    driver.press("G").expectScreen("skipped").press("g").expect { $0.sheetTop == 0 }
  }

  @Test("Help lies over a form and gives it back")
  func helpOverForm() {
    let driver = form().press("f1").expectScreen("Keys in a text field")
    driver.press("escape").expect { $0.focus == .text }
  }
}
