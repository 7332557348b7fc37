import Deploys
import Foundation
import Operations
import Testing

@Suite("What is live where runs were run again")
struct DeployHistoryTests {
  private func sha(_ letter: Character) -> String { ReaderScene.sha(letter) }

  /// A run of the workflow that deploys to stg.
  private func run(
    _ id: Int, _ letter: Character, day: Int = 20, conclusion: String? = "success",
    status: String = "completed", started: String? = nil, updated: String? = nil,
    earlier: [FakeGitHub.Attempt] = []
  ) -> FakeGitHub.Run {
    let date = "2026-11-\(day < 10 ? "0" : "")\(day)"
    return FakeGitHub.Run(
      id: id, workflow: 12, ref: "shop-stg-\(id)", sha: sha(letter), status: status,
      conclusion: conclusion, createdAt: "\(date)T01:00:00Z", startedAt: started,
      updatedAt: updated ?? "\(date)T01:05:00Z", earlier: earlier)
  }

  private func attempt(_ conclusion: String, day: Int, hour: Int = 1) -> FakeGitHub.Attempt {
    let time = "2026-11-\(day)T0\(hour)"
    return FakeGitHub.Attempt(
      conclusion: conclusion, startedAt: "\(time):00:00Z", updatedAt: "\(time):05:00Z")
  }

  /// A run that had succeeded and whose retry did not.
  private func retried(
    _ conclusion: String? = "failure", status: String = "completed"
  ) -> FakeGitHub.Run {
    run(
      201, "e", day: 21, conclusion: conclusion, status: status, started: "2026-11-22T01:00:00Z",
      updated: "2026-11-22T01:05:00Z", earlier: [attempt("success", day: 21)])
  }

  private func scene(
    _ runs: [FakeGitHub.Run], failing: [String: Int] = [:]
  ) throws -> ReaderScene {
    let github = ReaderScene.team { shop in
      shop.runs.removeAll { $0.workflow == 12 }
      shop.runs += runs
    }
    github.change { $0.failures = failing }
    return try ReaderScene(github)
  }

  private func cell(_ scene: ReaderScene) async throws -> LiveVersions.Cell {
    try #require(await scene.operations.versions().rows.first?.cells[1])
  }

  private func attempts(asked scene: ReaderScene) -> [String] {
    scene.github.requests.filter { $0.contains("/attempts/") }
      .map { String($0.split(separator: "/runs/")[1]) }
  }

  @Test("The retry of what is live that failed leaves it live, and is told")
  func failedRetry() async throws {
    let scene = try scene([retried(), run(200, "b")])
    let cell = try await cell(scene)
    let live = try #require(cell.live.value ?? nil)
    #expect(live.commit == sha("e"))
    #expect(live.attempt == 1)
    #expect(live.deployedAt == (try Date("2026-11-21T01:05:00Z", strategy: .iso8601)))
    #expect(live.retry == LiveVersion.Retry(attempt: 2, conclusion: .failure))
    #expect(live.retry?.words == "its retry failed (attempt 2)")
    #expect(cell.failed?.key.id == 201)
    #expect(cell.doubts == [])
    #expect(attempts(asked: scene) == ["201/attempts/1"])
  }

