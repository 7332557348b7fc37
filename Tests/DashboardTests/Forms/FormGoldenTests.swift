import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Forms on file")
struct FormGoldenTests {
  private typealias F = FormFixture
  static let sizes = [(40, 10), (80, 24)]

  private func driver(_ size: (Int, Int), _ form: DispatchForm = F.form()) -> Driver {
    F.driver(form, columns: size.0, rows: size.1)
  }

  @Test("A form with last time's answers and what has changed since", arguments: sizes)
  func lastTime(_ size: (Int, Int)) {
    let last = F.last([("version", "1.3"), ("size", "large"), ("zone", "b"), ("timeout", "soon")])
    let driver = driver(size, F.form(last: last))
    expectGolden(driver.frame, "form-last-ref-\(size.0)x\(size.1)")
    driver.press("enter", "enter")
    expectGolden(driver.frame, "form-last-choice-\(size.0)x\(size.1)")
  }

  @Test("A form at another ref", arguments: sizes)
  func anotherRef(_ size: (Int, Int)) {
    let driver = driver(size).press("enter").type("1.4").press("shift-tab", "ctrl-u")
    driver.type("main").press("enter").drain()
    expectGolden(driver.frame, "form-reading-\(size.0)x\(size.1)")
    let inputs = [
      DispatchInput(name: "version", description: "What to deploy.", isRequired: true),
      DispatchInput(name: "배포-대상", description: "어디에 배포할지 고릅니다.", kind: .choice(["서울", "도쿄"])),
    ]
    driver.send(.dispatchFormLoaded(F.target, ref: "main", .form(F.form(at: "main", inputs))))
    expectGolden(driver.frame, "form-reread-\(size.0)x\(size.1)")
  }

  @Test("The question with everything that is sent", arguments: sizes + [(200, 60)])
  func question(_ size: (Int, Int)) {
    let driver = driver(size).press("enter").type("결제 1.4").press("enter", "enter", "enter")
    driver.press("enter").drain()
    let request = F.request(
      [("version", "결제 1.4"), ("size", "small"), ("debug", "false"), ("timeout", "30")])
    driver.send(.previewed(.dispatch(request), F.planned(request)))
    expectGolden(driver.frame, "form-question-\(size.0)x\(size.1)")
    driver.press("pgdn", "pgdn")
    expectGolden(driver.frame, "form-question-end-\(size.0)x\(size.1)")
  }

  @Test("A refusal at its field", arguments: sizes)
  func refusal(_ size: (Int, Int)) {
    let driver = driver(size).press("enter").type("1").press("enter", "enter", "enter", "enter")
    driver.drain().press("y").drain()
    let request = F.request(
      [("version", "1"), ("size", "small"), ("debug", "false"), ("timeout", "30")])
    driver.send(
      .mutated(
        .dispatch(request),
        .refused(
          message: "dispatching action-shop-dev-deploy was refused (422): Provided value 'small' "
            + "for input 'size' not in the list of allowed values",
          remedy: "Correct it.")))
    expectGolden(driver.frame, "form-refused-\(size.0)x\(size.1)")
  }

  @Test("The branches and tags", arguments: sizes + [(200, 60)])
  func refs(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let driver = driver(size).press("ctrl-t").drain()
    expectGolden(driver.frame, "refs-reading-\(name)")
    let branches = ["main", "feature/결제-수정", "feature/a-branch-name-that-goes-on-and-on-and-on"]
    driver.send(.refsLoaded(Fixture.shop, .branch, page: 1, F.page(.branch, branches)))
    let tags =
      (1...9).map { "shop-dev-2026112\($0 % 3)-0\($0)" } + [
        "shop-dev-20261112-03", "v1.9", "v1.10",
      ]
    driver.send(.refsLoaded(Fixture.shop, .tag, page: 1, F.page(.tag, tags, next: 2)))
    driver.press("down")
    expectGolden(driver.frame, "refs-\(name)")
    for character in "feat" { driver.press(Key(character)).drain() }
    expectGolden(driver.frame, "refs-narrowed-\(name)")
    driver.send(
      .refsLoaded(
        Fixture.shop, .tag, page: 2,
        .failed(
          ReadFailure(
            message: "the tags of acme/shop: GitHub failed (502)",
            remedy: "It is tried again by itself."))))
    expectGolden(driver.frame, "refs-failed-\(name)")
  }

  @Test("The workflows", arguments: sizes + [(200, 60)])
  func workflows(_ size: (Int, Int)) {
    var snapshot = Fixture.snapshot
    snapshot.sections[2].environment.readOnlyReason = "read_only is set for prd"
    let driver = Driver(snapshot, columns: size.0, rows: size.1).press("w").drain()
    driver.send(.workflowsLoaded(F.listing)).press("down", "down")
    expectGolden(driver.frame, "workflows-\(size.0)x\(size.1)")
    driver.type("prd")
    expectGolden(driver.frame, "workflows-narrowed-\(size.0)x\(size.1)")
  }
}
