import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Dispatch")
struct DispatchDialogTests {
  /// A driver with the form of dev's first deploy open.
  private func form(_ change: (inout DispatchForm) -> Void = { _ in }) -> Driver {
    var form = Fixture.form(101, "dev")
    change(&form)
    return Driver().press("1", "d").effects(
      .loadDispatchForm(Fixture.target(101), ref: Fixture.ref(101))
    )
    .send(.dispatchFormLoaded(Fixture.target(101), ref: Fixture.ref(101), .form(form)))
  }

  private func dispatched(_ values: [(String, String)]) -> Effect {
    .mutate(.dispatch(Self.dispatchRequest(values)))
  }

  private func previewed(_ values: [(String, String)]) -> Effect {
    .preview(.dispatch(Self.dispatchRequest(values)))
  }

  private static func dispatchRequest(_ values: [(String, String)]) -> DispatchRequest {
    DispatchRequest(
      repository: Fixture.shop, workflowID: Fixture.target(101).workflowID,
      workflowName: Fixture.target(101).workflowName,
      path: Fixture.target(101).path, ref: "결제-api-dev-20261112-06",
      inputs: values.map { DispatchRequest.Input(name: $0.0, value: $0.1) }, environment: "dev",
      service: "shop")
  }

  @Test("A dispatch is asked for field by field, confirmed with y, and sent once")
  func dispatch() {
    let driver = form().press("enter").type("1.4").press("tab", "space", "enter", "down", "up")
    let answers = [("version", "1.4"), ("size", "medium"), ("debug", "true"), ("timeout", "35")]
    driver.press("enter", "backspace").type("5").press("enter").effects(previewed(answers))
    driver.expectScreen("version = 1.4", "size = medium", "debug = true", "timeout = 35")
    driver.press("y").effects(dispatched(answers))
    driver.press("y", "enter", "space").effects()
    driver.expectScreen("It is sent once")
  }

  @Test("Enter and n at the question send nothing and keep what was typed")
  func declined() {
    let preview = previewed(
      [("version", "1.4"), ("size", "small"), ("debug", "false"), ("timeout", "30")])
    let driver = form().press("enter").type("1.4").press("enter", "enter", "enter", "enter")
    driver.effects(preview)
    for key: Key in ["enter", "n", "escape"] {
      driver.expectScreen("version = 1.4").press(key).effects()
      driver.expect { $0.focus == .text }.press("enter").effects(preview)
    }
    driver.press("n").expectNotice("nothing was sent", .info)
    driver.press("escape").effects().expect { $0.screens.isEmpty }
  }

  @Test("What is missing or no number is not taken")
  func validation() {
    let driver = form().press("ctrl-u", "enter").expectScreen("required")
    driver.type("결제-api-dev-20261112-06").press("enter", "enter").expectScreen("required")
    driver.type("1").press("enter", "enter", "enter").press("ctrl-u").type("soon").press("enter")
    driver.expectScreen("it must be a number").expect { $0.focus == .text }
    driver.press("ctrl-u").type("1e3").press("enter").drain().expect { $0.focus == .confirm }
  }

  @Test("An input that is left empty is not sent, and the question says what the workflow takes")
  func emptied() {
    let driver = form().press("enter").type("2").press("enter", "enter", "enter", "ctrl-u", "enter")
    driver.effects(previewed([("version", "2"), ("size", "small"), ("debug", "false")]))
    driver.expectScreen("timeout is left empty: the workflow takes 30")
    driver.press("y").effects(
      dispatched([("version", "2"), ("size", "small"), ("debug", "false")]))
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
    let driver = Driver().press("1", "d").effects(
      .loadDispatchForm(Fixture.target(101), ref: Fixture.ref(101)))
    driver.send(
      .dispatchFormLoaded(
        Fixture.target(101), ref: Fixture.ref(101),
        .failed(message: "The workflow has no workflow_dispatch.", remedy: "Add the trigger.")))
    driver.expectScreen("Nothing was done.", "no workflow_dispatch", "Add the trigger.")
    driver.press("escape").effects().expect { $0.screens.isEmpty }
  }

  @Test("A form that comes after its dialog was left is dropped")
  func lateForm() {
    let driver = Driver().press("1", "d").effects(
      .loadDispatchForm(Fixture.target(101), ref: Fixture.ref(101)))
    driver.press("escape").send(
      .dispatchFormLoaded(
        Fixture.target(101), ref: Fixture.ref(101), .form(Fixture.form(101, "dev"))))
    driver.expect { $0.screens.isEmpty }
  }

  @Test("A form that calls its environment protected is believed")
  func formProtects() {
    let driver = form { $0.isProtected = true }
    driver.press("enter").type("2").press("enter", "enter", "enter", "enter").drain()
    driver.expect { $0.focus == .name }
  }

  @Test("After a dispatch the cursor goes to the new run as soon as it is there")
  func follow() {
    let driver = form { $0.inputs = [] }.press("enter").drain().press("y")
      .effects(dispatched([]))
    driver.send(
      .mutated(
        .dispatch(Self.dispatchRequest([])),
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
    let driver = form { $0.inputs = [] }.press("enter").drain().press("y")
      .effects(dispatched([]))
    driver.send(
      .mutated(
        .dispatch(Self.dispatchRequest([])), .done(message: "Dispatched.", run: Fixture.key(900)))
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
    let driver = form { $0.inputs = [] }.press("enter").drain().press("y")
      .effects(dispatched([]))
    driver.send(
      .mutated(
        .dispatch(Self.dispatchRequest([])),
        .refused(message: "No ref found.", remedy: "Choose a branch or a tag that exists.")))
    driver.expectScreen("Nothing was done.", "No ref found.", "goes back to the form")
    driver.press("enter").expect { $0.focus == .text }.expectScreen("결제-api-dev-20261112-06")
  }

  @Test("Help lies over a form and gives it back")
  func helpOverForm() {
    let driver = form().press("f1").expectScreen("Keys in a text field")
    driver.press("escape").expect { $0.focus == .text }
  }
}
