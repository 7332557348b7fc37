import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Where a dispatch leads besides its own environment")
struct FormReachTests {
  private typealias F = FormFixture

  /// A form that asks for an environment.
  private func form(
    default value: String? = "dev", names: [String] = ["dev", "stg", "prd"],
    last: LastDispatch? = nil
  ) -> DispatchForm {
    F.form(
      [DispatchInput(name: "target", kind: .environment(names), defaultValue: value)], last: last)
  }

  private func readOnly(_ section: Int) -> Snapshot {
    var snapshot = Fixture.snapshot
    snapshot.sections[section].environment.readOnlyReason = "a freeze"
    return snapshot
  }

  @Test("A protected environment that an input names has to be typed, and is said loudly")
  func protected() {
    let driver = F.driver(form()).press("enter", "down", "down")
    driver.expectScreen("! target = prd, and this workflow deploys to dev").press("enter").drain()
    driver.expect { $0.focus == .name }
    driver.expectScreen(
      "! target = prd, and this workflow deploys to dev", "type prd", "(not the default: dev)")
    driver.press("enter").effects().expectNotice("type prd to go on", .warning)
    driver.type("dev").press("enter").effects()
    driver.press("ctrl-u").type("prd").press("enter").effects(
      .mutate(.dispatch(F.request([("target", "prd")], confirmed: ["prd"]))))
  }

  @Test("A name in other letters, or left to the workflow's default, is found too")
  func otherLetters() {
    let driver = F.driver(form(default: "PRD", names: [])).press("enter", "ctrl-u", "enter").drain()
    driver.expect { $0.focus == .name }.expectScreen("target = prd, and this", "left empty")
  }

  @Test(
    "A choice and a text that name a protected environment are guarded as well",
    arguments: [DispatchInput.Kind.choice(["dev", "prd"]), .string])
  func otherKinds(_ kind: DispatchInput.Kind) {
    let inputs = [DispatchInput(name: "target", kind: kind, defaultValue: "prd")]
    let driver = F.driver(F.form(inputs)).press("enter")
    driver.expectScreen("! target = prd, and this workflow deploys to dev").press("enter").drain()
    driver.expect { $0.focus == .name }
    let frozen = F.driver(F.form(inputs)).send(.snapshot(readOnly(2))).press("enter", "enter")
    frozen.effects().expectScreen("prd is read-only: a freeze")
  }

  @Test("Another environment that is not protected is said, and y is enough")
  func unprotected() {
    let driver = F.driver(form()).press("enter", "down", "enter").drain()
    driver.expect { $0.focus == .confirm }
    driver.expectScreen("! target = stg, and this workflow deploys to dev")
    driver.press("n", "up").expectNotOnScreen("and this workflow").press("enter").drain()
    driver.expect { $0.focus == .confirm }.expectNotOnScreen("and this workflow").expectNotOnScreen(
      "not the default")
  }

  @Test("A read-only environment is refused at its field, with the reason")
  func refused() {
    let driver = F.driver(form()).send(.snapshot(readOnly(2)))
    driver.press("enter", "down", "down", "enter").effects()
    driver.expectScreen("prd is read-only: a freeze").expect { $0.focus == .choice }
    driver.press("up", "enter").drain().expect { $0.focus == .confirm }
  }

  @Test(
    "Read-only that comes while the question is open keeps it from being sent", arguments: 1...2)
  func refusedMeanwhile(_ section: Int) {
    let driver = F.driver(form()).press("enter").press("down")
    if section == 2 { driver.press("down") }
    driver.press("enter").drain().send(.snapshot(readOnly(section)))
    if section == 2 { driver.type("prd").press("enter") } else { driver.press("y") }
    driver.effects().expectNotice("is read-only: a freeze", .warning)
  }

  @Test("Last time's environment is not put there by itself")
  func neverAsLastTime() {
    let last = F.last([("target", "prd")])
    let driver = F.driver(form(last: last)).press("enter").expectScreen("(*) dev")
    driver.expectNotOnScreen("as last time").expectNotOnScreen("does not fit").press("enter")
      .drain()
    driver.expectScreen("target = dev").expect { $0.focus == .confirm }
  }

  @Test("The question marks every value that is not the workflow's default")
  func marked() {
    let inputs = [
      DispatchInput(name: "dry-run", kind: .boolean, defaultValue: "false"),
      DispatchInput(name: "size", kind: .choice(["s", "m"]), defaultValue: "s"),
      DispatchInput(name: "note", defaultValue: nil),
    ]
    let driver = F.driver(F.form(inputs, last: F.last([("dry-run", "true")])))
    driver.press("enter", "enter", "enter").type("x").press("enter").drain()
    driver.expectScreen("dry-run = true (as last time, not the default: false)", "size = s", "x")
    driver.expectNotOnScreen("default: s").expectNotOnScreen("x (")
  }

  @Test("A tag of another environment is said at the ref and in the question")
  func foreignTag() {
    let driver = F.driver(F.form([])).expectNotOnScreen("a tag of").press("ctrl-u")
    driver.type("shop-prd-20261112-01")
    driver.expectScreen("! a tag of shop in prd, and this deploys to dev").press("enter").drain()
    driver.send(
      .dispatchFormLoaded(
        F.target, ref: "shop-prd-20261112-01", .form(F.form(at: "shop-prd-20261112-01", []))))
    driver.press("enter").drain().expect { $0.focus == .confirm }
    driver.expectScreen("! shop-prd-20261112-01 is a tag of shop in prd")
  }

  @Test("A template that tells no environments apart warns of nothing")
  func commonTemplate() throws {
    let template = try #require(TagTemplate("v{number}"))
    var snapshot = Fixture.snapshot
    for index in snapshot.sections.indices { snapshot.sections[index].environment.tag = template }
    let driver = F.driver(F.form([])).send(.snapshot(snapshot)).press("ctrl-u").type("v12")
    driver.expectNotOnScreen("a tag of")
  }

  @Test("Where another ref cannot help none is offered")
  func disabled() {
    let driver = Driver().act { $0.openDispatch(of: F.target, at: F.ref) }.drain()
    driver.send(
      .dispatchFormLoaded(
        F.target, ref: F.ref,
        .failed(message: "It is disabled.", remedy: "Enable it.", isOfRef: false)))
    driver.expectScreen("It is disabled.").expectNotOnScreen("ctrl-t")
    driver.press("ctrl-t").effects().expect { $0.screens.count == 1 }
  }
}
