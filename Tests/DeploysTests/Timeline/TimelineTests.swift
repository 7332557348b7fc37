import Foundation
import Testing

@testable import Deploys

@Suite("The timeline of an attempt")
struct TimelineTests {
  private func step(
    _ number: Int, _ start: TimeInterval?, _ end: TimeInterval?, _ status: RunStatus = .completed,
    _ conclusion: Conclusion? = .success
  ) -> Step {
    Step(
      number: number, name: "step \(number)", status: status,
      conclusion: status == .completed ? conclusion : nil, startedAt: start.map(at),
      completedAt: end.map(at))
  }

  private func deploy(
    _ jobs: [Job], builds: [Int64: Build] = [:], status: RunStatus = .completed,
    conclusion: Conclusion? = .success
  ) -> Deploy {
    let run = makeRun(status: status, conclusion: status == .completed ? conclusion : nil)
    return Deploy(
      run: run, environment: "dev", service: "shop",
      jobs: jobs.map { DeployJob(job: $0, kind: .unknown, build: builds[$0.id]) }, hasJobs: true,
      state: DeployState(run: run, jobs: jobs))
  }

  private func phases(_ marks: [(String, TimeInterval)], end: TimeInterval?) -> [BuildPhase] {
    marks.enumerated().map { index, mark in
      let next = index + 1 < marks.count ? marks[index + 1].1 : end
      return BuildPhase(
        name: mark.0, status: next == nil ? nil : .succeeded, startedAt: at(mark.1),
        endedAt: next.map(at))
    }
  }

