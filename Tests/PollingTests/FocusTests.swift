import Deploys
import Foundation
import Polling
import Testing

/// A state that looks at one attempt of a run.
struct FocusTests {
  private static let key = RunKey(repository: shop, id: 7)

  private static func driver(
    _ run: WorkflowRun, _ jobs: [Job], newest: Int = 1,
    reach: PollState.Focus.Reach = .everything
  ) throws -> PollDriver {
    var driver = try PollDriver()
    driver.state = PollState(
      lookingAt: PollState.Focus(run: run, jobs: jobs, newestAttempt: newest, reach: reach),
      in: driver.state.environments[0], seed: 1, at: driver.now)
    return driver
  }

  private static func failedRun(attempt: Int = 1) -> WorkflowRun {
    makeRun(
      7, status: .completed, conclusion: .failure, attempt: attempt, created: -600, updated: -300)
  }

  private static func failedJob() -> Job {
    var job = makeJob(
      70, run: 7, status: .completed, conclusion: .failure, created: -600, started: -540,
      completed: -300)
    job.runnerName = "runner aaaaaaaa-1"
    return job
  }

  /// A board on which other runs go on, with the build of the failed one.
  private static func script(_ run: WorkflowRun = failedRun()) -> Script {
    var script = Script()
    script.runs = [makeRun(9), run, makeRun(8, workflow: "action-shop-prd-deploy")]
    script.jobs[key] = [failedJob()]
    script.builds[devScope] = [
      makeBuild("aaaaaaaa-1", start: -595, status: .succeeded, phase: "COMPLETED", ended: -295)
    ]
    script.markers["runner:aaaaaaaa-1"] = .failed
    return script
  }

  @Test func nothingOfOtherRunsIsAskedButWhetherOneHasFollowed() throws {
    var driver = try Self.driver(Self.failedRun(), [Self.failedJob()])
    driver.settle(Self.script().answer)
    let build = BuildKey(scope: devScope, id: "runner:aaaaaaaa-1")
    let project = ProjectKey(scope: devScope, name: "runner")
    #expect(
      Set(driver.asked.map(\.task)) == [
        .runs(shop), .projects(devScope), .buildList(project), .builds(devScope), .marker(build),
      ])
    #expect(driver.asked.count == 5)
    let deploy = try #require(driver.state.snapshot(at: driver.now).deploy(Self.key))
    #expect(deploy.jobs[0].build?.key == build)
    #expect(deploy.jobs[0].marker == .failed)
    #expect(!deploy.needsPerson)
    #expect(deploy.findings[0].action.contains("newer run"))
  }

  @Test func aFinishedRunsJobsNeedNobody() throws {
    var driver = try Self.driver(Self.failedRun(), [Self.failedJob()], reach: .jobs)
    driver.settle(Self.script().answer)
    #expect(driver.asked.isEmpty)
    var some = try Self.driver(
      Self.failedRun(), [Self.failedJob()], reach: .builds(of: [70]))
    some.settle(Self.script().answer)
    #expect(!some.asked.isEmpty)
    #expect(some.asked.allSatisfy { !$0.task.isGitHub })
    var none = try Self.driver(Self.failedRun(), [Self.failedJob()], reach: .builds(of: []))
    none.settle(Self.script().answer)
    #expect(none.asked.isEmpty)
  }

  @Test func aThrottledAnswerIsWaitedFor() throws {
    var driver = try Self.driver(Self.failedRun(), [Self.failedJob()])
    var script = Self.script()
    script.failures[.projects(devScope)] = PollFailure(
      message: "throttled", remedy: "", isThrottled: true)
    for _ in 0..<8 {
      driver.turn(script.answer)
      driver.now += 0.25
    }
    #expect(!driver.state.isSettled(at: driver.now))
    driver.pass(120, script.answer)
    #expect(driver.state.isSettled(at: driver.now))
    script.failures = [:]
    driver.pass(120, script.answer)
    #expect(
      driver.state.snapshot(at: driver.now).deploy(Self.key)?.jobs[0].marker == .failed)
  }

  @Test func anEarlierAttemptStaysItselfAndHasItsMarker() throws {
    let newest = makeRun(7, attempt: 2, created: -600)
    var driver = try Self.driver(Self.failedRun(), [Self.failedJob()], newest: 2)
    driver.settle(Self.script(newest).answer)
    let joined = driver.state.joined(
      Self.failedRun(), jobs: [Self.failedJob()], at: driver.now)
    let deploy = try #require(joined)
    #expect(deploy.run.attempt == 1)
    #expect(deploy.jobs[0].marker == .failed)
    #expect(!deploy.needsPerson)
    #expect(deploy.findings[0].action.contains("Attempt 2"))
    #expect(driver.state.snapshot(at: driver.now).deploy(Self.key)?.run.attempt == 1)
  }

  @Test func aRunThatGoesOnIsFollowedToItsEnd() throws {
    var script = Self.script(makeRun(7))
    script.jobs[Self.key] = [makeJob(70, run: 7, status: .inProgress, started: -20)]
    var driver = try Self.driver(
      makeRun(7), try #require(script.jobs[Self.key]), reach: .jobs)
    driver.settle(script.answer)
    driver.pass(10, script.answer)
    #expect(Set(driver.asked.map(\.task)) == [.run(Self.key), .jobs(Self.key)])
    script = Self.script(
      makeRun(7, status: .completed, conclusion: .failure, updated: 10))
    driver.pass(10, script.answer)
    let deploy = try #require(driver.state.snapshot(at: driver.now).deploy(Self.key))
    #expect(deploy.state.isOver)
    let asked = driver.asked.count
    driver.pass(30, script.answer)
    #expect(driver.asked.count == asked)
  }
}
