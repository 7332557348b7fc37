import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Frames on file: versions and tags")
struct VersionsGoldenTests {
  static let sizes = [(40, 10), (80, 24), (120, 40), (200, 60)]

  private func driver(_ size: (Int, Int), glyphs: GlyphSet = .unicode) -> Driver {
    Driver(columns: size.0, rows: size.1, glyphs: glyphs)
  }

  @Test("What is live where", arguments: sizes)
  func versions(_ size: (Int, Int)) {
    let driver = driver(size).openVersions(nil)
    expectGolden(driver.frame, "versions-loading-\(size.0)x\(size.1)")
    driver.send(.versionsLoaded(Fixture.versions)).go(to: "shop", "stg")
    expectGolden(driver.frame, "versions-\(size.0)x\(size.1)")
    driver.go(to: "web", "prd")
    expectGolden(driver.frame, "versions-failure-\(size.0)x\(size.1)")
  }

  @Test("The same without Unicode signs")
  func ascii() {
    let driver = driver((80, 24), glyphs: .ascii).openVersions().go(to: "결제-api", "prd")
    expectGolden(driver.frame, "versions-ascii-80x24")
  }

  @Test("A promotion, from the plan to the question", arguments: sizes)
  func promotion(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let driver = driver(size).openVersions().go(to: "shop", "stg").press("p").drain()
    expectGolden(driver.frame, "tag-reading-\(name)")
    driver.answerPlan()
    expectGolden(driver.frame, "tag-plan-\(name)")
    driver.press("enter").drain()
    if let request = driver.tag?.request {
      driver.send(
        .previewed(
          .tag(request),
          [
            PlannedRequest(
              method: "POST", url: "https://api.github.com/repos/acme/shop/git/refs",
              body: #"{"ref":"refs/tags/\#(request.tag)","sha":"\#(request.commit)"}"#)
          ]))
    }
    expectGolden(driver.frame, "tag-question-\(name)")
  }

  @Test("A roll-back, a wrong name, and a tag that is taken", arguments: sizes)
  func trouble(_ size: (Int, Int)) {
    let name = "\(size.0)x\(size.1)"
    let driver = driver(size).openTag(Fixture.query("dev")).answerPlan {
      $0.request.tag = "shop-dev-20261112-02"
      $0.taken = ["shop-dev-20261112-01"]
      $0.changes = .loaded(CommitRange(ahead: [], aheadCount: 0, behindCount: 3))
      $0.warnings = [
        "it goes back: 3 commits of shop-dev-20261111-02 (0123456), live in dev, would be taken out"
      ]
    }
    expectGolden(driver.frame, "tag-back-\(name)")
    driver.press("e", "backspace", "backspace", "enter")
    expectGolden(driver.frame, "tag-wrong-name-\(name)")
    driver.press("0", "2", "enter").drain().press("y").drain()
    if let request = driver.tag?.request {
      driver.send(
        .mutated(
          .tag(request),
          .refused(
            message: "shop-dev-20261112-02 is there already, on 9999999, another commit",
            remedy: "The next free tag is shop-dev-20261112-03."))
      ).drain()
    }
    driver.answerPlan { $0.request.tag = "shop-dev-20261112-03" }
    expectGolden(driver.frame, "tag-taken-\(name)")
  }
}
