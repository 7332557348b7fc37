import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("A run's screen")
struct RunDetailTests {
  private let broken = Fixture.brokenStep
  private var item: DeployJob { broken.jobs[0] }

  private func driver(
    _ deploy: Deploy? = nil, columns: Int = 120, rows: Int = 40
  ) -> Driver {
    Driver(Fixture.snapshot(deploy ?? broken), columns: columns, rows: rows)
  }

  private func inspect(
    _ question: InspectionQuestion, attempt: Int = 2, run: Int64 = 302
  ) -> Effect {
    .inspect(Fixture.key(run), attempt: attempt, question)
  }

  // MARK: - Opening

  @Test("Enter opens the run, with the cursor on the failed step, and asks for what it needs")
  func opening() throws {
    let build = try #require(item.build?.key)
    let location = try #require(item.markerLocation)
    driver().press("enter").effects(
      inspect(.excerpts(item.job)), inspect(.marker(build, location)),
      inspect(
        .failureFiles(
          build, S3Location(bucket: "failures-deploy-prd", key: "deploy-prd:cccc-1/"))),
      inspect(.annotations(item.job)), inspect(.artifacts)
    )
    .expect { $0.focus == .detail && $0.detail?.table.selection == .step(9, 5) }
    .expectScreen(
      "failed at: 이미지 빌드", "COMMAND_EXECUTION_ERROR", "BUILD_FAILED=true",
      "s3://codebuild-deploy-prd/results/failure_build_deploy-prd:cccc-1.txt", "reading its log",
      "➜ Read the failing lines")
  }

