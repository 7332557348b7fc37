import Foundation
import Testing

/// What an operator does by command line, against a simulator in another process.
@Suite(.serialized)
struct OperatingTests {
  @Test func everyActionSendsWhatItsDryRunShowsOnceAndIsWrittenDown() async throws {
    let world = try await OperatedWorld()
    let runs = try await world.runs()

    let failed = try #require(
      runs.first {
        $0["conclusion"] as? String == "failure" && $0["environment"] as? String == "dev"
      })
    let retry = try await world.doing(["retry", "\(failed.id)", "--failed", "--debug", "--yes"])
    #expect(retry.change.target.hasSuffix("/actions/runs/\(failed.id)/rerun-failed-jobs"))
    #expect(retry.change.body == ["enable_debug_logging": true] as NSDictionary)
    #expect(retry.outcome["outcome"] as? String == "done")
    #expect(retry.outcome["run_id"] as? Int == failed.id)
    #expect((retry.outcome["url"] as? String)?.hasSuffix("/\(failed.id)") == true)

    let finished = try #require(
      runs.first {
        $0["conclusion"] as? String == "success" && $0["environment"] as? String == "stg"
      })
    let job = try #require((finished["jobs"] as? [[String: Any]])?.first)
    let one = try await world.doing(
      ["retry", "\(finished.id)", "--job", try #require(job["name"] as? String), "--yes"])
    #expect(one.change.target.hasSuffix("/actions/jobs/\(job.id)/rerun"))

    let hung = try #require(
      runs.first { $0.isOf("auth", "stg") && $0["state"] as? String == "in_progress" })
    let cancel = try await world.doing(["cancel", "\(hung.id)", "--yes"])
    #expect(cancel.change.target.hasSuffix("/actions/runs/\(hung.id)/cancel"))
    let force = try await world.doing(["cancel", "\(hung.id)", "--force", "--yes"])
    #expect(force.change.target.hasSuffix("/actions/runs/\(hung.id)/force-cancel"))

    let dispatch = try await world.doing(["dispatch", "shop@dev", "--ref", "main", "--yes"])
    #expect(dispatch.change.target.contains("/repos/acme/shop/actions/workflows/"))
    #expect((dispatch.change.body as? [String: Any])?["ref"] as? String == "main")
    let made = try #require(dispatch.outcome["run_id"] as? Int)
    #expect(!runs.contains { $0.id == made })

    let tag = try await world.doing(["tag", "shop@stg", "--from", "dev", "--yes"])
    #expect(tag.change.target == "/repos/acme/shop/git/refs")
    let ref = try #require((tag.change.body as? [String: Any])?["ref"] as? String)
    #expect(ref.wholeMatch(of: /refs\/tags\/shop-stg-\d{8}-\d\d/) != nil, "\(ref)")
    #expect(tag.outcome["commits_ahead"] is Int)
    let name = try #require(tag.outcome["tag"] as? String)
    let taken = try await world.run(["tag", "shop@stg", "--tag", name, "--yes"])
    #expect(taken.status == 1)
    #expect(taken.errors.contains("\(name) is there already"))

    let waiting = try #require(runs.first { $0.isOf("shop", "prd") && $0.has("approval_needed") })
    let reject = try await world.run(["reject", "\(waiting.id)", "--dry-run"])
    #expect(reject.status == 0, "\(reject.errors)")
    #expect(reject.output.contains(#""state":"rejected""#), "\(reject.output)")
    let approve = try await world.doing([
      "approve", "\(waiting.id)", "--environment", "prd", "--comment", "go", "--yes", "--confirm",
      "prd",
    ])
    #expect(
      approve.change.target.hasSuffix("/actions/runs/\(waiting.id)/pending_deployments"))
    let answer = try #require(approve.change.body as? [String: Any])
    #expect(answer["state"] as? String == "approved")
    #expect(answer["comment"] as? String == "go")
    #expect((answer["environment_ids"] as? [Int])?.count == 1)

    let idle = try #require(runs.first { $0.has("idle_build") })
    let build = try #require(
      (idle["jobs"] as? [[String: Any]])?.compactMap { job in
        (job["runner"] as? [String: Any])?["build_id"] as? String
      }.first)
    let place = try #require(idle["environment"] as? String)
    let stop = try await world.doing(["stop-build", build, "--env", place, "--yes"])
    #expect(stop.change.target.hasSuffix("codebuild:StopBuild"))
    #expect(stop.change.body == ["id": build] as NSDictionary)

    #expect(try world.changes().count == 8)
    try await checkAudit(world, cancelled: hung.id, made: made, tag: name)
  }

  private func checkAudit(
    _ world: OperatedWorld, cancelled: Int, made: Int, tag: String
  ) async throws {
    // The log is read without any server, configuration or token.
    let audit = try await world.run(
      ["audit", "--json"], ["CDTOP_CONFIG": "/nonexistent", "GITHUB_TOKEN": ""])
    #expect(audit.status == 0, "\(audit.errors)")
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(audit.output.utf8)) as? [[String: Any]])
    #expect(
      entries.map { $0["action"] as? String } == [
        "stop_build", "approve", "tag", "dispatch", "force_cancel", "cancel", "retry", "retry",
      ])
    for entry in entries {
      #expect(entry["outcome"] as? String == "done", "\(entry)")
      #expect((entry["login"] as? String)?.isEmpty == false, "\(entry)")
      #expect(entry["finished_at"] is String)
    }
    #expect(entries[3]["result_run_id"] as? Int == made)
    let target = try #require(entries[5]["target"] as? [String: Any])
    #expect(target["run_id"] as? Int == cancelled)

    let login = try #require(entries[0]["login"] as? String)
    let text = try await world.run(["audit", "--limit", "6", "--since", "1h"])
    let lines = text.output.split(separator: "\n")
    #expect(lines.count == 7)
    #expect(lines.dropFirst().allSatisfy { $0.contains(login) && $0.contains("  done: ") })
    #expect(lines[3].contains("acme/shop tag \(tag) on "))
    let prd = try await world.run(["audit", "--env", "prd"])
    #expect(prd.output.split(separator: "\n").count == 2)
    #expect(try await world.run(["audit", "--since", "tomorrow"]).status == 64)
  }

  @Test func whatMayNotBeDoneIsNotSent() async throws {
    let world = try await OperatedWorld(
      """
      missing_permissions: ["actions=write"]
      faults:
        - match: "POST /repos/acme/shop/actions/workflows/*"
          effect: answer
          status: 422
          body: >-
            {"message":"Provided value 'x' for input 'log_level' not in the list of allowed values"}
      """)
    func refused(
      _ arguments: [String], _ words: String..., extra: [String: String] = [:]
    ) async throws {
      let result = try await world.run(arguments, extra)
      #expect(result.status == 1, "\(arguments): \(result.output)\(result.errors)")
      for word in words { #expect(result.errors.contains(word), "\(arguments): \(result.errors)") }
    }
    let dispatch = ["dispatch", "shop@dev", "--ref", "main"]
    try await refused(dispatch, "--yes")
    try await refused(dispatch + ["--confirm", "prd"], "--confirm prd", "dev")
    try await refused(["dispatch", "shop@prd", "--ref", "main", "--yes"], "--confirm prd")
    try await refused(dispatch + ["--yes", "--read-only"], "read-only", "--read-only was given")
    try await refused(
      dispatch + ["--yes"], "written", extra: ["XDG_STATE_HOME": "/proc/nowhere"])
    try await refused(dispatch + ["--yes", "-f", "no_such=1"], "no_such")
    try await refused(["dispatch", "shop@dev", "--ref", "gone", "--yes"], "gone")
    try await refused(["tag", "shop@dev", "--tag", "shop-prd-20260101-01", "--yes"], "shop-prd")
    let runs = try await world.runs()
    let waiting = try #require(
      runs.first { $0.isOf("admin", "prd") && $0["state"] as? String == "waiting" })
    try await refused(
      ["approve", "\(waiting.id)", "--yes", "--confirm", "prd"], "may not answer for", "Ask one of")
    let shown = try await world.run(dispatch + ["--dry-run", "--read-only"])
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(shown.output.hasPrefix("POST http://"))
    #expect(shown.errors.contains("--read-only was given"))
    let over = try #require(
      runs.first {
        $0["conclusion"] as? String == "failure" && $0["environment"] as? String == "dev"
      })
    // What would be refused before it is sent is refused in a dry run, too.
    try await refused(["cancel", "\(over.id)", "--dry-run"], "over")
    #expect(try world.changes().isEmpty)

    try await refused(dispatch + ["--yes"], "log_level", "-f log_level=…: GitHub does not list it")
    try await refused(["retry", "\(over.id)", "--yes"], "Actions: write")
    #expect(try world.changes().map(\.status) == [422, 403])
    let audit = try await world.run(["audit"])
    #expect(audit.output.components(separatedBy: "  refused: ").count == 3, "\(audit.output)")
  }

  @Test func whatNobodyCanTellIsSaid() async throws {
    let world = try await OperatedWorld(
      "faults: [{match: \"POST /repos/acme/web/actions/runs/*\", effect: reset}]")
    let over = try #require(
      try await world.runs().first { $0.isOf("web", "dev") && $0["conclusion"] is String })
    let result = try await world.run(["retry", "\(over.id)", "--all", "--yes", "--json"])
    #expect(result.status == 3, "\(result.errors)")
    #expect(result.errors.contains("may or may not have been taken"))
    #expect(try result.json()["outcome"] as? String == "unknown")
    #expect(try world.changes().count == 1)
    let audit = try await world.run(["audit"])
    #expect(audit.output.contains("  unknown: "))
    #expect(audit.errors.isEmpty, "\(audit.errors)")
  }
}

