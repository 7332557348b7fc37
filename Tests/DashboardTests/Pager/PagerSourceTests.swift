import Canvas
import Deploys
import Foundation
import LogText
import Testing

@testable import Dashboard

@Suite("How a text comes to the pager")
struct PagerSourceTests {
  typealias My = PagerFixture

  private func request(_ job: DeployJob = My.job, _ start: PagerRequest.Start = .top)
    -> PagerRequest
  {
    .jobLog(of: job, in: My.run, title: My.title, start: start)
  }

  @Test("It is asked for, its coming is shown, and leaving lets go of it")
  func fetching() {
    let driver = PagerDriver().open(request()).effects(.openLog(My.source))
    driver.expectScreen("결제-api #23.2 › build", "Fetching the job's log")
    driver.news(My.source, .fetching(Transfer(received: 3_145_728, total: 12_582_912)))
    driver.expectScreen("3 MiB of 12 MiB, 25%", "∙∙∙∙")
    let bar = (0..<50).filter { driver.frame[column: $0 + 3, row: 3].style.isReversed }
    #expect(bar == Array(0..<12))
    driver.news(My.source, .fetching(Transfer(received: 3_145_728))).expectScreen(
      "job's log, 3 MiB")
    driver.press("/").expectNotice("the text is on its way", .warning)
    driver.press("R").expectNotice("it is on its way", .warning)
    driver.press("q").effects(.closeLog(My.source))
    #expect(driver.pager == nil)
  }

  @Test("Escape leaves too, and what is left on the screen below is that screen")
  func leaving() {
    let driver = PagerDriver().press("?")
    let below = driver.model.screens.count
    driver.open(request()).effects(.openLog(My.source)).press("escape").effects(
      .closeLog(My.source))
    #expect(driver.model.screens.count == below)
  }

  @Test("The text is shown as soon as its first bytes are there")
  func opened() {
    let driver = PagerDriver().open(request()).effects(.openLog(My.source))
    driver.news(My.source, .opened(My.file(My.jobLog)))
    driver.expectScreen("Current runner version", "job log", "▾ Runner Image")
    driver.news(My.source, .ended).expectScreen("line 1 of ")
  }

  @Test("An empty text and one that nobody has written to yet are told apart")
  func empty() {
    let driver = PagerDriver().open(request()).effects(.openLog(My.source))
    driver.news(My.source, .opened(My.file(""))).expectScreen("Nothing has been written yet.")
    driver.news(My.source, .ended).expectScreen("The text is empty.")
    let other = PagerDriver().open(request()).effects(.openLog(My.source))
    other.news(My.source, .ended).expectScreen("The text is empty.").press("/")
      .expectNotice("the text is empty")
  }

  @Test("A failure says what and what to do, and R tries again", arguments: [(40, 10), (80, 24)])
  func failure(size: (Int, Int)) {
    let driver = PagerDriver(columns: size.0, rows: size.1).open(request())
      .effects(.openLog(My.source))
    driver.news(
      My.source,
      .failed(
        ReadFailure(
          .gone, message: "GitHub keeps no log of this job any more (410).",
          remedy: "Logs are kept for 90 days unless the repository says otherwise.")))
    driver.expectScreen("✗ GitHub keeps no log", "L shows the runner's own log.", "R tries again.")
    driver.press("/").expectNotice("there is no text: R tries again")
    driver.press("R").effects(.closeLog(My.source), .openLog(My.source))
    driver.expectScreen("Fetching the job's log")
    driver.news(My.source, .opened(My.file(My.jobLog)), .ended)
    driver.expectScreen("Current runner version").expectNotOnScreen("GitHub keeps")
  }

  @Test("A failure after some of the text keeps the text and says so at the top")
  func cutOff() {
    let driver = PagerDriver().open(request()).effects(.openLog(My.source))
    driver.news(
      My.source, .opened(My.file(My.jobLog)),
      .failed(ReadFailure(message: "the connection was lost", remedy: "R tries again.")))
    driver.expectScreen("cut off: the connection was lost", "Current runner version")
    driver.press("j").press("R").effects(.closeLog(My.source), .openLog(My.source))
    driver.expectScreen("Current runner version")
    // The text that is read anew takes the place of the old one, at the same line.
    let line = driver.cursorLine
    driver.news(My.source, .opened(My.file(My.jobLog)), .ended).expectNotOnScreen("cut off")
    #expect(driver.cursorLine == line)
  }

  /// GitHub does not have the log of a job that is over.
  private let late = LogNews.failed(
    ReadFailure(
      .notYet, message: "GitHub has not put the job's log together yet",
      remedy: "That takes some moments after the end."))

