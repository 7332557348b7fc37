import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Acting, as frames on file")
struct ActGoldenTests {
  static let sizes = [(40, 10), (80, 24), (120, 40)]
  private static let planned = PlannedRequest(
    method: "POST",
    url: "https://api.github.com/repos/acme/shop/actions/runs/302/rerun-failed-jobs",
    body: #"{"enable_debug_logging":true}"#)

  @Test("A retry, step by step", arguments: sizes)
  func retry(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let mutation = Fixture.retry(302, attempt: 2, isDebug: true, "prd")
    let driver = Driver(columns: size.0, rows: size.1).press("r", "D")
    expectGolden(driver.frame, "act-retry-choice-\(name)")
    driver.press("enter").effects(.preview(mutation)).type("pr")
    driver.send(.previewed(mutation, [Self.planned]))
    expectGolden(driver.frame, "act-retry-question-\(name)")
    driver.type("d").press("enter").effects(.mutate(mutation))
    expectGolden(driver.frame, "act-retry-sending-\(name)")
    driver.send(
      .mutated(
        mutation, .unknown(message: "The connection was lost after the request had been sent."))
    ).effects(.refreshNow)
    expectGolden(driver.frame, "act-retry-unknown-\(name)")
  }

  @Test("A choice of how to stop", arguments: sizes)
  func stop(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let cancel = Fixture.cancel(101)
    let driver = Driver(columns: size.0, rows: size.1).press("1", "x", "enter").drain()
    expectGolden(driver.frame, "act-stop-question-\(name)")
    driver.press("y").effects(.mutate(cancel))
    driver.send(.mutated(cancel, .done(message: "cancels", run: nil))).drain()
    driver.send(.tick(Fixture.after(31))).press("x")
    expectGolden(driver.frame, "act-stop-choice-\(name)")
  }

  @Test("A review", arguments: sizes)
  func review(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let driver = Driver(columns: size.0, rows: size.1).press("!", "P").drain()
    driver.send(
      .pendingLoaded(
        Fixture.key(301),
        .pending([
          Fixture.pending(7, "production", timer: .minutes(30), since: Fixture.ago(420)),
          Fixture.pending(8, "audit", mine: false, reviewers: ["jiyoon", "@security"]),
          Fixture.pending(9, "canary"),
        ])))
    expectGolden(driver.frame, "review-places-\(name)")
    driver.press("enter", "enter").type("좋아요, go")
    expectGolden(driver.frame, "review-comment-\(name)")
    driver.press("enter").drain()
    expectGolden(driver.frame, "review-question-\(name)")
  }

  @Test("A bulk action, from the marks to the results", arguments: sizes)
  func bulk(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let driver = Driver(columns: size.0, rows: size.1)
    driver.press("1", "F").effects(.follow(Fixture.key(101), true))
    driver.press("space", "space", "space", "down", "space", "3", "space")
    expectGolden(driver.frame, "bulk-marks-\(name)")
    driver.press("x")
    expectGolden(driver.frame, "bulk-choice-\(name)")
    driver.press("enter").drain()
    for id in [101, 102, 103, 301] as [Int64] {
      let repository = id == 103 ? Fixture.web : Fixture.shop
      let mutation = Fixture.cancel(id, in: repository, id == 301 ? "prd" : "dev")
      driver.send(
        .previewed(
          mutation,
          [PlannedRequest(method: "POST", url: "https://api.github.com/runs/\(id)/cancel")]))
    }
    expectGolden(driver.frame, "bulk-list-\(name)")
    driver.press("y").wait(1...2)
    expectGolden(driver.frame, "bulk-undo-\(name)")
    driver.press("enter").drain()
    driver.send(.bulk(1, .ended(0, .done(message: "GitHub cancels #128", run: nil))))
    driver.send(
      .bulk(
        1,
        .ended(1, .refused(message: "Attempt 2 of #17 exists.", remedy: "Look at it again."))))
    driver.send(.bulk(1, .sending(2)))
    expectGolden(driver.frame, "bulk-running-\(name)")
    driver.send(.bulk(1, .ended(2, .unknown(message: "The answer was lost."))))
    driver.send(.bulk(1, .finished)).drain()
    expectGolden(driver.frame, "bulk-ended-\(name)")
  }
}
