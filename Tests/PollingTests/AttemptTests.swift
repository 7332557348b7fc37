import Deploys
import Foundation
import Polling
import Testing

/// Attempts of a run, joined when somebody looks at them.
struct AttemptTests {
  private static let key = RunKey(repository: shop, id: 7)

  private static func failedRun(_ attempt: Int = 1) -> WorkflowRun {
    makeRun(
      7, status: .completed, conclusion: .failure, attempt: attempt, created: -600, updated: -300)
  }

  private static func failedJob(_ id: Int64 = 70) -> Job {
    var job = makeJob(
      id, run: 7, status: .completed, conclusion: .failure, created: -600, started: -540,
      completed: -300)
    job.runnerName = "runner \(id)"
    return job
  }

  private static func buildOfFirst(_ uuid: String = "aaaaaaaa-1") -> Build {
    makeBuild(uuid, start: -595, status: .succeeded, phase: "COMPLETED", ended: -295)
  }

  private static func join(
    _ run: WorkflowRun, jobs: [Job], in driver: inout PollDriver
  ) throws -> Deploy {
    let joined = driver.state.joined(run, jobs: jobs, at: driver.now)
    return try #require(joined)
  }

  @Test func theNewestAttemptIsJoinedAsOnTheBoard() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [Self.failedRun()]
    script.jobs[Self.key] = [Self.failedJob()]
    script.builds[devScope] = [Self.buildOfFirst()]
    script.markers["runner:aaaaaaaa-1"] = .failed
    driver.settle(script.answer)
    let shown = try #require(driver.state.snapshot(at: driver.now).deploy(Self.key))
    let joined = try Self.join(Self.failedRun(), jobs: [Self.failedJob()], in: &driver)
    #expect(joined == shown)
    #expect(joined.jobs[0].marker == .failed)
    #expect(joined.needsPerson)
    #expect(joined.findings[0].action.contains("retry"))
  }

  @Test func anOlderAttemptGetsItsOwnBuildAndNeedsNobody() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7, attempt: 2, created: -600)]
    var newJob = makeJob(71, run: 7, status: .inProgress, created: -60, started: -20)
    newJob.attempt = 2
    script.jobs[Self.key] = [newJob]
    script.builds[devScope] = [
      makeBuild("bbbbbbbb-2", start: -55, phase: "BUILD"), Self.buildOfFirst(),
    ]
    driver.settle(script.answer)
    let joined = try Self.join(Self.failedRun(), jobs: [Self.failedJob()], in: &driver)
    #expect(joined.run.attempt == 1)
    #expect(joined.state == .completed(.failure))
    #expect(joined.jobs.map(\.build?.key.id) == ["runner:aaaaaaaa-1"])
    #expect(joined.findings.map(\.kind).contains(.failed))
    #expect(!joined.needsPerson)
    #expect(
      joined.findings.allSatisfy { $0.action == "Attempt 2 of the run has followed; see that one." }
    )
    // The board is as it was.
    let shown = driver.state.snapshot(at: driver.now).deploy(Self.key)
    #expect(shown?.jobs.map(\.build?.key.id) == ["runner:bbbbbbbb-2"])
  }

  @Test func aJobThatWasNotRunAgainIsNoRivalOfItself() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7, attempt: 2, created: -600)]
    var copied = Self.failedJob(75)
    copied.attempt = 2
    copied.runnerName = "runner 70"
    script.jobs[Self.key] = [copied]
    script.builds[devScope] = [Self.buildOfFirst()]
    driver.settle(script.answer)
    let joined = try Self.join(Self.failedRun(), jobs: [Self.failedJob()], in: &driver)
    #expect(joined.jobs[0].build?.key.id == "runner:aaaaaaaa-1")
    #expect(joined.jobs[0].correlation.best?.tier != .ambiguous)
  }

  @Test func otherDeploysKeepTheirBuilds() throws {
    var driver = try PollDriver()
    var script = Script()
    let other = makeRun(
      8, workflow: "action-web-dev-deploy", status: .completed, conclusion: .success,
      created: -600, updated: -300)
    script.runs = [other]
    script.jobs[other.key] = [
      makeJob(
        80, run: 8, status: .completed, conclusion: .success, created: -600, started: -540,
        completed: -300)
    ]
    script.builds[devScope] = [Self.buildOfFirst()]
    driver.settle(script.answer)
    // The only build is surely not a job's that was created four minutes later.
    var late = Self.failedJob()
    late.createdAt = noon - 360
    late.startedAt = noon - 330
    let joined = try Self.join(Self.failedRun(), jobs: [late], in: &driver)
    #expect(joined.jobs[0].build == nil)
    let shown = driver.state.snapshot(at: driver.now).deploy(other.key)
    #expect(shown?.jobs[0].build != nil)
  }

  @Test func aRunThatTheEngineDoesNotKnowIsJoinedToo() throws {
    var driver = try PollDriver()
    let script = Script()
    driver.settle(script.answer)
    let joined = try Self.join(Self.failedRun(3), jobs: [Self.failedJob()], in: &driver)
    #expect(joined.environment == "dev")
    #expect(joined.service == "shop")
    #expect(joined.needsPerson)
    let other = driver.state.joined(makeRun(9, workflow: "ci"), jobs: [], at: driver.now)
    #expect(other == nil)
  }

  @Test func aNewerRunOfTheServiceSettlesAnAttemptWhateverItsOwnBeginning() throws {
    var driver = try PollDriver()
    var script = Script()
    let newer = makeRun(
      8, status: .completed, conclusion: .success, created: -400, updated: -350)
    script.runs = [Self.failedRun(2), newer]
    driver.settle(script.answer)
    // GitHub gives an attempt the time of its own beginning as that of its creation.
    var attempt = Self.failedRun(2)
    attempt.createdAt = noon - 320
    let joined = try Self.join(attempt, jobs: [Self.failedJob()], in: &driver)
    #expect(!joined.needsPerson)
    #expect(joined.findings[0].action.contains("newer run of the service"))
  }

  @Test func theMomentOfReleaseIsKept() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7)]
    script.jobs[Self.key] = [makeJob(70, run: 7, status: .waiting)]
    driver.settle(script.answer)
    let queued = makeJob(70, run: 7, status: .queued)
    script.jobs[Self.key] = [queued]
    driver.pass(30, script.answer)
    let shown = try #require(driver.state.snapshot(at: driver.now).deploy(Self.key))
    let joined = try Self.join(makeRun(7), jobs: [queued], in: &driver)
    #expect(joined.jobs[0].job.releasedAt != nil)
    #expect(joined.jobs[0].job.releasedAt == shown.jobs[0].job.releasedAt)
  }
}