  @Test("A log that does not exist yet is waited for, and opens when it comes")
  func notYet() {
    var job = My.job
    job.build = nil
    let driver = PagerDriver().open(request(job, .firstError)).effects(.openLog(My.source))
    driver.news(My.source, late)
    driver.expectScreen(
      "GitHub has not put the job's log together yet", "some moments", "opens by itself",
      "✗ 3/6   Run build-deploy.sh", "✓ 6/6   Complete job")
    driver.expectNotOnScreen("tries again").press("/").expectNotice("opens by itself", .warning)
    driver.news(My.source, .fetching(Transfer(received: 0))).expectScreen("Fetching the job's log")
    driver.news(My.source, .opened(My.file(My.jobLog)), .ended)
    #expect(driver.cursorText?.contains("결제 모듈 빌드 실패") == true)
  }

  @Test(
    "Until a job's log is there its runner's is shown, under its steps", arguments: [10, 24, 40])
  func lateLog(rows: Int) {
    let driver = PagerDriver(rows: rows).open(request(My.job, .firstError))
    driver.effects(.openLog(My.source)).news(My.source, late).effects(.openLog(My.runner))
    driver.expectScreen("GitHub has not put the job's log together yet.")
    driver.news(My.runner, .opened(My.file(My.runnerLog(1...100))), .ended)
    driver.expectScreen("GitHub has not put", "runner's log", "Running command 1:")
    if rows == 40 { driver.expectScreen("✗ 3/6   Run build-deploy.sh") }
    // The steps alone are one key away, and stay so.
    driver.press("L").expectScreen("6/6   Complete job", "L shows the runner's own log.")
    driver.news(My.source, late).expectScreen("6/6   Complete job").press("L")
    driver.expectScreen("GitHub has not put", "Running command 1:")
    // Who reads is left where he is.
    driver.news(My.source, .opened(My.file(My.jobLog)), .ended)
    driver.expectNotice("the job's log is there", .info)
    driver.expectScreen("✗ L shows the job's log: ended, failed", "Running command 1:")
    driver.press("L").expectNotOnScreen("Running command")
    #expect(driver.cursorText?.contains("결제 모듈 빌드 실패") == true)
    driver.press("L").expectScreen("Running command 1:").expectNotOnScreen("shows the job's log")
    driver.press("q").effects(.closeLog(My.source), .closeLog(My.runner))
  }

  @Test("A log that never came is told beside the runner's")
  func lateLogGone() {
    let driver = PagerDriver().open(request()).effects(.openLog(My.source))
    driver.news(My.source, late).effects(.openLog(My.runner))
    driver.news(My.runner, .opened(My.file(My.runnerLog(1...100))), .ended)
    driver.news(
      My.source, .failed(ReadFailure(.gone, message: "GitHub has no log", remedy: "Look there.")))
    driver.expectNotice("GitHub has no log. Look there.", .warning)
    driver.expectNotOnScreen("GitHub has not put").press("L").expectScreen("✗ GitHub has no log")
  }

