import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Frames on file")
struct GoldenFrameTests {
  static let sizes = [(40, 10), (80, 24), (120, 40), (200, 60)]

  @Test("The board at every size", arguments: sizes)
  func board(_ size: (Int, Int)) {
    let driver = Driver(columns: size.0, rows: size.1)
    expectGolden(driver.frame, "board-\(size.0)x\(size.1)")
  }

  @Test("The board without Unicode signs")
  func ascii() {
    let driver = Driver(columns: 80, rows: 24, glyphs: .ascii)
    expectGolden(driver.frame, "board-ascii-80x24")
  }

  @Test("Jobs opened in place", arguments: sizes)
  func jobs(_ size: (Int, Int)) {
    let driver = Driver(columns: size.0, rows: size.1)
    driver.press("1", "down", "down", "e", "down")
    expectGolden(driver.frame, "jobs-\(size.0)x\(size.1)")
  }

  @Test("A heading with a failing source")
  func heading() {
    let driver = Driver(columns: 80, rows: 24)
    driver.press("2", "up")
    expectGolden(driver.frame, "heading-80x24")
  }

  @Test("A filter while it is typed, and kept")
  func filter() {
    let driver = Driver(columns: 80, rows: 24)
    driver.press("/").type("결제 prd")
    expectGolden(driver.frame, "filter-typing-80x24")
    driver.press("enter")
    expectGolden(driver.frame, "filter-kept-80x24")
  }

  @Test("Help", arguments: [(40, 10), (80, 24), (120, 40), (200, 60)])
  func help(_ size: (Int, Int)) {
    let driver = Driver(columns: size.0, rows: size.1)
    driver.press("?")
    expectGolden(driver.frame, "help-\(size.0)x\(size.1)")
  }

  @Test("A dispatch, step by step", arguments: [(40, 10), (80, 24)])
  func dispatch(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let driver = Driver(columns: size.0, rows: size.1)
    driver.press("d").effects(.loadDispatchForm(Fixture.target(302), ref: Fixture.ref(302)))
    expectGolden(driver.frame, "dispatch-loading-\(name)")
    driver.send(
      .dispatchFormLoaded(
        Fixture.target(302), ref: Fixture.ref(302), .form(Fixture.form(302, "prd"))))
    expectGolden(driver.frame, "dispatch-ref-\(name)")
    driver.press("enter", "enter")
    expectGolden(driver.frame, "dispatch-required-\(name)")
    driver.type("1.4.2").press("enter", "down")
    expectGolden(driver.frame, "dispatch-choice-\(name)")
    driver.press("enter", "enter", "enter").drain()
    expectGolden(driver.frame, "dispatch-question-\(name)")
  }

  @Test("Before the first answer, and with nothing to show")
  func empty() {
    let environments = [Fixture.environment("dev"), Fixture.environment("prd", isProtected: true)]
    let loading = Driver(.empty(environments, at: Fixture.now), columns: 80, rows: 24)
    expectGolden(loading.frame, "loading-80x24")
    var snapshot = Snapshot.empty(environments, at: Fixture.now)
    snapshot.isComplete = true
    snapshot.lastAnswer = Fixture.ago(3)
    snapshot.sections[1].sources = [
      SourceHealth(
        source: .repository(Fixture.shop),
        failure: SourceHealth.Failure(
          message: "GitHub refused the token (401)",
          remedy: "Check GITHUB_TOKEN, or run gh auth login.", since: Fixture.ago(40)))
    ]
    let quiet = Driver(snapshot, columns: 80, rows: 24)
    expectGolden(quiet.frame, "empty-80x24")
  }

  @Test("Paused by GitHub, with an error in the footer")
  func paused() {
    var snapshot = Fixture.snapshot
    snapshot.pausedUntil = Fixture.ago(-600)
    snapshot.lastAnswer = Fixture.ago(95)
    let driver = Driver(snapshot, columns: 80, rows: 24)
    driver.send(.notice(Notice("the browser could not be opened: no xdg-open", .error)))
    expectGolden(driver.frame, "paused-80x24")
  }

  @Test("A terminal that is too small", arguments: [(39, 10), (40, 9), (12, 3), (1, 1)])
  func tooSmall(_ size: (Int, Int)) {
    let driver = Driver(columns: size.0, rows: size.1)
    expectGolden(driver.frame, "small-\(size.0)x\(size.1)")
    driver.press("q").effects(.quit)
  }
}

extension Fixture {
  /// The workflow of a deploy of the usual snapshot.
  static func target(_ id: Int64) -> WorkflowTarget {
    guard let deploy = snapshot.deploy(key(id)) else {
      return WorkflowTarget(
        repository: shop, workflowID: id, workflowName: "none", path: "", environment: "dev",
        service: "none")
    }
    return WorkflowTarget(deploy)
  }

  /// The ref of a deploy of the usual snapshot.
  static func ref(_ id: Int64) -> String? { snapshot.deploy(key(id))?.run.ref }

  /// A form that asks for one thing of every type.
  static func form(
    _ id: Int64, _ environment: String, isProtected: Bool = false
  ) -> DispatchForm {
    DispatchForm(
      target: target(id), isProtected: isProtected,
      ref: "결제-api-\(environment)-20261112-06",
      inputs: [
        DispatchInput(
          name: "version", description: "The version to deploy, as in package.json.",
          isRequired: true),
        DispatchInput(
          name: "size", description: "How large the build machine is.",
          kind: .choice(["small", "medium", "large"]), defaultValue: "small"),
        DispatchInput(name: "debug", kind: .boolean, defaultValue: "false"),
        DispatchInput(name: "timeout", description: "Minutes.", kind: .number, defaultValue: "30"),
      ])
  }
}
