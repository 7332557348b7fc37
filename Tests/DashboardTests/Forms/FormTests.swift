import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("What a dispatch form asks for and keeps")
struct FormTests {
  private typealias F = FormFixture

  @Test("Every type is asked for as GitHub types it, and checked before anything is sent")
  func types() {
    let inputs = [
      DispatchInput(name: "on", kind: .boolean, defaultValue: "true"),
      DispatchInput(name: "where", kind: .environment(["dev", "production"])),
      DispatchInput(name: "free", isRequired: true, kind: .environment([])),
      DispatchInput(name: "none", kind: .choice([])),
      DispatchInput(name: "count", kind: .number),
    ]
    let driver = F.driver(F.form(inputs)).press("enter").expect { $0.focus == .choice }
    driver.press("tab").expect { $0.focus == .choice }.press("down", "enter")
    driver.expect { $0.focus == .text }.press("enter").expectScreen("it is required")
    driver.type("anything").press("enter").expectScreen("(no options)")
    driver.press("space", "enter").type("inf").press("enter").expectScreen("must be a number")
    driver.press("ctrl-u").type("7").press("enter").effects(
      .preview(
        .dispatch(
          F.request([("on", "true"), ("where", "dev"), ("free", "anything"), ("count", "7")]))))
  }

  @Test("A default that a line cannot show as it is goes out as it is")
  func rawDefault() {
    let form = F.form([DispatchInput(name: "notes", defaultValue: "one\ntwo\u{1B}[2J")])
    let driver = F.driver(form).press("enter", "enter")
    driver.effects(.preview(.dispatch(F.request([("notes", "one\ntwo\u{1B}[2J")]))))
  }

  @Test("An input that is called ref is not the ref")
  func inputCalledRef() {
    let driver = F.driver(F.form([DispatchInput(name: "ref", defaultValue: "x")]))
    driver.press("enter").type("y").press("enter")
    driver.effects(.preview(.dispatch(F.request([("ref", "xy")]))))
  }

  @Test(
    "25 inputs are scrolled through; the one with the keys is on the screen",
    arguments: [
      (40, 10), (80, 24),
    ])
  func many(_ size: (Int, Int)) {
    let inputs = (1...25).map {
      DispatchInput(
        name: "input-\($0)", description: "What number \($0) is about, in some more words.")
    }
    let driver = F.driver(F.form(inputs), columns: size.0, rows: size.1)
    for number in 1...25 {
      driver.press("enter").expectScreen("input-\(number)", "field \(number + 1) of 26")
      driver.expect { view($0).cursor != nil }
    }
    driver.press("shift-tab").expectScreen("input-24")
  }

  @Test("A ref that git would not take is not asked for")
  func badRef() {
    let driver = F.driver().press("ctrl-u").type("a..b").press("enter").effects()
    driver.expectScreen("no branch or tag can be called so")
    driver.press("ctrl-u").type("  main ").press("enter")
    driver.effects(.loadDispatchForm(F.target, ref: "main"))
  }

  // MARK: - Last time

  @Test("Last time's answers stand there, are marked, and give way to the default")
  func lastTime() {
    let last = F.last([("version", "1.3"), ("size", "large"), ("debug", "false")])
    let driver = F.driver(F.form(last: last))
    driver.expectScreen("1.3  as last time", "large  as last time", "Last time: main.")
    driver.expectNotOnScreen("false  as last time")
    driver.press("enter", "enter").expectScreen("ctrl-x puts the default there: small")
    driver.press("ctrl-x").expectScreen("(*) small").expectNotOnScreen("large  as last time")
    driver.press("ctrl-x").expectNotice("the default already", .warning)
    driver.press("down", "down", "enter", "enter", "enter")
    driver.effects(
      .preview(
        .dispatch(
          F.request(
            [("version", "1.3"), ("size", "large"), ("debug", "false"), ("timeout", "30")]))))
    driver.expectScreen("version = 1.3 (as last time)")
  }

  @Test("What does not fit or is not asked for any more is said, and not taken")
  func lastTimeChanged() {
    let last = F.last([("size", "huge"), ("zone", "b"), ("timeout", "soon")])
    let driver = F.driver(F.form(last: last))
    driver.expectScreen(
      "last time: huge, which does not fit any more", "no longer asked for: zone",
      "last time: soon, which does not fit any more", "timeout    30")
  }

  // MARK: - Another ref

