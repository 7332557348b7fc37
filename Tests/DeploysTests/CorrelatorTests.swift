import Deploys
import Foundation
import Testing

struct CorrelatorTests {
  @Test func jobIdentifierIsExact() {
    let job = makeJob(id: 5, status: .queued)
    let builds = [
      makeBuild("aaaaaaaa-1", start: 2, variables: ["CODEBUILD_WEBHOOK_JOB_ID": "6"]),
      makeBuild("bbbbbbbb-2", start: 90, variables: ["CODEBUILD_WEBHOOK_JOB_ID": "5"]),
    ]
    let link = Correlator.correlate(jobs: [job], builds: builds)[5]?.requested
    #expect(link?.build.uuid == "bbbbbbbb-2")
    #expect(link?.tier == .exact)
  }

  @Test func runnerNameWithTheBuildsIDIsExact() {
    let job = makeJob(
      id: 5, status: .inProgress, started: 60, runnerName: "codebuild-AAAAAAAA-1-x")
    let builds = [makeBuild("aaaaaaaa-1", start: 2), makeBuild("bbbbbbbb-2", start: 3)]
    let found = Correlator.correlate(jobs: [job], builds: builds)[5]
    #expect(found?.ranOn?.build.uuid == "aaaaaaaa-1")
    #expect(found?.ranOn?.tier == .exact)
  }

  @Test func timesAloneAreHeuristic() {
    let job = makeJob(id: 5, status: .queued)
    let link = Correlator.correlate(jobs: [job], builds: [makeBuild("aaaaaaaa-1", start: 4)])[5]
    #expect(link?.requested?.tier == .heuristic)
    #expect(
      link?.requested?.evidence.contains("the build started 4 s after the job was queued") == true)
    #expect(link?.ranOn == nil)
  }

  @Test func theRunsIDMakesItStrong() {
    let job = makeJob(id: 5, status: .queued)
    let builds = [
      makeBuild("aaaaaaaa-1", start: 4, variables: ["CODEBUILD_WEBHOOK_RUN_ID": "100"]),
      makeBuild("bbbbbbbb-2", start: 3, variables: ["CODEBUILD_WEBHOOK_RUN_ID": "101"]),
    ]
    let link = Correlator.correlate(jobs: [job], builds: builds)[5]?.requested
    #expect(link?.build.uuid == "aaaaaaaa-1")
    #expect(link?.tier == .strong)
  }

  @Test func aStuckJobDoesNotTakeTheNextJobsBuild() {
    let stuck = makeJob(id: 1, run: 100, status: .queued, created: 0)
    let fresh = makeJob(id: 2, run: 101, status: .queued, created: 100)
    let found = Correlator.correlate(
      jobs: [stuck, fresh], builds: [makeBuild("aaaaaaaa-1", start: 103)])
    #expect(found[1]?.best == nil)
    #expect(found[2]?.requested?.build.uuid == "aaaaaaaa-1")
  }

  @Test func orderIsKeptWhenAllAreLate() {
    let jobs = [
      makeJob(id: 1, run: 100, status: .queued, created: 0),
      makeJob(id: 2, run: 101, status: .queued, created: 8),
    ]
    let builds = [makeBuild("aaaaaaaa-1", start: 12), makeBuild("bbbbbbbb-2", start: 20)]
    let found = Correlator.correlate(jobs: jobs, builds: builds)
    #expect(found[1]?.requested?.build.uuid == "aaaaaaaa-1")
    #expect(found[2]?.requested?.build.uuid == "bbbbbbbb-2")
    #expect(found[1]?.requested?.tier == .heuristic)
  }

  @Test func aLoneLateBuildStillBelongs() {
    let found = Correlator.correlate(
      jobs: [makeJob(id: 1, status: .queued)], builds: [makeBuild("aaaaaaaa-1", start: 150)])
    #expect(found[1]?.requested?.tier == .heuristic)
  }

  @Test func matrixLegsAreAmbiguous() {
    let jobs = [makeJob(id: 1, status: .queued), makeJob(id: 2, status: .queued, created: 1)]
    let builds = [makeBuild("aaaaaaaa-1", start: 3), makeBuild("bbbbbbbb-2", start: 4)]
    let found = Correlator.correlate(jobs: jobs, builds: builds)
    #expect(found[1]?.requested?.tier == .ambiguous)
    #expect(found[2]?.requested?.tier == .ambiguous)
    #expect(found[1]?.requested?.build != found[2]?.requested?.build)
  }

  @Test func theBuildPhaseTellsWhereALegRan() {
    // GitHub handed each leg the other's runner.
    let jobs = [
      makeJob(
        id: 1, status: .completed, conclusion: .success, started: 80, completed: 200,
        runnerName: "x"),
      makeJob(
        id: 2, status: .completed, conclusion: .success, created: 1, started: 61, completed: 400,
        runnerName: "y"),
    ]
    let builds = [
      makeBuild("aaaaaaaa-1", start: 3, phases: [buildPhase(60, 402)]),
      makeBuild("bbbbbbbb-2", start: 4, phases: [buildPhase(78, 203)]),
    ]
    let found = Correlator.correlate(jobs: jobs, builds: builds)
    #expect(found[1]?.ranOn?.build.uuid == "bbbbbbbb-2")
    #expect(found[1]?.ranOn?.tier == .strong)
    #expect(found[2]?.ranOn?.build.uuid == "aaaaaaaa-1")
    #expect(found[1]?.requested?.build.uuid == "aaaaaaaa-1")
  }

  @Test func aRequestDoesNotProveWhereItRan() {
    let jobs = [
      makeJob(id: 1, status: .inProgress, started: 60),
      makeJob(id: 2, status: .inProgress, started: 61),
    ]
    let builds = [
      makeBuild("aaaaaaaa-1", start: 3, variables: ["CODEBUILD_WEBHOOK_JOB_ID": "1"]),
      makeBuild("bbbbbbbb-2", start: 4, variables: ["CODEBUILD_WEBHOOK_JOB_ID": "2"]),
    ]
    let found = Correlator.correlate(jobs: jobs, builds: builds)
    #expect(found[1]?.requested?.tier == .exact)
    #expect(found[1]?.ranOn?.tier == .ambiguous)
    let alone = Correlator.correlate(jobs: [jobs[0]], builds: builds)
    #expect(alone[1]?.ranOn?.tier == .strong)
  }

  @Test func buildsThatPeopleStartedAreNoRunners() {
    let job = makeJob(id: 1, status: .queued)
    let byHand = makeBuild("aaaaaaaa-1", start: 1, initiator: "kim")
    let hooked = makeBuild("bbbbbbbb-2", start: 6)
    let found = Correlator.correlate(jobs: [job], builds: [byHand, hooked])
    #expect(found[1]?.requested?.build.uuid == "bbbbbbbb-2")
    // A server that does not mark webhooks at all is taken at its word.
    let unmarked = Correlator.correlate(jobs: [job], builds: [byHand])
    #expect(unmarked[1]?.requested?.build.uuid == "aaaaaaaa-1")
  }

  @Test func buildsFromBeforeTheJobOrLongAfterDoNotFit() {
    let job = makeJob(id: 1, status: .queued)
    let builds = [makeBuild("aaaaaaaa-1", start: -30), makeBuild("bbbbbbbb-2", start: 400)]
    #expect(Correlator.correlate(jobs: [job], builds: builds)[1] == nil)
  }

  @Test func everyBuildServesAtMostOneQueuedJob() {
    var generator = SplitMix(state: 3)
    for _ in 0..<200 {
      let jobs = (0..<12).map {
        makeJob(
          id: Int64($0), run: Int64(100 + $0), status: .queued,
          created: Double(Int.random(in: 0...300, using: &generator)))
      }
      let builds = (0..<10).map {
        makeBuild("uuid-\($0)-xxxx", start: Double(Int.random(in: 0...300, using: &generator)))
      }
      let links = Correlator.correlate(jobs: jobs, builds: builds).values.compactMap(\.requested)
      #expect(Set(links.map(\.build)).count == links.count)
    }
  }
}

