import Foundation
import Testing

@testable import Simulation

@Suite struct TimelineTests {
  private static let order = ["waiting", "queued", "in_progress", "completed"]

  @Test("statuses only go forward, and times are in order", arguments: [1.0, 6.0])
  func statusesOnlyGoForward(speed: Double) async throws {
    let fixture = Fixture(speed: speed)
    var stages: [String: Int] = [:]
    var ends: [Int64: JSON] = [:]
    var finished = 0
    for _ in 0..<40 {
      fixture.clock.advance(by: .seconds(15 / speed))
      for repository in Simulator.repositories {
        let runs = try await fixture.get("/repos/\(repository)/actions/runs?per_page=12")
        for run in runs.list("workflow_runs") {
          #expect(run.text("created_at") <= run.text("updated_at"))
          #expect(run.text("status") == "completed" || run["conclusion"] == .null)
          let id = run.number("id")
          if run.text("status") == "completed" {
            if let before = ends[id] {
              #expect(before == run)
              continue
            }
            finished += 1
            ends[id] = run
          } else {
            #expect(ends[id] == nil)
          }
          for job in try await fixture.jobs(of: run, in: repository) {
            try check(job, stages: &stages, now: fixture.clock.now)
          }
        }
      }
    }
    #expect(finished > 10)
    #expect(Set(stages.values).count >= 3)
  }

  private func check(_ job: JSON, stages: inout [String: Int], now: Date) throws {
    func advance(_ key: String, _ status: String) throws {
      let stage = try #require(Self.order.firstIndex(of: status))
      #expect(stage >= stages[key, default: 0])
      stages[key] = stage
    }
    let id = job.number("id")
    try advance("job \(id)", job.text("status"))
    #expect(job.text("created_at") <= job.text("started_at"))
    let isOver = job.text("status") == "completed"
    #expect(isOver == (job["completed_at"] != .null))
    #expect(isOver == (job["conclusion"] != .null))
    if isOver { #expect(job.text("started_at") <= job.text("completed_at")) }
    #expect(try #require(job.date("started_at")) <= now)
    var last = ""
    for step in job.list("steps") {
      try advance("step \(id) \(step.number("number"))", step.text("status"))
      #expect(!isOver || step.text("status") == "completed")
      guard step["started_at"] != .null else { continue }
      #expect(last <= step.text("started_at"))
      last = step.text("started_at")
    }
  }

  @Test func buildsOnlyGoForward() async throws {
    let fixture = Fixture()
    let types = [
      "SUBMITTED", "QUEUED", "PROVISIONING", "DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD",
      "POST_BUILD", "UPLOAD_ARTIFACTS", "FINALIZING", "COMPLETED",
    ]
    var seen: [String: Int] = [:]
    var completed = Set<String>()
    for _ in 0..<40 {
      fixture.clock.advance(by: .seconds(16))
      let ids = try await fixture.codeBuild(
        "ListBuildsForProject", ["projectName": "acme-dev-runner"]
      ).list("ids").prefix(20)
      let answer = try await fixture.codeBuild("BatchGetBuilds", ["ids": .array(Array(ids))])
      for build in answer.list("builds") {
        let phases = build.list("phases").map { $0.text("phaseType") }
        let place = try #require(types.firstIndex(of: build.text("currentPhase")))
        #expect(phases.last == build.text("currentPhase"))
        #expect(
          phases
            == phases.sorted { (types.firstIndex(of: $0) ?? 0) < (types.firstIndex(of: $1) ?? 0) })
        #expect(place >= seen[build.text("id"), default: 0])
        seen[build.text("id")] = place
        let isOver = build["buildComplete"]?.boolValue == true
        #expect(isOver == (build.text("buildStatus") != "IN_PROGRESS"))
        #expect(isOver == (build["endTime"] != nil))
        #expect(isOver == (build.text("currentPhase") == "COMPLETED"))
        if isOver { completed.insert(build.text("id")) }
        for phase in build.list("phases").dropLast() { #expect(phase["endTime"] != nil) }
      }
    }
    #expect(completed.count > 15)
  }

  @Test func newRunsArriveByThemselves() async throws {
    let fixture = Fixture()
    func total() async throws -> Int64 {
      var sum: Int64 = 0
      for repository in Simulator.repositories {
        sum += try await fixture.get("/repos/\(repository)/actions/runs?per_page=1")
          .number("total_count")
      }
      return sum
    }
    let before = try await total()
    fixture.clock.advance(by: .seconds(3600))
    #expect((30...50).contains(try await total() - before))
  }

  @Test func anIdleWorldStandsStill() async throws {
    let fixture = Fixture(.idle(repositories: 10))
    #expect(fixture.simulator.repositories.count == 10)
    for repository in fixture.simulator.repositories {
      let runs = try await fixture.all(
        "/repos/\(repository)/actions/runs?per_page=100", "workflow_runs")
      #expect(runs.count == 31)
      #expect(runs.allSatisfy { $0.text("status") == "completed" })
    }
  }

  @Test func aSingleWorldHasOneActiveRunForLong() async throws {
    let fixture = Fixture(.single)
    for _ in 0..<10 {
      let runs = try await fixture.get("/repos/acme/shop/actions/runs?per_page=100")
      #expect(runs.list("workflow_runs").count { $0.text("status") != "completed" } == 1)
      fixture.clock.advance(by: .seconds(150))
    }
  }
}
