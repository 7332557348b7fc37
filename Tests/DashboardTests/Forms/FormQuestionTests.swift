import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("The question of a dispatch, and GitHub's refusals")
struct FormQuestionTests {
  private typealias F = FormFixture

  private static let answers = [
    ("version", "it's 1.4"), ("size", "small"), ("debug", "false"), ("timeout", "30"),
  ]

  /// A driver at the question.
  private func question(columns: Int = 120, rows: Int = 40) -> Driver {
    let driver = F.driver(columns: columns, rows: rows).press("enter").type("it's 1.4")
    driver.press("enter", "enter", "enter", "enter")
    return driver.effects(.preview(.dispatch(F.request(Self.answers))))
  }

  private static let line =
    "cdtop dispatch shop@dev --ref shop-dev-20261112-03 -f 'version=it'\\''s 1.4' -f size=small "
    + "-f debug=false -f timeout=30"

  @Test("It shows exactly what is sent, and the command, which a key copies")
  func preview() {
    let request = F.request(Self.answers)
    let driver = question().send(.previewed(.dispatch(request), F.planned(request)))
    driver.expectScreen("POST https://api.github.com/repos/acme/shop/actions", "it's 1.4")
    driver.press("c").effects(.copy(Self.line)).expectNotice("copied cdtop dispatch", .success)
    driver.expect { $0.focus == .confirm }
    driver.press("down", "pgdn").expect { $0.focus == .confirm }
  }

  @Test("What would be sent of something else is not shown")
  func otherPreview() {
    let other = F.request([("version", "9")])
    let driver = question().send(.previewed(.dispatch(other), F.planned(other)))
    driver.expectNotOnScreen("POST")
  }

  @Test("At a protected environment the command is copied by a key that writes nothing")
  func copyProtected() {
    var form = F.form([])
    form.isProtected = true
    let driver = F.driver(form).press("enter").drain().type("c").expectScreen("> c")
    driver.press("ctrl-l").effects(
      .copy("cdtop dispatch shop@dev --ref shop-dev-20261112-03"))
    driver.press("enter").expectNotice("type dev to go on", .warning)
    driver.press("backspace").type("dev").press("enter").effects(
      .mutate(.dispatch(F.request([]))))
  }

  @Test("Everything of the question can be reached at 40x10")
  func small() {
    let request = F.request(Self.answers)
    let driver = question(columns: 40, rows: 10)
    driver.send(.previewed(.dispatch(request), F.planned(request)))
    driver.expectScreen("shop to dev", "version = it's 1.4")
    for _ in 0..<8 { driver.press("pgdn") }
    driver.expectScreen("t=30", "y to dispatch it", "▴").expectNotOnScreen("▾")
  }

  // MARK: - Refusals

  private func refused(_ message: String) -> Driver {
    let driver = question().press("y").effects(.mutate(.dispatch(F.request(Self.answers))))
    return driver.send(
      .mutated(
        .dispatch(F.request(Self.answers)),
        .refused(message: "dispatching was refused (422): \(message)", remedy: "Correct it.")))
  }

  @Test(
    "A refusal stands at the field that it concerns, with everything that was typed",
    arguments: [
      ("Required input 'version' not provided", 2, "it is required"),
      (
        "Provided value 'small' for input 'size' not in the list of allowed values", 3,
        "GitHub does not list it"
      ),
      ("No ref found for: shop-dev-20261112-03", 1, "there is no such branch or tag"),
      ("Unexpected inputs provided: [\"timeout\"]", 5, "no such input at this ref"),
      ("Workflow does not have 'workflow_dispatch' trigger", 1, "cannot be dispatched at this ref"),
    ])
  func refusals(_ message: String, _ field: Int, _ words: String) {
    let driver = refused(message)
    driver.expectScreen(
      "field \(field) of 5", words, "Nothing was done.", "was refused (422)", "it's 1.4")
    driver.expect { $0.underway == nil && ($0.focus == .text || $0.focus == .choice) }
  }

  @Test("A refusal about an input that the form lacks reads the form anew")
  func unknownInput() {
    let driver = refused("Required input 'zone' not provided")
    driver.expectScreen("field 1 of 5", "zone: it is required", "Enter reads anew")
    driver.press("enter").effects(.loadDispatchForm(F.target, ref: F.ref))
    var inputs = F.form().inputs
    inputs.append(DispatchInput(name: "zone", isRequired: true))
    driver.send(.dispatchFormLoaded(F.target, ref: F.ref, .form(F.form(inputs))))
    driver.expectScreen("it's 1.4", "new at this ref", "field 2 of 6")
    driver.press("enter").effects()
  }

  @Test("What was corrected is asked again and sent once more, not twice")
  func corrected() {
    let driver = refused("Required input 'version' not provided").type("0").press("enter")
    driver.press("enter", "enter", "enter")
    let answers = [("version", "it's 1.40")] + Self.answers.dropFirst()
    driver.effects(.preview(.dispatch(F.request(answers))))
    driver.expectNotOnScreen("Nothing was done").press("y")
      .effects(.mutate(.dispatch(F.request(answers))))
    driver.press("y", "enter").effects()
  }

  @Test("A refusal that concerns no field is read before the form comes back")
  func elsewhere() {
    let driver = refused("Workflow is disabled")
    driver.expectScreen("Nothing was done.", "Workflow is disabled", "Correct it.")
    driver.press("enter").expectScreen("it's 1.4").expect { $0.focus == .text }
  }

  @Test("Where nobody knows what became of it, it is not offered again")
  func unknown() {
    let request = F.request(Self.answers)
    let driver = question().press("y").drain()
    driver.send(.mutated(.dispatch(request), .unknown(message: "Required input 'version'")))
      .effects(.refreshNow)
    driver.expectScreen("Nobody knows whether it was done.").press("enter").effects()
    driver.expect { $0.screens.isEmpty }
  }
}