/// A small seeded generator.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

struct CorrelatorReviewTests {
  @Test func aJobCancelledInTheQueueKeepsItsBuild() {
    // GitHub leaves started_at at the time of creation on a job that never ran.
    let job = makeJob(
      id: 1, status: .completed, conclusion: .cancelled, started: 0, completed: 40)
    let found = Correlator.correlate(jobs: [job], builds: [makeBuild("aaaaaaaa-1", start: 4)])
    #expect(found[1]?.requested?.build.uuid == "aaaaaaaa-1")
    #expect(found[1]?.ranOn == nil)
  }

  @Test func aReleasedJobIsMatchedFromItsRelease() {
    var job = makeJob(id: 1, status: .queued)
    job.releasedAt = at(7200)
    let found = Correlator.correlate(jobs: [job], builds: [makeBuild("aaaaaaaa-1", start: 7203)])
    #expect(found[1]?.requested?.build.uuid == "aaaaaaaa-1")
    #expect(RunnerPhase(job: job, build: nil, failure: nil) == .unclaimed(since: at(7200)))
  }

  @Test func aLegWhoseRunnerWasTakenGetsTheOthers() {
    let jobs = [
      makeJob(id: 1, name: "leg 1", status: .queued),
      makeJob(
        id: 2, name: "leg 2", status: .completed, conclusion: .success, created: 1, started: 62,
        completed: 200, runnerName: "x"),
    ]
    let builds = [
      makeBuild(
        "aaaaaaaa-1", start: 3, status: .succeeded, phases: [buildPhase(60, 202)], ended: 210),
      makeBuild("bbbbbbbb-2", start: 4, currentPhase: "PROVISIONING"),
    ]
    let found = Correlator.correlate(jobs: jobs, builds: builds)
    #expect(found[2]?.ranOn?.build.uuid == "aaaaaaaa-1")
    #expect(found[2]?.ranOn?.tier == .strong)
    #expect(found[1]?.best?.build.uuid == "bbbbbbbb-2")
  }

  @Test func supersetsAndSubsetsAreRivals() {
    var wide = makeJob(id: 1, status: .inProgress, started: 60)
    let narrow = makeJob(id: 2, status: .inProgress, created: 20, started: 61)
    wide.labels.append("image:arm-3.0")
    let builds = [
      makeBuild("aaaaaaaa-1", start: 3, phases: [buildPhase(58)]),
      makeBuild("bbbbbbbb-2", start: 23, phases: [buildPhase(59)]),
    ]
    let found = Correlator.correlate(jobs: [wide, narrow], builds: builds)
    #expect(found[1]?.ranOn?.tier == .ambiguous)
    #expect(found[2]?.ranOn?.tier == .ambiguous)
  }
}