  @Test("A runner's log is live only while its build goes on, and a doubtful link is marked")
  func runnerTitle() throws {
    var job = My.job
    let link = BuildLink(build: try #require(job.build).key, tier: .ambiguous, evidence: [])
    job.correlation = Correlation(requested: link)
    let request = try #require(PagerRequest.runnerLog(of: job, in: My.run, title: My.title))
    let driver = PagerDriver().open(request).effects(.openLog(My.runner))
    driver.news(My.runner, .opened(My.file(My.runnerLog(1...100))))
    driver.expectScreen("runner's log?").expectNotOnScreen("live")
  }

  @Test("News of a text that nobody looks at changes nothing")
  func strangers() {
    let driver = PagerDriver()
    driver.news(My.source, .grew, .ended, .opened(My.file("a")))
    driver.open(request()).effects(.openLog(My.source)).news(
      My.runner, .opened(My.file("strange\n")))
    driver.expectNotOnScreen("strange")
  }

  // MARK: - A job that still runs

  @Test("While a job runs its steps are shown, and its runner's log, live")
  func running() {
    let driver = PagerDriver(My.snapshot(My.running())).open(request(My.running()))
    driver.effects(.openLog(My.runner))
    driver.expectScreen(
      "The job is running: GitHub gives its log when it is over.", "✓ 1/6   Set up job",
      "◉ 2/6   Check out the tag", "Fetching the runner's log")
    let file = My.file(My.runnerLog(1...40))
    driver.news(My.runner, .opened(file)).expectScreen("runner's log, live", "Running command 40")
    driver.expectScreen("follows")
    driver.send(.snapshot(My.snapshot(My.running(done: 2)))).expectScreen("◉ 3/6   Run build-d")
    file.append(Array(My.runnerLog(41...45).utf8))
    driver.news(My.runner, .grew).expectScreen("Running command 45")
    // The job is over: the pager says so and leaves the reader where he is.
    driver.send(.snapshot(My.snapshot(My.job)))
    driver.expectScreen("✗ L shows the job's log: ended, failed", "Running command 45")
    driver.press("L").effects(.openLog(My.source)).expectScreen("Fetching the job's log")
    driver.news(My.source, .opened(My.file(My.jobLog)), .ended).expectScreen("job log")
    driver.expectNotOnScreen("shows the job's log")
    driver.press("L").expectScreen("runner's log", "Running command 45").expectNotOnScreen("live")
    driver.press("q").effects(.closeLog(My.runner), .closeLog(My.source))
  }

  @Test("On a small screen one line is given to the step that runs")
  func runningSmall() {
    let driver = PagerDriver(columns: 40, rows: 10).open(request(My.running()))
    driver.effects(.openLog(My.runner)).expectNotice("no log of the job before it is over")
    driver.news(My.runner, .opened(My.file(My.runnerLog(1...40)))).press("k", "j")
    driver.expectScreen("◉ 2/6   Check out the tag", "command 40")
    #expect(driver.frame.lines.filter { $0.contains("command") }.count == 7)
  }

  @Test("The steps alone are one key away, and again when a runner's log is there")
  func stepsAlone() {
    let driver = PagerDriver().open(request(My.running())).effects(.openLog(My.runner))
    driver.news(My.runner, .opened(My.file(My.runnerLog(1...3))))
    driver.press("L").expectScreen("6/6   Complete job", "L shows the runner's own log.")
    driver.press("R").effects(.refreshNow).expectNotice("asking GitHub")
    driver.press("L").expectScreen("Running command 3")
    // Who looks at the steps gets the log as soon as there is one.
    driver.press("L").send(.snapshot(My.snapshot(My.job))).effects(.openLog(My.source))
    driver.expectScreen("Fetching the job's log")
  }

  @Test("Without a build the steps are shown until there is one or the log has come")
  func noBuild() {
    let job = My.running(.queued, done: 0, hasBuild: false)
    let driver = PagerDriver().open(request(job)).expectScreen("The job waits for a runner")
    driver.press("L").expectNotice("no build is known", .warning)
    driver.press("]").expectNotice("there is no log yet", .warning)
    driver.send(.snapshot(My.snapshot(My.running()))).effects(.openLog(My.runner))
    driver.expectScreen("Fetching the runner's log")
    let other = PagerDriver().open(request(job))
    other.send(.snapshot(My.snapshot(My.job))).effects(.openLog(My.source))
  }

  @Test("A runner's log that was asked for is shown alone, with the job's one key away")
  func runnerLog() throws {
    let request = try #require(PagerRequest.runnerLog(of: My.job, in: My.run, title: My.title))
    let driver = PagerDriver().open(request).effects(.openLog(My.runner))
    driver.news(My.runner, .opened(My.file(My.runnerLog(1...100))), .ended)
    driver.expectScreen("Running command 1:").expectNotOnScreen("follows", "The job")
    driver.press("L").effects(.openLog(My.source))
    driver.press("escape").effects(.closeLog(My.runner), .closeLog(My.source))
    #expect(PagerRequest.runnerLog(of: My.running(hasBuild: false), in: My.run, title: []) == nil)
  }

  @Test("Other texts: all jobs of an attempt, a build, a file")
  func others() {
    let container = FileContainer.failureFiles(
      My.build(.failed).key, S3Location(bucket: "b", key: "k/"))
    let requests: [(PagerRequest, LogSource, String)] = [
      (.attempt(2, of: My.run, title: ["a"]), .attempt(My.run, attempt: 2), "all jobs"),
      (.build(My.build(.failed).key, title: ["a"]), My.runner, "runner's log"),
      (
        .file("reports/결과.txt", in: container, title: ["a"]),
        .file(container, path: "reports/결과.txt"), "a › reports/결과.txt"
      ),
    ]
    for (request, source, words) in requests {
      let driver = PagerDriver().open(request).effects(.openLog(source))
      driver.news(source, .opened(My.file("one\ntwo\n")), .ended)
      driver.expectScreen(words, "one", "two")
      driver.press("L").expectNotice("no other log", .warning)
      driver.press("]").expectNotice("steps", .warning)
      driver.press("o").expectNotice("no page", .warning)
      driver.press("q").effects(.closeLog(source))
    }
  }
}