  @Test("Another ref reads the inputs anew and keeps what was typed")
  func anotherRef() {
    let driver = F.driver().press("enter").type("1.4").press("enter", "down", "shift-tab")
    driver.press("shift-tab", "ctrl-u").type("main").press("enter")
    driver.effects(.loadDispatchForm(F.target, ref: "main"))
    driver.expectScreen("asks for at main").expect { $0.focus == .busy }
    driver.send(
      .dispatchFormLoaded(
        F.target, ref: "main",
        .form(
          F.form(
            at: "main",
            [
              DispatchInput(name: "version", isRequired: true),
              DispatchInput(name: "size", kind: .choice(["tiny"]), defaultValue: "tiny"),
              DispatchInput(name: "timeout", kind: .number, defaultValue: "60"),
              DispatchInput(name: "zone"),
            ]))))
    driver.expectScreen(
      "1.4", "medium is not offered at main", "another default at this ref: 60",
      "new at this ref", "no longer asked for: debug", "field 2 of 5")
    driver.press("enter", "enter", "enter", "enter").effects(
      .preview(
        .dispatch(
          F.request([("version", "1.4"), ("size", "tiny"), ("timeout", "60")], at: "main"))))
    // What was typed for an input comes back with the input.
    driver.press("n").press("shift-tab", "shift-tab", "shift-tab", "shift-tab", "ctrl-u")
    driver.type(F.ref).press("enter").effects(.loadDispatchForm(F.target, ref: F.ref))
    driver.send(.dispatchFormLoaded(F.target, ref: F.ref, .form(F.form())))
    driver.expectScreen("1.4", "medium")
  }

  @Test("A ref that cannot be read says so at the field, and the form stays")
  func unreadableRef() {
    let driver = F.driver().press("enter").type("1.4").press("shift-tab", "ctrl-u").type("gone")
    driver.press("enter").effects(.loadDispatchForm(F.target, ref: "gone"))
    driver.send(
      .dispatchFormLoaded(
        F.target, ref: "gone",
        .failed(message: "acme/shop has no branch and no tag gone", remedy: "Choose another.")))
    driver.expectScreen("no branch and no tag gone", "Choose another.", "1.4", "field 1 of 5")
    driver.expect { $0.focus == .text }
    driver.press("enter").effects(.loadDispatchForm(F.target, ref: "gone"))
    driver.press("escape").expect { $0.focus == .text }.expectScreen("1.4")
    // An answer that nobody waits for any more changes nothing.
    driver.send(.dispatchFormLoaded(F.target, ref: "gone", .form(F.form(at: "gone", []))))
    driver.expectScreen("1.4", "field 1 of 5")
  }

  @Test("The list of refs gives the form another ref; escape gives none")
  func pickedRef() {
    let driver = F.driver().press("ctrl-t").effects(
      .loadRefs(Fixture.shop, .branch, page: 1), .loadRefs(Fixture.shop, .tag, page: 1))
    driver.send(.refsLoaded(Fixture.shop, .branch, page: 1, F.page(.branch, ["main", "next"])))
    driver.send(.refsLoaded(Fixture.shop, .tag, page: 1, F.page(.tag, ["v1"])))
    driver.type("nxt").press("enter").effects(.loadDispatchForm(F.target, ref: "next"))
    driver.send(.dispatchFormLoaded(F.target, ref: "next", .form(F.form(at: "next"))))
    driver.press("ctrl-t").drain().press("escape").expect { $0.focus == .text }
    driver.expectScreen("next")
  }

  @Test("Where there is no form another ref may have one")
  func noForm() {
    let driver = Driver().act { $0.openDispatch(of: F.target, at: F.ref) }.drain()
    driver.send(
      .dispatchFormLoaded(
        F.target, ref: F.ref, .failed(message: "No trigger.", remedy: "Choose another ref.")))
    driver.expectScreen("ctrl-t", "chooses another branch or tag").press("ctrl-t").drain()
    driver.send(.refsLoaded(Fixture.shop, .branch, page: 1, F.page(.branch, ["main"])))
    driver.press("enter").effects(.loadDispatchForm(F.target, ref: "main"))
    driver.send(.dispatchFormLoaded(F.target, ref: "main", .form(F.form(at: "main"))))
    driver.expect { $0.focus == .text }
  }

  // MARK: - Read-only

  @Test("Where nothing may be sent no form opens, and the reason is said")
  func readOnly() {
    var snapshot = Fixture.snapshot
    snapshot.sections[0].environment.readOnlyReason = "read_only is set for dev"
    let driver = Driver(snapshot).press("1", "d").effects()
    driver.expectNotice("read-only: read_only is set for dev", .warning)
    driver.act { $0.openDispatch(of: F.target, at: nil) }.effects()
    driver.expectNotice("read-only", .warning).expect { $0.screens.isEmpty }
  }

  @Test("Read-only that comes while the question is open keeps it from being sent")
  func readOnlyMeanwhile() {
    let driver = F.driver(F.form([])).press("enter").drain()
    var snapshot = Fixture.snapshot
    snapshot.sections[0].environment.readOnlyReason = "it was switched on"
    driver.send(.snapshot(snapshot)).press("y").effects()
    driver.expectNotice("it was switched on", .warning)
  }
}
