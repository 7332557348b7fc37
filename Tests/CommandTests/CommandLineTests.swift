import Foundation
import Testing

@Suite(.serialized)
struct CommandLineTests {
  private let world: SimulatedWorld

  init() async throws { world = try await SimulatedWorld(["--seed", "7", "--speed", "6"]) }

  private func runs(in report: [String: Any]) -> [[String: Any]] {
    (report["environments"] as? [[String: Any]] ?? []).flatMap {
      $0["runs"] as? [[String: Any]] ?? []
    }
  }

  @Test func runsAsJSONHaveEveryDocumentedKey() async throws {
    let result = try await world.run(["runs", "--json"])
    let report = try result.json()
    let environments = try #require(report["environments"] as? [[String: Any]])
    #expect(environments.map { $0["name"] as? String } == ["dev", "stg", "prd"])
    #expect((report["rate_limit"] as? [String: Any])?["limit"] as? Int == 5000)
    let runs = runs(in: report)
    #expect(runs.count > 20)
    for run in runs {
      for key in [
        "repository", "workflow", "service", "id", "number", "attempt", "ref", "event", "actor",
        "state", "conclusion", "created_at", "started_at", "updated_at", "url", "jobs",
      ] { #expect(run[key] != nil, "run.\(key)") }
      for job in run["jobs"] as? [[String: Any]] ?? [] {
        for key in [
          "id", "name", "state", "conclusion", "steps_done", "steps_total", "current_step",
          "runner", "marker",
        ] { #expect(job[key] != nil, "job.\(key)") }
        let runner = try #require(job["runner"] as? [String: Any])
        for key in [
          "kind", "name", "project", "account", "region", "build_id", "phase", "phase_since",
          "build_status", "correlation",
        ] { #expect(runner[key] != nil, "runner.\(key)") }
        let marker = try #require(job["marker"] as? [String: Any])
        #expect(marker["state"] is String && marker["location"] != nil)
      }
    }
    #expect(runs.contains { $0["service"] as? String == "결제" })
    let kinds = Set(
      runs.flatMap { $0["findings"] as? [[String: Any]] ?? [] }.compactMap { $0["kind"] as? String }
    )
    #expect(kinds.isSuperset(of: ["failed", "no_runner", "approval_needed", "runner_failed"]))
  }

  @Test func filtersAndText() async throws {
    let text = try await world.run(["runs", "--env", "prd", "--active"])
    let lines = text.output.split(separator: "\n")
    #expect(lines.first?.hasPrefix("ENV") == true)
    #expect(lines.count > 1)
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("prd ") })
    #expect(!text.output.contains("\u{1B}"))
    let wrong = try await world.run(["runs", "--env", "qa"])
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("dev, stg, prd"))
  }