/// What is left of a process that was killed.
@Suite(.serialized)
struct KilledOperationTests {
  /// Waits until something is so.
  private func wait(until isSo: () throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try !isSo() {
      try #require(ContinuousClock.now < deadline, "it does not come to that")
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @Test func itsActionHasNoOutcomeAndEveryStartSaysSo() async throws {
    let world = try await OperatedWorld(
      """
      faults: [{match: "POST /repos/acme/shop/actions/workflows/*", effect: unanswered}]
      """)
    let child = try Child(
      Program.path, ["dispatch", "shop@dev", "--ref", "main", "--yes"],
      environment: Program.environment(world.world.environment))
    try await wait { try !world.changes().isEmpty }
    let during = try await world.run(["audit"])
    #expect(during.output.contains("no outcome: may or may not have been done"))
    #expect(during.output.contains("still runs"), "\(during.output)")
    #expect(during.errors.isEmpty)
    kill(child.pid, SIGKILL)
    child.reap()

    let audit = try await world.run(["audit", "--json", "--unfinished"])
    let entries = try #require(
      try JSONSerialization.jsonObject(with: Data(audit.output.utf8)) as? [[String: Any]])
    let entry = try #require(entries.first)
    #expect(entries.count == 1)
    #expect(entry["action"] as? String == "dispatch")
    #expect(entry["outcome"] is NSNull)
    #expect(entry["process"] as? String == "ended")
    #expect(entry["pid"] as? Int == Int(child.pid))
    let text = try await world.run(["audit"])
    #expect(text.output.contains("has ended"), "\(text.output)")
    #expect(text.errors.contains("ended without an outcome"))

    let next = ["tag", "shop@dev", "--from", "main", "--dry-run"]
    let warned = try await world.run(next)
    #expect(warned.status == 0, "\(warned.errors)")
    #expect(warned.errors.contains("ended without an outcome"))
    #expect(warned.errors.contains("dispatch action-shop-dev-deploy at main in dev"))
    #expect(try await world.run(["audit", "--acknowledge", "99"]).status == 1)
    let id = try #require(entry["id"] as? Int)
    let seen = try await world.run(["audit", "--acknowledge", "\(id)"])
    #expect(seen.status == 0, "\(seen.errors)")
    let quiet = try await world.run(next)
    #expect(!quiet.errors.contains("without an outcome"), "\(quiet.errors)")
    #expect(try await world.run(["audit"]).output.contains("acknowledged"))
    #expect(try world.changes().count == 1)
  }
}

/// What is live, and the runs that come of a dispatch and of a tag.
@Suite(.serialized)
struct FollowingTests {
  @Test func newRunsAreFollowedToTheirEnd() async throws {
    let world = try await OperatedWorld("failure_rate: 0\nthrottles: []", speed: 120)
    let versions = try await world.run(["versions"])
    #expect(versions.status == 0, "\(versions.errors)")
    let head = try #require(versions.output.split(separator: "\n").first)
    #expect(head.split(separator: " ") == ["SERVICE", "DEV", "STG", "PRD"])
    #expect(versions.output.contains("결제"))

    let dispatched = try await world.run([
      "dispatch", "shop@dev", "--ref", "main", "--yes", "--watch",
    ])
    #expect(dispatched.status == 0, "\(dispatched.output)\(dispatched.errors)")
    #expect(dispatched.output.contains("shop #"))
    #expect(dispatched.output.contains("\nJOBS\n"))
    let tagged = try await world.run(["tag", "api@stg", "--yes", "--watch"])
    #expect(tagged.output.hasPrefix("tag      api-stg-"))
    #expect(tagged.output.contains("\nJOBS\n"), "\(tagged.output)\(tagged.errors)")
    #expect(tagged.status == 0, "\(tagged.errors)")

    let report = try await world.run(["versions", "--json"]).json()
    #expect(report["environments"] as? [String] == ["dev", "stg", "prd"])
    let services = try #require(report["services"] as? [[String: Any]])
    func live(_ service: String, _ column: Int) throws -> String? {
      let row = try #require(services.first { $0["service"] as? String == service })
      let cells = try #require(row["versions"] as? [[String: Any]])
      return (cells[column]["live"] as? [String: Any])?["ref"] as? String
    }
    let known = ["environment", "state", "live", "in_flight", "failed", "compared_with", "differs"]
    for row in services {
      for cell in try #require(row["versions"] as? [[String: Any]]) {
        #expect(known.allSatisfy { cell[$0] != nil }, "\(cell)")
        #expect((cell["state"] as? String == "live") == (cell["live"] is [String: Any]))
      }
    }
    #expect(try live("shop", 0) == "main")
    #expect(try live("api", 1)?.hasPrefix("api-stg-") == true)
  }

  @Test func versionsThatCannotBeReadAreToldOf() async throws {
    let world = try await OperatedWorld(
      "faults: [{match: \"* /repos/acme/web/*\", effect: answer, status: 404}]")
    let versions = try await world.run(["versions"])
    #expect(versions.status == 2)
    #expect(versions.errors.contains("acme/web"))
    #expect(versions.output.contains("shop"))
  }
}
