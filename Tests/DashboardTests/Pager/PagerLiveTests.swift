import Canvas
import Deploys
import Foundation
import LogText
import Testing

@testable import Dashboard

@Suite("A text that grows")
struct PagerLiveTests {
  typealias My = PagerFixture

  /// A runner's log of forty lines, of a build that goes on.
  private func live() throws -> (PagerDriver, LogFile) {
    let request = try #require(
      PagerRequest.runnerLog(of: My.running(), in: My.run, title: My.title))
    let driver = PagerDriver().open(request).effects(.openLog(My.runner))
    let file = My.file(My.runnerLog(1...40))
    driver.news(My.runner, .opened(file))
    return (driver, file)
  }

  private func grow(_ driver: PagerDriver, _ file: LogFile, _ lines: ClosedRange<Int>) {
    file.append(Array(My.runnerLog(lines).utf8))
    driver.news(My.runner, .grew)
  }

  @Test("The end is followed until one scrolls away, and again from F on")
  func following() throws {
    let (driver, file) = try live()
    driver.expectScreen("Running command 40", "follows", "live")
    grow(driver, file, 41...60)
    driver.expectScreen("Running command 60").press("pgup").expectNotOnScreen("follows")
    let top = driver.pager?.log?.rows.first?.line
    grow(driver, file, 61...80)
    #expect(driver.pager?.log?.rows.first?.line == top)
    driver.expectNotOnScreen("Running command 80").press("F").expectScreen(
      "Running command 80", "follows")
    grow(driver, file, 81...90)
    driver.expectScreen("Running command 90").press("F").expectNotOnScreen("follows")
    grow(driver, file, 91...99)
    driver.expectNotOnScreen("Running command 99")
  }

  @Test("Who begins at the end goes with it")
  func fromTheEnd() {
    let driver = PagerDriver().open(
      .build(My.build(.inProgress).key, title: My.title, start: .end)
    ).effects(.openLog(My.runner))
    let file = My.file(My.runnerLog(1...40))
    driver.news(My.runner, .opened(file)).expectScreen("Running command 40", "follows")
    grow(driver, file, 41...60)
    driver.expectScreen("Running command 60").press("g")
    grow(driver, file, 61...62)
    driver.expectScreen("Running command 1:").expectNotOnScreen("follows")
  }

  @Test("When nothing more comes, that is no longer waited for")
  func ending() throws {
    let (driver, file) = try live()
    grow(driver, file, 41...42)
    driver.press("F").news(My.runner, .ended).expectNotOnScreen("live")
    driver.press("F").expectNotice("nothing more will come", .warning)
  }

  @Test("Counts go on as the text grows")
  func counts() throws {
    let (driver, file) = try live()
    driver.press("/").type("준비").press("enter").expectScreen("of 40")
    grow(driver, file, 41...50)
    driver.expectScreen("of 50").press("&").type("command 4").press("enter")
    driver.expectScreen("&command 4 11 lines")
  }

  @Test("A log in two pieces of a line is one line in the end")
  func pieces() throws {
    let (driver, file) = try live()
    file.append(Array("half a li".utf8))
    driver.news(My.runner, .grew).expectScreen("half a li")
    file.append(Array("ne\n".utf8))
    driver.news(My.runner, .grew).expectScreen("half a line")
  }

  @Test("Whatever the sizes, the text fills its room and nothing else")
  func resizeStorm() throws {
    let (driver, file) = try live()
    var random = SeededGenerator(seed: 7)
    for round in 0..<120 {
      let size = Size(
        columns: Int.random(in: 0...210, using: &random),
        rows: Int.random(in: 0...70, using: &random))
      driver.send(.resized(size))
      if round.isMultiple(of: 5) { grow(driver, file, (100 + round)...(102 + round)) }
      #expect(driver.frame.size == size)
      guard let pager = driver.pager, let log = pager.log else { continue }
      let room = PagerLayout(pager).text.size
      #expect(log.columns == room.columns && log.height == room.rows)
    }
    driver.send(.resized(Size(columns: 80, rows: 24))).expectScreen("follows", "command 217")
  }
}