  @Test func aRetryIsMadeOnceAndSeen() async throws {
    let before = try await world.run(["runs", "--json"]).json()
    let failed = try #require(
      runs(in: before).first {
        $0["conclusion"] as? String == "failure" && $0["workflow"] as? String != nil
          && ($0["workflow"] as? String)?.hasSuffix("dev-deploy") == true
      })
    let id = try #require(failed["id"] as? Int)
    let attempt = try #require(failed["attempt"] as? Int)
    let unasked = try await world.run(["retry", "\(id)"])
    #expect(unasked.status == 1)
    #expect(unasked.errors.contains("--yes"))
    let done = try await world.run(["retry", "\(id)", "--yes"])
    #expect(done.status == 0, "\(done.errors)")
    let again = try await world.run(["retry", "\(id)", "--yes"])
    #expect(again.status == 1)
    #expect(again.errors.contains("still"))
    let after = try await world.run(["runs", "--json"]).json()
    let retried = try #require(runs(in: after).first { $0["id"] as? Int == id })
    #expect(retried["attempt"] as? Int == attempt + 1)
  }

  @Test func aDispatchIsCheckedMadeAndSeen() async throws {
    let unknown = try await world.run(["dispatch", "shop@dev", "-f", "no_such=1", "--yes"])
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("no_such"))
    let guarded = try await world.run(["dispatch", "shop@prd", "--ref", "main", "--yes"])
    #expect(guarded.status == 1)
    #expect(guarded.errors.contains("--confirm prd"))
    let done = try await world.run(["dispatch", "shop@dev", "--ref", "main", "--yes"])
    #expect(done.status == 0, "\(done.errors)")
    let number = try #require(done.output.firstMatch(of: /runs\/(\d+)/)).output.1
    let after = try await world.run(["runs", "--json"]).json()
    let run = try #require(runs(in: after).first { $0["id"] as? Int == Int(number) })
    #expect(run["event"] as? String == "workflow_dispatch")
    #expect(run["service"] as? String == "shop")
  }

  @Test func theConfigurationIsChecked() async throws {
    let good = try await world.run(["config", "check"])
    #expect(good.status == 0, "\(good.output)\(good.errors)")
    #expect(good.output.contains("AWS account"))
    #expect(!good.output.contains("FAIL"))
    let example = try await world.run(["config", "example"])
    #expect(example.output.contains("api_url"))
  }

  @Test func missingThingsAreNamedWithTheirRemedy() async throws {
    let scratch = try Scratch()
    let nowhere = try await Program.run(["runs"])
    #expect(nowhere.status == 78)
    #expect(nowhere.errors.contains("cdtop demo"))
    let bad = try scratch.write("github:\n  repositories: [acme/shop]\n  tokn: x\n", "bad.yaml")
    let refused = try await Program.run(["runs", "--config", bad])
    #expect(refused.status == 78)
    #expect(refused.errors.contains("bad.yaml:3"))
    let tokenless = try await world.run(["runs"], ["GITHUB_TOKEN": ""])
    #expect(tokenless.status == 78)
    #expect(tokenless.errors.contains("GITHUB_TOKEN"))
  }

  @Test func aDeadServerIsNamedAndEndsTheCommand() async throws {
    let scratch = try Scratch()
    let file = try scratch.write(
      """
      github: {api_url: "http://127.0.0.1:9", repositories: [acme/shop]}
      environments: [{name: dev, workflow: dev}]
      """, "dead.yaml")
    let result = try await Program.run(
      ["runs", "--json", "--config", file], environment: ["GITHUB_TOKEN": "secret-token-1"])
    #expect(result.status == 2)
    #expect(result.errors.contains("127.0.0.1:9"))
    #expect(!result.errors.contains("secret-token-1"))
    #expect(try result.json()["environments"] is [Any])
  }

  @Test func theBoardNeedsATerminal() async throws {
    let result = try await world.run([])
    #expect(result.status == 1)
    #expect(result.errors.contains("terminal"))
    #expect(result.output.isEmpty)
  }

  @Test func thePictureIsDrawn() async throws {
    let scratch = try Scratch()
    let path = scratch.path("board.svg")
    let result = try await Program.run(["demo", "--snapshot", path])
    #expect(result.status == 0, "\(result.errors)")
    let picture = try String(contentsOfFile: path, encoding: .utf8)
    #expect(picture.hasPrefix("<svg"))
    #expect(["결", "제", "NEEDS YOU"].allSatisfy(picture.contains))
  }

  @Test func generatedPagesAreUpToDate() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let result = try await Program.run(
      ["docs", root.appending(path: "docs").path(percentEncoded: false), "--check"])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func aReaderThatLeavesEndsTheWatch() async throws {
    let result = try await Program.run(
      ["-c", "'\(Program.path)' runs --watch | head -2"], executable: "/bin/sh",
      environment: world.environment)
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").count == 2)
  }
}

@Suite(.serialized)
struct BrokenRepositoryTests {
  @Test func itDoesNotHoldUpWhatIsDoneInAnother() async throws {
    let scratch = try Scratch()
    let scenario = try scratch.write(
      """
      faults:
        - {match: "* /repos/acme/web/*", effect: answer, status: 404}
      """, "scenario.yaml")
    let world = try await SimulatedWorld(["--scenario", scenario, "--speed", "6"])
    let listed = try await world.run(["runs"])
    #expect(listed.status == 2)
    #expect(listed.errors.contains("acme/web"))
    #expect(listed.output.contains("shop"))
    let dispatched = try await world.run(["dispatch", "shop@dev", "--ref", "main", "--yes"])
    #expect(dispatched.status == 0, "\(dispatched.errors)")
    let missing = try await world.run(["retry", "12345", "--yes"])
    #expect(missing.status == 1)
    #expect(missing.errors.contains("acme/shop"))
  }

  @Test func aBadTokenIsSaidOnceAndAtOnce() async throws {
    let scratch = try Scratch()
    let scenario = try scratch.write(
      "faults: [{match: \"* /repos/*\", effect: answer, status: 401}]", "scenario.yaml")
    let world = try await SimulatedWorld(["--scenario", scenario])
    let start = ContinuousClock.now
    let result = try await world.run(["runs", "--timeout", "600"])
    #expect(result.status == 2)
    #expect(result.errors.contains("GITHUB_TOKEN"))
    #expect(result.errors.split(separator: "\n").count { $0.hasPrefix("cdtop:") } == 1)
    #expect(ContinuousClock.now - start < .seconds(300))
  }
}
