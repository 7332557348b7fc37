import Foundation
import Testing
import Transport

/// `run`, `logs` and `artifacts` against a simulator in another process.
@Suite(.serialized)
struct InspectionTests {
  private let world: SimulatedWorld

  init() async throws { world = try await SimulatedWorld(["--seed", "7", "--speed", "6"]) }

  /// A failed run whose failed job has a failed step.
  private func failedRun() async throws -> (id: Int, job: Int, repository: String, attempt: Int) {
    let report = try await world.run(["runs", "--json"]).json()
    let runs = (report["environments"] as? [[String: Any]] ?? []).flatMap {
      $0["runs"] as? [[String: Any]] ?? []
    }
    for run in runs where run["conclusion"] as? String == "failure" {
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
}
