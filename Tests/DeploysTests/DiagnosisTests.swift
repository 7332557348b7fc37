import Deploys
import Foundation
import Testing

struct DeployStateTests {
  @Test func followsTheJobsRatherThanTheRun() {
    let done = makeJob(id: 1, status: .completed, conclusion: .success, started: 10, completed: 60)
    let queued = makeJob(id: 2, status: .queued, created: 61)
    let run = makeRun(status: .queued)
    #expect(DeployState(run: run, jobs: [done, queued]) == .running)
    #expect(DeployState(run: run, jobs: [queued]) == .queued)
    #expect(DeployState(run: run, jobs: []) == .queued)
    let waiting = makeJob(id: 3, status: .waiting)
    #expect(DeployState(run: run, jobs: [done, waiting]) == .waiting)
    let running = makeJob(id: 4, status: .inProgress, started: 5)
    #expect(DeployState(run: run, jobs: [waiting, running]) == .running)
    #expect(DeployState(run: makeRun(status: .pending), jobs: []) == .pending)
    #expect(
      DeployState(run: makeRun(status: .completed, conclusion: .failure), jobs: [queued])
        == .completed(.failure))
    #expect(DeployState(run: makeRun(status: .other("parked")), jobs: []).name == "parked")
  }
}

struct DiagnosisTests {
  private func deploy(
    _ job: Job, build: Build? = nil, marker: Marker = .notLooked, failure: String? = nil,
    status: RunStatus = .inProgress, conclusion: Conclusion? = nil
  ) -> Deploy {
    let run = makeRun(status: status, conclusion: conclusion, updatedAt: at(600))
    let item = DeployJob(
      job: job, kind: RunnerKind(of: job), build: build,
      phase: RunnerPhase(job: job, build: build, failure: failure), marker: marker)
    return Deploy(
      run: run, environment: "dev", service: "shop", jobs: [item], hasJobs: true,
      state: DeployState(run: run, jobs: [job]))
  }

  private func findings(
    _ deploy: Deploy, isSuperseded: Bool = false, at seconds: TimeInterval
  ) -> [Finding] {
    Diagnosis.findings(in: deploy, isSuperseded: isSuperseded, at: at(seconds))
  }

  @Test func aJobThatGetsNoRunnerIsFoundAfterAWhile() {
    let stuck = deploy(makeJob(id: 1, status: .queued))
    #expect(findings(stuck, at: 170).isEmpty)
    let found = findings(stuck, at: 12 * 60)
    #expect(found.map(\.kind) == [.noRunner])
    #expect(found[0].summary == "no runner for 12m")
    #expect(found[0].needsPerson)
    #expect(found[0].action.contains("dev-runner"))
  }

  @Test func aBuildThatFailedBeforeTheRunnerIsNamedWithItsPhase() {
    let phase = BuildPhase(
      name: "INSTALL", status: .failed, startedAt: at(30), endedAt: at(40),
      messages: ["COMMAND_EXECUTION_ERROR: aws s3 cp: exit status 1"])
    let build = makeBuild("aaaaaaaa-1", start: 3, status: .failed, phases: [phase], ended: 45)
    let found = findings(deploy(makeJob(id: 1, status: .queued), build: build), at: 70)
    #expect(found.map(\.kind) == [.runnerFailed])
    #expect(found[0].summary == "its runner FAILED in INSTALL; the job still waits")
    #expect(found[0].evidence.contains("COMMAND_EXECUTION_ERROR: aws s3 cp: exit status 1"))
  }

  @Test func aRunnerThatCameAndWentIsFound() {
    let build = makeBuild("aaaaaaaa-1", start: 3, status: .succeeded, ended: 260)
    let found = findings(deploy(makeJob(id: 1, status: .queued), build: build), at: 300)
    #expect(found.map(\.kind) == [.runnerGone])
    // A job can end a moment after its build; that is no finding.
    let running = deploy(makeJob(id: 1, status: .inProgress, started: 60), build: build)
    #expect(findings(running, at: 290).isEmpty)
    #expect(findings(running, at: 500).map(\.kind) == [.runnerGone])
  }

  @Test func aFailureNeedsAPersonUntilANewerRun() {
    let step = Step(number: 6, name: "Run build script", status: .completed, conclusion: .failure)
    let job = makeJob(
      id: 1, status: .completed, conclusion: .failure, started: 60, completed: 600, steps: [step])
    let failed = deploy(job, status: .completed, conclusion: .failure)
    let found = findings(failed, at: 700)
    #expect(found[0].kind == .failed)
    #expect(found[0].summary == "failed at: Run build script")
    #expect(found[0].needsPerson)
    #expect(!findings(failed, isSuperseded: true, at: 700)[0].needsPerson)
    #expect(!findings(failed, at: 90_000)[0].needsPerson)
  }

