import Foundation
import Testing
import Transport

/// `run`, `logs` and `artifacts` against a simulator in another process.
@Suite(.serialized)
struct InspectionTests {
  private let world: SimulatedWorld
  private let files: Scratch

  init() async throws {
    files = try Scratch()
    world = try await SimulatedWorld(
      ["--seed", "7", "--speed", "6", "--request-log", files.path("requests")])
  }

  /// Every run of the board.
  private func board(_ world: SimulatedWorld) async throws -> [[String: Any]] {
    let report = try await world.run(["runs", "--json"]).json()
    return (report["environments"] as? [[String: Any]] ?? []).flatMap {
      $0["runs"] as? [[String: Any]] ?? []
    }
  }

  /// How often each service was asked while something ran.
  private func requests(_ work: () async throws -> Void) async throws -> [String: Int] {
    let before = files.text("requests").split(separator: "\n").count
    try await work()
    var counts: [String: Int] = [:]
    for line in files.text("requests").split(separator: "\n").dropFirst(before) {
      let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      counts[try #require(entry?["service"] as? String), default: 0] += 1
    }
    return counts
  }

  /// A failed run whose failed job has a failed step.
  private func failedRun() async throws -> (id: Int, job: Int, repository: String, attempt: Int) {
    for run in try await board(world) where run["conclusion"] as? String == "failure" {
      for job in run["jobs"] as? [[String: Any]] ?? []
      where job["conclusion"] as? String == "failure" && (job["steps_total"] as? Int ?? 0) > 3 {
        return (
          try #require(run["id"] as? Int), try #require(job["id"] as? Int),
          try #require(run["repository"] as? String), try #require(run["attempt"] as? Int)
        )
      }
    }
    throw Missing()
  }

  private struct Missing: Error {}

  /// The bytes that the API serves, fetched as any client would.
  private func served(_ path: String) async throws -> Data {
    let transport = LiveTransport(environment: [:])
    let asked = try await transport.send(
      HTTPRequest(
        url: "http://127.0.0.1:\(world.port)\(path)",
        headers: [
          "Authorization": "Bearer simulated-token", "Accept": "application/vnd.github+json",
          "User-Agent": "test",
        ]))
    let link = try #require(asked.headers["Location"], "\(asked.status)")
    let answer = try await transport.send(HTTPRequest(url: link, headers: ["User-Agent": "test"]))
    await transport.shutdown()
    #expect(answer.status == 200)
    return answer.body
  }

  @Test func aFailedRunTellsItsCauseFirst() async throws {
    let failed = try await failedRun()
    let text = try await world.run(["run", "\(failed.id)"])
    #expect(text.status == 0, "\(text.errors)")
    let failure = try #require(text.output.firstRange(of: "FAILED  "))
    let jobs = try #require(text.output.firstRange(of: "\nJOBS\n"))
    #expect(failure.lowerBound < jobs.lowerBound)
    #expect(text.output.contains("error: "))
    #expect(text.output.contains("waited "))
    #expect(text.output.contains("PROVISIONING "))
    #expect(!text.output.contains("\u{1B}"))

    let report = try await world.run(["run", "\(failed.id)", "--json"]).json()
    for key in ["environment", "newest_attempt", "other_attempts", "artifacts", "unread"] {
      #expect(report[key] != nil, "\(key)")
    }
    let all = try #require(report["jobs"] as? [[String: Any]])
    let job = try #require(all.first { $0["id"] as? Int == failed.job })
    for key in [
      "steps", "phases", "failed_steps", "annotations", "marker_content", "failure_files",
      "started_at", "url",
    ] { #expect(job[key] != nil, "job.\(key)") }
    let steps = try #require(job["failed_steps"] as? [[String: Any]])
    let lines = try #require(steps.first?["lines"] as? [[String: Any]])
    #expect(lines.contains { $0["is_error"] as? Bool == true })
    let status = try await world.run(["run", "\(failed.id)", "--exit-status"])
    #expect(status.status == 1)
  }

  @Test func logsAreTheBytesThatWereServed() async throws {
    let failed = try await failedRun()
    let bytes = try await served("/repos/\(failed.repository)/actions/jobs/\(failed.job)/logs")
    #expect(bytes.count > 500)
    let text = String(decoding: bytes, as: UTF8.self)
    let log = try await world.run(["logs", "\(failed.id)", "--job", "\(failed.job)"])
    #expect(log.status == 0, "\(log.errors)")
    #expect(log.output == text)
    #expect(log.errors.isEmpty)

    let bare = try await world.run(
      ["logs", "\(failed.id)", "--job", "\(failed.job)", "--no-timestamps"])
    let stripped = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.replacing(
        #/^\u{FEFF}?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\x20/#, with: "")
    }
    #expect(
      bare.output.replacing("\u{FEFF}", with: "")
        == stripped.joined(separator: "\n").replacing("\u{FEFF}", with: ""))

    let step = try await world.run(["logs", "\(failed.id)", "--job", "\(failed.job)", "--failed"])
    #expect(step.status == 0, "\(step.errors)")
    #expect(!step.output.isEmpty && step.output.utf8.count < bytes.count)
    #expect(text.contains(step.output))
    #expect(step.output.contains("##[error]"))
  }

  @Test func theRunnersOwnLogIsPrinted() async throws {
    let failed = try await failedRun()
    let log = try await world.run(["logs", "\(failed.id)", "--job", "\(failed.job)", "--build"])
    #expect(log.status == 0, "\(log.errors)")
    #expect(log.output.contains("Running job:"))
  }

  @Test func whatCannotBePrintedIsSaid() async throws {
    let failed = try await failedRun()
    let unknown = try await world.run(["logs", "\(failed.id)", "--job", "no such job"])
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("no such job"))
    let attempt = try await world.run(["run", "\(failed.id)", "--attempt", "99"])
    #expect(attempt.status == 1)
    #expect(attempt.errors.contains("no attempt 99"))
    let both = try await world.run(["logs", "1", "--build", "--failed"])
    #expect(both.status == 64)
  }