  @Test("Wait, runner's phases, run and steps follow each other on one axis")
  func ordering() throws {
    let job = makeJob(
      id: 1, status: .completed, conclusion: .success, created: 0, started: 119, completed: 499,
      runnerName: "r", steps: [step(1, 119, 121), step(2, 121, 481), step(3, 481, 499)])
    let build = makeBuild(
      "a", start: 40, status: .succeeded,
      phases: phases(
        [("SUBMITTED", 40), ("QUEUED", 41), ("PROVISIONING", 48), ("BUILD", 115)], end: 500),
      ended: 500)
    let timeline = Timeline(deploy([job], builds: [1: build]))
    let bars = try #require(timeline.jobs[1])
    #expect(bars.queued == TimeBar(start: at(0), end: at(119)))
    #expect(bars.ran == TimeBar(start: at(119), end: at(499)))
    #expect(bars.phases.map(\.name) == ["SUBMITTED", "QUEUED", "PROVISIONING", "BUILD"])
    #expect(bars.phases[2].bar.duration(at: at(900)) == .seconds(67))
    #expect(!timeline.isGrowing)
    #expect(timeline.start == at(0) && timeline.end(at: at(9000)) == at(500))
    let axis = timeline.axis(columns: 100, at: at(9000))
    #expect(axis.gaps.isEmpty)
    let wait = try axis.cells(of: #require(bars.queued), at: at(9000))
    let ran = try axis.place(of: #require(bars.ran), at: at(9000))
    #expect(wait == 0..<24)
    #expect(ran.column == 24 && ran.columns.upperBound == 100)
    let steps = (1...3).compactMap { bars.steps[$0] }.map { axis.place(of: $0, at: at(0)) }
    #expect(steps.map(\.column) == [24, 24, 96])
    #expect(steps[0].eighths == 3 && steps[1].eighths == 578)
  }

  @Test("A running job grows with the clock, and so does the axis")
  func growth() throws {
    let job = makeJob(
      id: 1, status: .inProgress, created: 0, started: 60, runnerName: "r",
      steps: [step(1, 60, 62), step(2, 62, nil, .inProgress), step(3, nil, nil, .queued)])
    let timeline = Timeline(deploy([job], status: .inProgress))
    #expect(timeline.isGrowing)
    let bars = try #require(timeline.jobs[1])
    #expect(bars.steps[3] == nil)
    let running = try #require(bars.steps[2])
    #expect(running.isOpen && running.duration(at: at(122)) == .seconds(60))
    var last = 0
    for second in stride(from: 70.0, through: 600, by: 10) {
      let axis = timeline.axis(columns: 60, at: at(second))
      let place = axis.place(of: running, at: at(second))
      #expect(place.columns.upperBound == 60, "what goes on ends at the edge")
      #expect(place.eighths >= last, "and never shrinks")
      last = place.eighths
    }
    // The clock here may be behind GitHub's.
    #expect(timeline.end(at: at(10)) == at(62))
    #expect(running.duration(at: at(10)) == .zero)
  }

  @Test("A wait that dwarfs everything is drawn short and marked, and nothing else is squashed")
  func gap() throws {
    let days = 2.0 * 86_400
    let first = makeJob(
      id: 1, name: "build", status: .completed, conclusion: .success, created: 0, started: 30,
      completed: 270, runnerName: "r")
    var second = makeJob(
      id: 2, name: "deploy", status: .completed, conclusion: .success, created: 271,
      started: days + 60, completed: days + 300, runnerName: "r")
    second.releasedAt = at(days)
    let timeline = Timeline(deploy([first, second]))
    let bars = try #require(timeline.jobs[2])
    #expect(bars.held == TimeBar(start: at(271), end: at(days)))
    #expect(bars.queued == TimeBar(start: at(days), end: at(days + 60)))
    let axis = timeline.axis(columns: 80, at: at(days + 400))
    #expect(axis.gaps.map(\.duration) == [.seconds(days + 60 - 270)])
    let ran = try axis.cells(of: #require(timeline.jobs[1]?.ran), at: at(0))
    #expect(ran.count > 25)
    let ticks = axis.ticks(apart: 10)
    #expect(ticks.contains { $0.label == .gap(.seconds(days - 210)) })
    #expect(ticks.contains { $0.label == .elapsed(.zero) && $0.column == 0 })
    #expect(ticks.contains { if case .since = $0.label { true } else { false } })
    #expect(ticks.map(\.column) == ticks.map(\.column).sorted())
    // Places keep their order, also within the gap.
    let places = stride(from: 0, through: days + 300, by: 600).map { axis.position(of: at($0)) }
    #expect(places == places.sorted())
  }

  @Test("Waits that do not dwarf the rest are drawn as long as they are")
  func noGap() {
    let job = makeJob(
      id: 1, status: .completed, conclusion: .success, created: 0, started: 48, completed: 109,
      runnerName: "r")
    #expect(Timeline(deploy([job])).axis(columns: 80, at: at(0)).gaps.isEmpty)
    // Where nobody has worked, the wait is all that there is to see.
    let waiting = makeJob(id: 1, status: .queued, created: 0)
    let timeline = Timeline(deploy([waiting], status: .queued))
    let axis = timeline.axis(columns: 80, at: at(100_000))
    #expect(axis.gaps.isEmpty)
    #expect(timeline.jobs[1]?.queued.map { axis.cells(of: $0, at: at(100_000)) } == 0..<80)
  }

  @Test("What took no time is still seen, and what runs backwards took none")
  func zeroLength() throws {
    let job = makeJob(
      id: 1, status: .completed, conclusion: .failure, created: 0, started: 10, completed: 100,
      runnerName: "r", steps: [step(1, 20, 20), step(2, 50, 40), step(3, 100, 100)])
    let timeline = Timeline(deploy([job]))
    let bars = try #require(timeline.jobs[1])
    #expect(bars.steps[2] == TimeBar(start: at(50), end: at(50)))
    let axis = timeline.axis(columns: 40, at: at(0))
    for number in 1...3 {
      let place = try axis.place(of: #require(bars.steps[number]), at: at(0))
      #expect(place.eighths == 1 && place.columns.upperBound <= 40)
    }
    let moment = makeJob(
      id: 1, status: .completed, conclusion: .success, created: 0, started: 0, completed: 0,
      runnerName: "r")
    let nothing = Timeline(deploy([moment])).axis(columns: 40, at: at(0))
    #expect(nothing.ticks(apart: 8).map(\.label) == [.elapsed(.zero)])
    #expect(nothing.position(of: at(5)) == 0)
  }

  @Test("A build whose clock is off is kept within the axis")
  func skew() throws {
    let job = makeJob(
      id: 1, status: .completed, conclusion: .success, created: 0, started: 60, completed: 300,
      runnerName: "r")
    func axis(off: TimeInterval) throws -> (Timeline, TimeAxis) {
      let build = makeBuild(
        "a", start: off, status: .succeeded,
        phases: phases([("SUBMITTED", off), ("BUILD", off + 50)], end: off + 320),
        ended: off + 320)
      let timeline = Timeline(deploy([job], builds: [1: build]))
      return (timeline, timeline.axis(columns: 60, at: at(9999)))
    }
    // Seconds apart, the axis holds both.
    let (near, nearAxis) = try axis(off: -2)
    #expect(near.start == at(-2) && near.end(at: at(9999)) == at(318))
    #expect(nearAxis.position(of: at(-2)) == 0)
    // An hour apart, GitHub's times rule and the build is drawn at the edge.
    for off in [-3600.0, 3600] {
      let (far, farAxis) = try axis(off: off)
      #expect(far.start == at(0) && far.end(at: at(9999)) == at(300))
      let bars = try #require(far.jobs[1])
      for phase in bars.phases {
        let place = farAxis.place(of: phase.bar, at: at(9999))
        #expect(place.column == (off < 0 ? 0 : 59) && place.eighths == 1)
      }
    }
  }

  @Test("A build that goes on after its job does not stretch the axis for ever")
  func idleBuild() {
    let job = makeJob(
      id: 1, status: .completed, conclusion: .cancelled, created: 0, started: 60, completed: 100,
      runnerName: "r")
    let build = makeBuild("a", start: 5, phases: phases([("QUEUED", 5), ("BUILD", 50)], end: nil))
    let timeline = Timeline(deploy([job], builds: [1: build], conclusion: .cancelled))
    #expect(timeline.isGrowing)
    #expect(timeline.end(at: at(200)) == at(200))
    #expect(timeline.end(at: at(100_000)) == at(1000))
  }

  @Test("Times that are missing are left out or taken from a neighbour")
  func missing() throws {
    var job = makeJob(
      id: 1, status: .completed, conclusion: .failure, created: 0, started: 10, runnerName: "r",
      steps: [
        step(1, 10, nil), step(2, 30, nil), step(3, nil, nil, .completed, .skipped),
        step(4, 44, 44, .completed, .skipped),
      ])
    job.completedAt = nil
    let bars = try #require(Timeline(deploy([job])).jobs[1])
    #expect(bars.steps[1] == TimeBar(start: at(10), end: at(30)))
    #expect(bars.steps[2] == TimeBar(start: at(30), end: at(44)))
    #expect(bars.steps[3] == nil && bars.steps[4] == nil)
    #expect(bars.ran == TimeBar(start: at(10), end: at(44)))
    job.createdAt = nil
    #expect(JobBars(DeployJob(job: job, kind: .unknown)).queued == nil)
    var lost = job
    lost.steps = [step(1, 10, nil, .inProgress)]
    lost.completedAt = at(70)
    #expect(JobBars(DeployJob(job: lost, kind: .unknown)).steps[1]?.end == at(70))
    var build = makeBuild("a", start: 5, status: .stopped, ended: 90)
    build.phases = [
      BuildPhase(name: "SUBMITTED"), BuildPhase(name: "QUEUED", startedAt: at(5)),
      BuildPhase(name: "INSTALL", startedAt: at(9)),
    ]
    let phases = JobBars(DeployJob(job: job, kind: .unknown, build: build)).phases
    #expect(phases.map(\.name) == ["QUEUED", "INSTALL"])
    #expect(phases.map(\.bar.end) == [at(9), at(90)])
  }

  @Test("Jobs that never ran wait until they are given up; skipped ones do not wait")
  func neverRan() {
    func bars(_ status: RunStatus, _ conclusion: Conclusion?) -> JobBars {
      let job = makeJob(
        id: 1, status: status, conclusion: conclusion, created: 0, started: 3,
        completed: status == .completed ? 90 : nil)
      return JobBars(DeployJob(job: job, kind: .unknown))
    }
    #expect(bars(.completed, .cancelled).queued == TimeBar(start: at(0), end: at(90)))
    #expect(bars(.completed, .cancelled).ran == nil)
    #expect(bars(.completed, .skipped).queued == nil)
    #expect(bars(.waiting, nil).held == TimeBar(start: at(0), end: nil))
    #expect(bars(.queued, nil).queued == TimeBar(start: at(3), end: nil))
  }

  @Test("Labels are round, in order and far enough apart at every length")
  func ticks() {
    for seconds: TimeInterval in [1, 9, 61, 372, 3600, 86_400, 40 * 86_400] {
      for columns in [10, 43, 160] {
        let axis = TimeAxis(start: at(0), end: at(seconds), gaps: [], columns: columns)
        let ticks = axis.ticks(apart: 8)
        #expect(ticks.first?.label == .elapsed(.zero) && ticks.count <= columns / 8 + 1)
        for (left, right) in zip(ticks, ticks.dropFirst()) {
          #expect(right.column - left.column >= 7, "\(seconds) s on \(columns)")
        }
      }
    }
  }

  @Test("Thousands of steps are taken in quickly, and the time is printed")
  func many() {
    let steps = (1...5000).map { step($0, Double($0), Double($0) + 1) }
    let job = makeJob(
      id: 1, status: .completed, conclusion: .success, created: 0, started: 1, completed: 5001,
      runnerName: "r", steps: steps)
    let clock = ContinuousClock()
    var last = 0
    let time = clock.measure {
      let timeline = Timeline(deploy([job]))
      let axis = timeline.axis(columns: 100, at: at(0))
      for number in 1...5000 {
        guard let bar = timeline.jobs[1]?.steps[number] else { continue }
        last = axis.place(of: bar, at: at(0)).column
      }
    }
    print("timeline of 5,000 steps: \(time)")
    #expect(last == 99)
  }
}