  @Test func aFailureIsSaidWhileOtherJobsGoOn() {
    let failed = DeployJob(
      job: makeJob(id: 1, status: .completed, conclusion: .failure, started: 60, completed: 90),
      kind: .gitHubHosted)
    let running = DeployJob(
      job: makeJob(id: 2, status: .inProgress, started: 60), kind: .gitHubHosted)
    var run = deploy(failed.job)
    run.jobs = [failed, running]
    let found = findings(run, at: 100)
    #expect(found.map(\.kind) == [.failed])
    #expect(found[0].summary == "\(failed.job.name) failed already")
    #expect(found[0].action.contains("1 still to end"))
    #expect(!found[0].needsPerson)
    // What opens first is the failed job; what the run is busy with is the other.
    #expect(run.leadingJob?.id == 1)
    #expect(run.currentJob?.id == 2)
  }

  @Test func ofAnUnknownStateNothingIsConcluded() {
    let parked = deploy(makeJob(id: 1, status: .other("parked")))
    #expect(findings(parked, at: 3600).isEmpty)
  }

  @Test func approvalIsFoundAtOnce() {
    let found = findings(deploy(makeJob(id: 1, status: .waiting), status: .waiting), at: 5)
    #expect(found.map(\.kind) == [.approvalNeeded])
    #expect(found[0].needsPerson)
  }

  @Test func unreadableAccountsSaySo() {
    let job = makeJob(id: 1, status: .queued)
    let blind = deploy(job, failure: "AWS throttles acme-dev")
    #expect(findings(blind, at: 10).map(\.kind) == [.unreadable])
    #expect(!findings(blind, at: 10)[0].needsPerson)
    #expect(findings(blind, at: 400)[0].needsPerson)
  }

  @Test func anIdleBuildAfterACancelIsOffered() {
    let job = makeJob(
      id: 1, status: .completed, conclusion: .cancelled, started: 60, completed: 100)
    let build = makeBuild("aaaaaaaa-1", start: 3, currentPhase: "BUILD")
    let found = findings(
      deploy(job, build: build, status: .completed, conclusion: .cancelled), at: 400)
    #expect(found.map(\.kind) == [.idleBuild])
  }
}

struct VerdictTests {
  private func judge(_ conclusion: Conclusion, _ status: BuildStatus, _ marker: Marker) -> Verdict {
    Verdict(
      job: makeJob(id: 1, status: .completed, conclusion: conclusion, started: 1, completed: 9),
      build: makeBuild("aaaaaaaa-1", start: 0, status: status, ended: 12), marker: marker)
  }

  @Test func everyPairingIsJudged() {
    #expect(judge(.success, .succeeded, .absent) == .agree)
    #expect(judge(.failure, .failed, .failed) == .agree)
    #expect(judge(.failure, .succeeded, .absent) == .disagree(.failureUnmarked))
    #expect(judge(.failure, .succeeded, .failed) == .disagree(.markerIgnored))
    #expect(judge(.failure, .succeeded, .unreadable("403")) == .undecided)
    #expect(judge(.success, .succeeded, .failed) == .disagree(.markerContradicts))
    #expect(judge(.success, .failed, .absent) == .disagree(.buildFailedAfterwards))
    #expect(judge(.cancelled, .succeeded, .absent) == .agree)
    #expect(judge(.success, .inProgress, .absent) == .undecided)
  }
}

struct RunnerPhaseTests {
  @Test func aMissingBuildIsUnclaimedOnlyWhileQueued() {
    let queued = makeJob(id: 1, status: .queued)
    #expect(RunnerPhase(job: queued, build: nil, failure: nil) == .unclaimed(since: noon))
    #expect(RunnerPhase(job: queued, build: nil, failure: "x") == .unreadable("x"))
    let waiting = makeJob(id: 1, status: .waiting)
    #expect(RunnerPhase(job: waiting, build: nil, failure: "x") == .notNeeded)
  }

  @Test func unknownPhasesAreShownInTheirOwnWords() {
    let build = makeBuild(
      "aaaaaaaa-1", start: 0, phases: [BuildPhase(name: "WARPING", startedAt: at(4))])
    let phase = RunnerPhase(
      job: makeJob(id: 1, status: .queued), build: build, failure: nil)
    #expect(phase == .inPhase("WARPING", since: at(4)))
  }
}

struct DurationTextTests {
  @Test(arguments: [
    (0, "0s", "0s"), (59, "59s", "59s"), (192, "3m12s", "3m"), (3840, "1h04m", "1h"),
    (183_600, "2d03h", "2d"),
  ])
  func twoUnitsAtMost(seconds: Int, short: String, coarse: String) {
    #expect(Duration.seconds(seconds).shortText == short)
    #expect(Duration.seconds(seconds).coarseText == coarse)
    #expect(Duration(from: at(5), to: noon) == .zero)
  }
}