  @Test func artifactsAreListedLookedIntoAndDownloadedOnce() async throws {
    let scratch = try Scratch()
    let failed = try await failedRun()
    let list = try await world.run(["artifacts", "\(failed.id)", "--json"])
    #expect(list.status == 0, "\(list.errors)")
    let artifacts = try #require(
      try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]])
    let artifact = try #require(artifacts.first { $0["expired"] as? Bool == false })
    let name = try #require(artifact["name"] as? String)
    let id = try #require(artifact["id"] as? Int)
    let files = try await world.run(["artifacts", "\(failed.id)", "--list-files", name])
    #expect(files.status == 0, "\(files.errors)")
    let first = try #require(files.output.split(separator: "\n").first)
    let path = String(try #require(first.firstRange(of: "  ").map { first[$0.upperBound...] }))
    let content = try await world.run(["artifacts", "\(failed.id)", "--cat", "\(id):\(path)"])
    #expect(content.status == 0, "\(content.errors)")
    #expect(!content.output.isEmpty)

    let folder = scratch.path("downloads")
    let done = try await world.run(
      ["artifacts", "\(failed.id)", "--name", name, "--download", folder])
    #expect(done.status == 0, "\(done.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let written = try #require(names.first)
    let zip = try Data(contentsOf: URL(filePath: "\(folder)/\(written)"))
    #expect(
      zip == (try await served("/repos/\(failed.repository)/actions/artifacts/\(id)/zip")))
    let again = try await world.run(
      ["artifacts", "\(failed.id)", "--name", name, "--download", folder])
    #expect(again.status == 1)
    #expect(again.errors.contains("--force"))
    let forced = try await world.run(
      ["artifacts", "\(failed.id)", "--name", name, "--download", folder, "--force"])
    #expect(forced.status == 0, "\(forced.errors)")
    let after = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(after == names)
  }

  @Test func lookingIntoARunAsksNothingThatDoesNotConcernIt() async throws {
    let failed = try await failedRun()
    let id = "\(failed.id)"
    for command in [
      ["logs", id, "--job", "\(failed.job)"], ["logs", id, "--job", "\(failed.job)", "--build"],
      ["artifacts", id], ["run", id], ["run", id, "--json"],
    ] {
      let counts = try await requests {
        let result = try await world.run(command)
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
      #expect(1...12 ~= counts["github"] ?? 0, "\(command): \(counts)")
      #expect(counts["codebuild"] ?? 0 <= 8, "\(command): \(counts)")
      if command[0] == "logs", command.last != "--build" {
        #expect(counts["codebuild"] == nil && counts["s3"] == nil, "\(counts)")
      }
    }
  }

  @Test func aRunTellsTheSameAsTheBoard() async throws {
    for run in try await board(world).filter({ $0["conclusion"] as? String != nil }).prefix(6) {
      let id = try #require(run["id"] as? Int)
      let report = try await world.run(["run", "\(id)", "--json"]).json()
      func verdict(_ run: [String: Any]) -> String? {
        (run["verdict"] as? [String: Any])?["state"] as? String
      }
      func builds(_ run: [String: Any]) -> [String?] {
        (run["jobs"] as? [[String: Any]] ?? []).map {
          ($0["runner"] as? [String: Any])?["build_id"] as? String
        }
      }
      #expect(verdict(report) == verdict(run), "\(id)")
      #expect(builds(report) == builds(run), "\(id)")
      #expect(report["needs_person"] as? Bool == run["needs_person"] as? Bool, "\(id)")
    }
  }

  @Test func anEarlierAttemptHasItsMarkers() async throws {
    let run = try #require(
      try await board(world).first { ($0["attempt"] as? Int ?? 1) > 1 })
    let id = try #require(run["id"] as? Int)
    let result = try await world.run(["run", "\(id)", "--attempt", "1", "--json"])
    #expect(result.status == 0, "\(result.errors)")
    let report = try result.json()
    #expect(report["attempt"] as? Int == 1)
    #expect(report["needs_person"] as? Bool == false)
    let jobs = try #require(report["jobs"] as? [[String: Any]])
    let ran = jobs.filter { ($0["runner"] as? [String: Any])?["build_id"] as? String != nil }
    #expect(!ran.isEmpty)
    #expect(!result.output.contains("not_looked"))
  }

  @Test func aJobsPageMeansTheJob() async throws {
    let failed = try await failedRun()
    let report = try await world.run(["run", "\(failed.id)", "--json"]).json()
    let run = try #require(report["url"] as? String)
    let page = "\(run)/job/\(failed.job)"
    let byPage = try await world.run(["logs", page])
    let byID = try await world.run(["logs", "\(failed.id)", "--job", "\(failed.job)"])
    #expect(byPage.status == 0, "\(byPage.errors)")
    #expect(byPage.output == byID.output)
    #expect(try await world.run(["artifacts", page]).status == 0)
    #expect(try await world.run(["run", page]).status == 0)
    #expect(try await world.run(["logs", page, "--job", "x"]).status == 64)
    #expect(try await world.run(["logs", "@dev"]).status == 64)
    let text = try await world.run(["run", "\(failed.id)"])
    #expect(text.output.contains("to do: "))
    #expect(!text.output.contains(#/\((?:enter|[A-Za-z])\)/#))
  }

  @Test func aFullDiskIsSaidWhereAClosedPipeIsNot() async throws {
    let failed = try await failedRun()
    for (target, status, word) in [
      ("> /dev/full", Int32(1), "No space left on device"), ("| head -c 1", 0, ""),
    ] {
      let result = try await Program.run(
        [
          "-c", "\"$0\" logs \(failed.id) --job \(failed.job) \(target)", Program.path,
        ],
        executable: "/bin/sh", environment: world.environment)
      #expect(result.status == status, "\(result.errors)")
      #expect(word.isEmpty ? result.errors.isEmpty : result.errors.contains(word))
    }
  }

  @Test func nothingThatWasFetchedStaysHoweverTheProgramEnds() async throws {
    let failed = try await failedRun()
    let folder = files.path("tmp")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for target in ["> /dev/null", "> /dev/full", "| true", "--job none"] {
      _ = try await Program.run(
        ["-c", "\"$0\" logs \(failed.id) \(target)", Program.path],
        executable: "/bin/sh", environment: world.environment.merging(["TMPDIR": folder]) { $1 })
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == [], "\(target)")
    }
  }

  @Test func nothingThatWasFetchedStaysAfterCtrlC() async throws {
    let slow = try await SimulatedWorld(["--seed", "7", "--speed", "1"])
    let folder = files.path("interrupted")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for run in try await board(slow) where run["state"] as? String == "in_progress" {
      guard let id = run["id"] as? Int,
        let job = (run["jobs"] as? [[String: Any]] ?? []).first(where: {
          $0["state"] as? String == "in_progress"
            && ($0["runner"] as? [String: Any])?["phase"] as? String == "BUILD"
        })?["id"] as? Int
      else { continue }
      let child = try Child(
        Program.path, ["logs", "\(id)", "--job", "\(job)", "--build", "--follow"],
        environment: Program.environment(slow.environment.merging(["TMPDIR": folder]) { $1 }))
      let deadline = ContinuousClock.now + .seconds(120)
      while child.output.isEmpty, ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
      kill(child.pid, SIGINT)
      #expect(await child.wait() == 128 + SIGINT)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      return
    }
    Issue.record("no job runs long enough")
  }

  @Test func whatGoesOnIsPrintedAsFarAsItIs() async throws {
    let slow = try await SimulatedWorld(["--seed", "7", "--speed", "1"])
    for run in try await board(slow) where run["state"] as? String == "in_progress" {
      let id = try #require(run["id"] as? Int)
      let jobs = run["jobs"] as? [[String: Any]] ?? []
      guard
        let job = jobs.first(where: {
          $0["state"] as? String == "in_progress"
            && ($0["runner"] as? [String: Any])?["phase"] as? String == "BUILD"
        }), let jobID = job["id"] as? Int
      else { continue }
      let log = try await slow.run(["logs", "\(id)", "--job", "\(jobID)"])
      let build = try await slow.run(["logs", "\(id)", "--job", "\(jobID)", "--build"])
      let after = try await slow.run(["run", "\(id)", "--json"]).json()
      guard after["conclusion"] as? String == nil else { continue }
      #expect(log.status == 1)
      #expect(log.errors.contains("--follow waits"), "\(log.errors)")
      #expect(!log.errors.contains("by itself"))
      #expect(build.status == 0, "\(build.errors)")
      #expect(build.output.contains("Listening for Jobs"))
      return
    }
    Issue.record("no job runs long enough")
  }

  @Test func filesOfAFailedBuildAreListedAndReached() async throws {
    let failed = try await failedRun()
    let list = try await world.run(["artifacts", "\(failed.id)", "--json"])
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]])
    #expect(all.contains { $0["source"] as? String == "github" })
    let file = try #require(
      all.first { $0["source"] as? String == "s3" && $0["path"] as? String == "report.xml" },
      "\(list.output)")
    let name = try #require(file["name"] as? String)
    let text = try await world.run(["artifacts", "\(failed.id)"])
    #expect(text.output.contains("s3  \(name)"))
    let content = try await world.run(["artifacts", "\(failed.id)", "--cat", name])
    #expect(content.status == 0, "\(content.errors)")
    #expect(content.output.contains("<testsuite"))
    let folder = files.path("left")
    let saved = try await world.run(
      ["artifacts", "\(failed.id)", "--name", "report.xml", "--download", folder])
    #expect(saved.status == 0, "\(saved.errors)")
    #expect(try String(contentsOfFile: "\(folder)/report.xml", encoding: .utf8) == content.output)
    let artifact = try #require(
      all.first { $0["source"] as? String == "github" && $0["expired"] as? Bool == false })
    let artifactName = try #require(artifact["name"] as? String)
    let nothing = try await world.run(
      ["artifacts", "\(failed.id)", "--cat", "\(artifactName):nope"])
    #expect(nothing.status == 1)
    #expect(nothing.errors.contains("\(artifactName) holds no file nope"), "\(nothing.errors)")
  }
}