  @Test("A promotion takes the commit whose retry failed, and says so")
  func promotionOfFailedRetry() async throws {
    for source in [nil, TagQuery.Source.environment("stg")] {
      let plan = try await scene([retried(), run(200, "b")]).plan(to: "prd", from: source)
      #expect(plan.source == .environment("stg"))
      #expect(plan.request.commit == sha("e"))
      #expect(
        plan.warnings == [
          "#201 shop-stg-201 by ann counts as live in stg, but its retry failed (attempt 2): "
            + "look at what it left there"
        ])
    }
    let own = try await scene([retried("cancelled"), run(200, "b")]).plan(to: "stg")
    #expect(own.live?.commit == sha("e"))
    #expect(
      own.warnings.contains(
        "#201 shop-stg-201 by ann counts as live in stg, but its retry was cancelled (attempt 2)"),
      "\(own.warnings)")
  }

  @Test("A retry that goes on leaves live what it had deployed")
  func retryUnderWay() async throws {
    let runs = [retried(nil, status: "in_progress"), run(200, "b")]
    let cell = try await cell(try scene(runs))
    #expect((cell.live.value ?? nil)?.commit == sha("e"))
    #expect((cell.live.value ?? nil)?.retry == LiveVersion.Retry(attempt: 2, conclusion: nil))
    #expect(cell.inFlight?.key.id == 201)
    let warnings = try await scene(runs).plan(to: "prd").warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.hasPrefix("another deploy of shop to stg is under way") == true)
  }

  @Test("Attempts are looked at backwards, as far as they can matter")
  func chain() async throws {
    let runs = [
      // Its attempts all lie before what is live.
      run(
        205, "f", day: 15, conclusion: "failure", started: "2026-11-19T01:00:00Z",
        earlier: [attempt("success", day: 15)]),
      run(
        203, "e", day: 21, conclusion: "failure", started: "2026-11-22T03:00:00Z",
        earlier: [
          attempt("failure", day: 21), attempt("success", day: 22),
          attempt("cancelled", day: 22, hour: 2),
        ]),
      run(202, "d", day: 20),
    ]
    let scene = try scene(runs)
    let live = try #require(try await cell(scene).live.value ?? nil)
    #expect(live.commit == sha("e"))
    #expect(live.attempt == 2)
    #expect(live.retry == LiveVersion.Retry(attempt: 4, conclusion: .failure))
    #expect(attempts(asked: scene) == ["203/attempts/3", "203/attempts/2"])
  }

  @Test("An attempt that never succeeded puts nothing live, and one before a newer deploy neither")
  func noSuccess() async throws {
    let scene = try scene([
      run(
        203, "e", day: 19, conclusion: "failure", started: "2026-11-22T03:00:00Z",
        earlier: [attempt("success", day: 19), attempt("failure", day: 21)]),
      run(202, "d", day: 20),
    ])
    let live = try #require(try await cell(scene).live.value ?? nil)
    #expect(live.commit == sha("d"))
    #expect(live.retry == nil)
    let none = try self.scene([
      run(203, "e", day: 21, conclusion: "failure", earlier: [attempt("failure", day: 19)])
    ])
    #expect(try await cell(none).live == .loaded(nil))
  }

  @Test("Attempts that cannot be read, or are too many, leave a doubt that a promotion tells")
  func unreadAttempts() async throws {
    let denied = try scene([retried(), run(200, "b")], failing: ["/attempts/": 403])
    let doubt = try #require(try await cell(denied).doubts.first)
    #expect(doubt.hasPrefix("what #201 had deployed before its attempt 2 could not be read: "))
    let plan = try await denied.plan(to: "prd")
    #expect(plan.request.commit == sha("b"))
    #expect(plan.warnings.contains("what is live in stg is not certain: \(doubt)"))
    let nothing = try scene([retried()], failing: ["/attempts/": 403])
    #expect(
      try await nothing.plan(to: "prd").warnings.contains {
        $0.hasPrefix("nothing is known to be live in stg: what #201")
      })
    let refused = await #expect(throws: ReadFailure.self) {
      try await nothing.plan(to: "prd", from: .environment("stg"))
    }
    #expect(refused?.message.contains("what #201 had deployed") == true)
    let many = try scene([
      run(
        203, "e", day: 21, conclusion: "failure", started: "2026-11-22T03:00:00Z",
        earlier: (0..<12).map { _ in attempt("failure", day: 21) }),
      run(202, "d", day: 20),
    ])
    #expect(try await cell(many).doubts.first?.contains("more than 10 attempts") == true)
    #expect(attempts(asked: many).count == 10)
  }

  @Test("A roll-back by a retry is found beyond many newer successes")
  func rollBack() async throws {
    let old = run(
      100, "f", day: 10, started: "2026-11-22T01:00:00Z", updated: "2026-11-22T01:05:00Z",
      earlier: [attempt("success", day: 10)])
    let scene = try scene((0..<60).map { run(200 - $0, "b") } + [old])
    let cell = try await cell(scene)
    #expect((cell.live.value ?? nil)?.commit == sha("f"))
    #expect((cell.live.value ?? nil)?.attempt == 2)
    #expect(cell.doubts == [])
    #expect(attempts(asked: scene) == [])
    #expect(try await self.scene([old, run(99, "a")]).plan(to: "prd").request.commit == sha("f"))
  }

  @Test("Of two deploys that overlapped the one that ended last is live")
  func order() async throws {
    let cell = try await cell(
      try scene([
        run(202, "b", day: 21),
        run(201, "a", day: 20, updated: "2026-11-21T02:00:00Z"),
      ]))
    #expect((cell.live.value ?? nil)?.commit == sha("a"))
  }

  @Test("That only the newest hundred were read is told where an older one could count")
  func cut() async throws {
    let cut = try await cell(try scene((0..<101).map { run(400 - $0, "b") }))
    #expect((cut.live.value ?? nil)?.commit == sha("b"))
    #expect(cut.doubts.count == 1)
    #expect(cut.doubts.first?.hasPrefix("only its workflow's newest 100 successful runs") == true)
    let failures = (0..<101).map { run(400 - $0, "b", conclusion: "failure") }
    let failed = try await cell(try scene(failures + [run(200, "d")]))
    #expect((failed.live.value ?? nil)?.commit == sha("d"))
    #expect(failed.doubts.first?.hasPrefix("only its workflow's newest 100 runs") == true)
    // GitHub runs nothing again that is older than 30 days.
    var runs = (0..<101).map { run(400 - $0, "b") }
    for index in 90..<101 { runs[index].createdAt = "2026-10-01T01:00:00Z" }
    let old = try scene(runs)
    #expect(try await cell(old).doubts == [])
    #expect(!old.github.requests.contains { $0.contains("/12/runs") && $0.contains("success") })
    #expect(try await old.plan(to: "prd").warnings == [])
  }
}