  @Test("The failing lines are there at once, and enter opens the log at the step's first error")
  func failingLines() {
    let driver = driver().open(broken).answerAll()
      .expectScreen("300   #14 42.11 npm ERR!", "301 ✗ buildx failed", "5 of 312 lines")
    #expect(
      driver.detail?.opening
        == .text(
          .jobLog(
            of: item, in: Fixture.key(302), title: ["결제-api #23.2", "빌드와 배포"],
            start: .errorInStep(5))))
    driver.press("enter").expect { $0.focus == .pager }.drain()
  }

  @Test("Where only one pane is seen, the failing lines come first", arguments: [40, 120])
  func smallest(columns: Int) {
    let driver = driver(columns: columns, rows: 10).open(broken).answerAll()
      .expect { $0.detail?.pane == .why }.expectScreen("301 ✗ buildx failed")
    driver.press("enter").expect { $0.focus == .pager }.drain()
  }

  @Test("Enter on a job of the board puts the cursor on that job's failed step")
  func openingAJob() {
    driver(Fixture.groups).press("e", "down", "down", "enter").drain()
      .expect { $0.detail?.table.selection == .step(41, 7) }
    driver(Fixture.groups).press("e", "down", "enter").drain()
      .expect { $0.detail?.table.selection == .job(40) }
  }

  @Test("The cursor begins on what runs, else on what waits")
  func whatMatters() {
    driver(Fixture.inFlight).open(Fixture.inFlight)
      .expect { $0.detail?.table.selection == .step(12, 5) }
    driver(Fixture.unclaimed).open(Fixture.unclaimed)
      .expect { $0.detail?.table.selection == .job(6) }
  }

  @Test("A job whose runner never came says why, and enter says why there is no log")
  func noRunner() {
    driver(Fixture.unclaimed, columns: 80, rows: 24).open(Fixture.unclaimed)
      .expectScreen(
        "! no runner for 14m", "no build of project deploy was started for it",
        "➜ Check project deploy", "runner  unclaimed"
      )
      .press("enter")
      .expectNotice("no runner has come, no build of project deploy is known", .warning)
    driver(Fixture.unclaimed, columns: 40, rows: 10).open(Fixture.unclaimed)
      .expectScreen("no runner for 14m", "codebuild-deploy-201-1").press("enter")
      .expectNotice("no runner has come", .warning)
  }

  @Test("A job whose runner comes up opens that runner's log")
  func runnerComingUp() {
    let driver = driver(Fixture.provisioning).open(Fixture.provisioning)
    #expect(driver.detail?.folds.isOpen(.runner(2)) == true)
    guard case .text(let request) = driver.detail?.opening else {
      Issue.record("enter opens nothing")
      return
    }
    #expect(request.source == .build(Fixture.provisioning.jobs[0].build?.key ?? Fixture.noBuild))
  }

  @Test("A runner that failed before it took the job is told at the top, with its phase")
  func runnerFailed() {
    var deploy = Fixture.provisioning
    let build = Fixture.phasedBuild(
      "dev", "aaaa-2", .failed, [("SUBMITTED", 60), ("PROVISIONING", 58), ("INSTALL", 30)],
      ended: 25, failing: "INSTALL", messages: ["CLIENT_ERROR: docker login: timeout"])
    deploy.jobs[0].build = build
    deploy.jobs[0].phase = .gone(.failed, at: Fixture.ago(25))
    deploy.findings = Diagnosis.findings(in: deploy, isSuperseded: false, at: Fixture.now)
    driver(deploy, columns: 80, rows: 24).open(deploy)
      .expectScreen("its runner FAILED in INSTALL", "CLIENT_ERROR: docker login: timeout")
      .expect { $0.detail?.table.rows.contains { $0.isFailure && $0.name == "INSTALL" } == true }
      .press("e").expect { $0.detail?.table.selection == .phase(2, 2) }
  }

  @Test("A disagreement is told in one sentence at every size", arguments: [(80, 24), (120, 40)])
  func disagreement(_ size: (Int, Int)) {
    driver(Fixture.disagreeing, columns: size.0, rows: size.1).open(Fixture.disagreeing)
      .expectScreen("GitHub is right", "buildspec-override:true", "CodeBuild SUCCEEDED")
    driver(Fixture.doubtful, columns: size.0, rows: size.1).open(Fixture.doubtful)
      .expectScreen("GitHub says success, the marker says failure", "continue-on-error")
  }

  // MARK: - Logs that are not there

  @Test("A log that is not there yet says so and is asked for again, not too often")
  func notYet() {
    let failure = ReadFailure(.notYet, message: "GitHub has no log yet.", remedy: "Wait.")
    let driver = driver().open(broken).answerAll()
    driver.answer(.excerpts(item.job), .failed(failure))
      .expectScreen("301 ✗ buildx failed")  // What is known stays.
    let other = self.driver().open(broken).answer(.excerpts(item.job), .failed(failure))
      .expectScreen("GitHub has no log yet.", "asked again by itself")
    other.send(.snapshot(Fixture.snapshot(broken)))
    other.send(.tick(Fixture.now.addingTimeInterval(11)))
    other.send(.snapshot(Fixture.snapshot(broken))).effects(inspect(.excerpts(item.job)))
      .expectScreen("reading its log")
    other.answer(.excerpts(item.job), .failed(failure))
    other.send(.snapshot(Fixture.snapshot(broken)))
  }

  @Test("A log that is missing is told at the top, with the reason")
  func missingLog() {
    let gone = ReadFailure(.gone, message: "GitHub keeps it no longer.", remedy: "Nothing.")
    let driver = driver(columns: 80, rows: 24).open(broken)
      .answer(.excerpts(item.job), .failed(gone))
    driver.expectScreen("! its log cannot be read: GitHub keeps it no longer.")
    let later = ReadFailure(.notYet, message: "GitHub has none.", remedy: "Wait.")
    self.driver(columns: 80, rows: 24).open(broken).answer(.excerpts(item.job), .failed(later))
      .expectScreen("! its log is not there yet: GitHub has none.")
  }

  @Test("The jobs of an old run that nobody has read are read when it is opened")
  func unreadJobs() {
    var old = Fixture.brokenStep
    old.state = .completed(.success)
    old.run.conclusion = .success
    old.findings = []
    old.jobs = []
    old.hasJobs = false
    var answer = old
    answer.jobs = Fixture.succeeded.jobs
    answer.hasJobs = true
    let driver = driver(old).press("enter").effects(
      inspect(.attempt), inspect(.artifacts)
    ).expectScreen("reading its jobs")
    driver.answer(.attempt, .attempt(answer)).expectScreen("deploy", "3m58s")
      .expect { $0.detail?.table.selection == .job(5) }
    driver.send(.snapshot(Fixture.snapshot(old))).expectScreen("deploy")
    let other = self.driver(old).open(old)
      .answer(
        .attempt, .failed(ReadFailure(message: "GitHub is silent.", remedy: "Try R.")))
    other.expectScreen("GitHub is silent.", "➜ Try R.")
  }

  @Test("Runs without jobs say so, and why")
  func noJobs() {
    var deploy = Fixture.brokenStep
    deploy.jobs = []
    deploy.findings = [
      Finding(
        kind: .startupFailure, summary: "GitHub could not start the workflow",
        evidence: ["conclusion startup_failure"],
        action: "Open the run on GitHub (o): the workflow file is invalid at this ref.",
        needsPerson: true)
    ]
    driver(deploy).open(deploy).expectScreen(
      "GitHub could not start the workflow", "it had no jobs"
    )
    .press("enter").expectNotice("nothing to open", .warning)
    .press("o").effects(
      .openInBrowser("https://github.com/acme/shop/actions/runs/302"))
  }

  @Test("Lines of a step whose times are not known are said to be the whole log's")
  func untimedStep() throws {
    var deploy = broken
    deploy.jobs[0].job.steps[4].startedAt = nil
    let lines = StepExcerpt(
      step: 5, lines: [StepExcerpt.Line(number: 1, text: "##[error]broken", isError: true)],
      total: 9)
    let driver = driver(deploy).open(deploy)
      .answer(.excerpts(deploy.jobs[0].job), .excerpts([lines]))
    driver.expectScreen("The times of this step are not known", "broken")
  }

  @Test("What a workflow writes commands nothing")
  func hostile() {
    var deploy = broken
    deploy.service = "결제\u{1B}[2J"
    deploy.jobs[0].job.name = "b\u{1B}]0;owned\u{7}uild\u{202E}"
    deploy.jobs[0].job.steps[4].name = "st\u{9B}31mep\r\n"
    let lines = StepExcerpt(
      step: 5,
      lines: [
        StepExcerpt.Line(number: 1, text: "a\u{1B}[31mred\u{202E}", isError: false),
        StepExcerpt.Line(number: 2, text: "##[error]b\u{0}\u{1B}[2J", isError: true),
      ], total: 2)
    let driver = driver(deploy).open(deploy)
      .answer(.excerpts(deploy.jobs[0].job), .excerpts([lines]))
      .answer(
        .artifacts,
        .artifacts([
          Artifact(run: Fixture.key(302), id: 1, name: "x\u{1B}[H\u{202E}y", size: 1)
        ]))
    let unclean = driver.screen.unicodeScalars.first {
      $0 != "\n"
        && ($0.properties.generalCategory == .control || $0.properties.generalCategory == .format)
    }
    #expect(unclean == nil)
    driver.expectScreen("ared", "xy")
  }

  @Test("A step that failed in a job which still runs: its log is announced, not asked for")
  func stillRunning() {
    var deploy = broken
    deploy.run.status = .inProgress
    deploy.run.conclusion = nil
    deploy.state = .running
    deploy.findings = []
    deploy.jobs[0].job.status = .inProgress
    deploy.jobs[0].job.conclusion = nil
    driver(deploy).press("enter").effects(inspect(.artifacts))
      .expectScreen(
        "the job still runs", "! its log is not there yet",
        "GitHub gives a job's log when the job is over"
      )
      .press("enter").expect { $0.focus == .pager }.drain()
  }

  @Test("Annotations that may not be read are told once, and asked for no more")
  func deniedAnnotations() {
    var deploy = broken
    var second = item
    second.job.id = 19
    second.job.name = "second"
    deploy.jobs.append(second)
    let denial = ReadFailure(
      .denied, message: "The token may not read check runs.",
      remedy: "Give it Checks: read.")
    let driver = driver(deploy).open(deploy)
    driver.answer(.annotations(item.job), .failed(denial))
    driver.answer(.annotations(second.job), .failed(denial))
    let lines = driver.detail?.why.rows.map { $0.spans.map(\.text).joined() } ?? []
    #expect(lines.count { $0.contains("may not read check runs") } == 1)
    #expect(lines.contains { $0.contains("Give it Checks: read.") })
    // A third failed job is not asked about.
    var third = second
    third.job.id = 20
    deploy.jobs.append(third)
    driver.send(.snapshot(Fixture.snapshot(deploy))).effects(inspect(.excerpts(third.job)))
  }

  @Test("An annotation that repeats an error line of the log is not shown twice")
  func repeatedAnnotation() {
    let driver = driver().open(broken).answerAll()
    let lines = driver.detail?.why.rows.map { $0.spans.map(\.text).joined() } ?? []
    #expect(lines.count { $0.contains("Process completed with exit code 1.") } == 1)
    #expect(lines.contains { $0.contains("곧 없어짐: Node 20 is deprecated") })
  }

  // MARK: - Asking

  @Test("Each question is asked once; R asks anew and keeps what is known meanwhile")
  func refresh() {
    let driver = driver().open(broken).answerAll()
    driver.send(.snapshot(Fixture.snapshot(broken)))
    driver.press("j").press("k")
    driver.press("R")
    driver.expectScreen("301 ✗ buildx failed")
    guard let build = item.build?.key, let location = item.markerLocation else { return }
    driver.effects(
      .refreshNow, inspect(.excerpts(item.job)), inspect(.marker(build, location)),
      inspect(
        .failureFiles(
          build, S3Location(bucket: "failures-deploy-prd", key: "deploy-prd:cccc-1/"))),
      inspect(.annotations(item.job)), inspect(.artifacts))
    driver.press("R").effects(.refreshNow)
  }

  @Test("A job that fails while one looks is read, and opened, and the cursor stays")
  func newFailure() {
    var deploy = Fixture.inFlight
    let driver = driver(deploy).open(deploy).answer(.artifacts, .artifacts([]))
    driver.press("up").expect { $0.detail?.table.selection == .step(12, 4) }
    deploy.jobs[0].job.status = .completed
    deploy.jobs[0].job.conclusion = .failure
    deploy.jobs[0].job.completedAt = Fixture.now
    deploy.jobs[0].job.steps[4].status = .completed
    deploy.jobs[0].job.steps[4].conclusion = .failure
    deploy.run.status = .completed
    deploy.run.conclusion = .failure
    deploy.state = .completed(.failure)
    driver.send(.snapshot(Fixture.snapshot(deploy)))
    let job = deploy.jobs[0]
    driver.effects(
      inspect(.excerpts(job.job), attempt: 1, run: 306),
      .inspect(
        Fixture.key(306), attempt: 1,
        .failureFiles(
          job.build?.key ?? Fixture.noBuild,
          S3Location(bucket: "failures-deploy-dev", key: "deploy-dev:aaaa-9/"))),
      inspect(.annotations(job.job), attempt: 1, run: 306),
      inspect(.artifacts, attempt: 1, run: 306))
    driver.expect { $0.detail?.table.selection == .step(12, 4) }
  }

  @Test("Only some of many failed jobs are read by themselves; the cursor asks for the others")
  func manyFailures() {
    var deploy = broken
    deploy.jobs = (0..<40).map { index in
      var item = item
      item.job.id = Int64(100 + index)
      item.job.name = "leg (\(index))"
      item.build = nil
      item.markerLocation = nil
      return item
    }
    let driver = driver(deploy).press("enter")
    driver.drain()
    #expect(driver.detail?.answers.excerpts(job: 105) == .loading)
    #expect(driver.detail?.answers.excerpts(job: 106) == .unasked)
    driver.press("G").effects(
      inspect(.excerpts(deploy.jobs[39].job)), inspect(.annotations(deploy.jobs[39].job)))
  }

  // MARK: - Leaving and coming back

  @Test("Escape and q lead back to the board, with the cursor where it was")
  func leaving() {
    for key in ["escape", "q"] as [Key] {
      driver().open(broken).press(key).expect { $0.screens.isEmpty }
        .expectSelection(Fixture.row("prd", 302))
    }
  }

  @Test("A run that leaves the board stays on its screen as it was, and says so")
  func gone() {
    let driver = driver(Fixture.inFlight).open(Fixture.inFlight)
    var empty = Fixture.snapshot(Fixture.inFlight)
    empty.sections[0].deploys = []
    driver.send(.snapshot(empty)).expectScreen("no longer on the board", "이미지 빌드")
    let before = driver.frame.lines
    driver.send(.tick(Fixture.now.addingTimeInterval(500)))
    let changed = zip(before, driver.frame.lines).first { $0 != $1 }
    #expect(changed == nil, "nothing grows any more")
    driver.press("r").expectNotice("it left the board while it was running", .warning).press("up")
    driver.send(.snapshot(Fixture.snapshot(Fixture.inFlight)))
      .expectNotOnScreen("no longer on the board")
  }
}

extension Fixture {
  /// A key that names no build.
  static let noBuild = BuildKey(scope: AWSScope(), id: "")
}
