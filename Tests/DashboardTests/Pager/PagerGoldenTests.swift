import Canvas
import Deploys
import LogText
import Testing

@testable import Dashboard

@Suite("The pager on file")
struct PagerGoldenTests {
  typealias My = PagerFixture

  private func driver(_ size: (Int, Int), _ start: PagerRequest.Start = .top) -> PagerDriver {
    let driver = PagerDriver(columns: size.0, rows: size.1)
    driver.open(.jobLog(of: My.job, in: My.run, title: My.title, start: start))
    return driver.effects(.openLog(My.source)).news(My.source, .opened(My.file(My.jobLog)), .ended)
  }

  private func check(_ driver: PagerDriver, _ name: String, _ size: (Int, Int)) {
    expectGolden(driver.frame, "pager-\(name)-\(size.0)x\(size.1)")
  }

  @Test("A job's log from its top", arguments: GoldenFrameTests.sizes)
  func top(_ size: (Int, Int)) { check(driver(size), "top", size) }

  @Test("A failed step at its first error, with a search", arguments: GoldenFrameTests.sizes)
  func error(_ size: (Int, Int)) {
    let driver = driver(size, .errorInStep(3))
    check(driver, "error", size)
    driver.press("/").type("exit code").press("enter")
    check(driver, "search", size)
  }

  @Test("Folded, broken, filtered, with times")
  func views() {
    let size = (80, 24)
    check(driver(size).press("Z", "t"), "folded", size)
    check(driver(size).press("w", "T", "T", "G"), "wrapped", size)
    check(driver(size).press("&").type("결제").press("enter"), "filtered", size)
    check(driver(size).press("G").press("right"), "sideways", size)
  }

  @Test("Lines that are typed", arguments: [(40, 10), (80, 24)])
  func prompts(_ size: (Int, Int)) {
    check(driver(size).press("/", "ctrl-t").type("빌드 ("), "prompt-wrong", size)
    check(driver(size).press("s"), "prompt-save", size)
  }

  @Test("While a job runs", arguments: GoldenFrameTests.sizes)
  func running(_ size: (Int, Int)) {
    let driver = PagerDriver(My.snapshot(My.running(done: 2)), columns: size.0, rows: size.1)
    driver.open(.jobLog(of: My.running(done: 2), in: My.run, title: My.title))
    driver.effects(.openLog(My.runner))
    driver.news(My.runner, .opened(My.file(My.runnerLog(1...90))))
    check(driver, "running", size)
    driver.press("L")
    check(driver, "steps", size)
    driver.press("L").send(.snapshot(My.snapshot(My.job)))
    check(driver, "ended", size)
  }

  @Test("On its way, and not to be had", arguments: [(40, 10), (80, 24)])
  func absent(_ size: (Int, Int)) {
    let driver = PagerDriver(columns: size.0, rows: size.1)
    driver.open(.jobLog(of: My.job, in: My.run, title: My.title)).effects(.openLog(My.source))
    driver.news(My.source, .fetching(Transfer(received: 5_000_000, total: 12_582_912)))
    check(driver, "fetching", size)
    driver.news(
      My.source,
      .failed(
        ReadFailure(
          .gone, message: "GitHub keeps no log of this job any more (410).",
          remedy: "Logs are kept for 90 days unless the repository says otherwise.")))
    check(driver, "gone", size)
  }

  @Test("Help", arguments: [(40, 10), (80, 24), (120, 40)])
  func help(_ size: (Int, Int)) { check(driver(size).press("?"), "help", size) }

  @Test("Without Unicode signs")
  func ascii() {
    let size = (80, 24)
    let driver = PagerDriver(columns: size.0, rows: size.1, glyphs: .ascii)
    driver.open(.jobLog(of: My.job, in: My.run, title: My.title)).effects(.openLog(My.source))
    driver.news(My.source, .opened(My.file(My.jobLog)), .ended)
    check(driver.press("z", "j", "j", "z"), "ascii", size)
  }
}
