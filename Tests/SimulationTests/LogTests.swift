import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct LogTests {
  private let fixture = Fixture()

  /// The bytes behind the link that an API path answers with.
  private func fetch(_ path: String, in fixture: Fixture) async throws -> Data {
    let answer = await fixture.send("GET", path)
    let url = try #require(answer.headers["Location"], "\(path): \(answer.status)")
    let response = await fixture.simulator.respond(to: HTTPRequest(url: url))
    try #require(response.status == 200)
    return response.body
  }

  private func log(of job: JSON, _ repository: String = "acme/shop") async throws -> [String] {
    let data = try await fetch(
      "/repos/\(repository)/actions/jobs/\(job.number("id"))/logs", in: fixture)
    #expect(data.prefix(3) == JobLog.byteOrderMark)
    return String(decoding: data.dropFirst(3), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  /// The time before a line; `nil` for the rest of a message of several lines.
  private func time(of line: String) -> String? {
    let bytes = Array(line.utf8.prefix(29))
    guard bytes.count == 29, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "."),
      bytes[27] == UInt8(ascii: "Z"), bytes[28] == UInt8(ascii: " ")
    else { return nil }
    return String(decoding: bytes.dropLast(), as: UTF8.self)
  }

  private func finishedJobs() async throws -> [(repository: String, job: JSON)] {
    var found: [(String, JSON)] = []
    for repository in ["acme/shop", "acme/web"] {
      let runs = try await fixture.get("/repos/\(repository)/actions/runs?per_page=30")
      for run in runs.list("workflow_runs") {
        found += try await fixture.jobs(of: run, in: repository)
          .filter { $0.text("status") == "completed" && !$0.list("steps").isEmpty }
          .map { (repository, $0) }
      }
    }
    return found
  }

  @Test func linesAreInOrderAndWithinTheirSteps() async throws {
    let jobs = try await finishedJobs()
    #expect(jobs.count > 30)
    var words: Set<String> = []
    for (repository, job) in jobs {
      let lines = try await log(of: job, repository)
      #expect(lines.last == "")
      let times = lines.compactMap { time(of: $0) }
      #expect(times.count > 10)
      #expect(times == times.sorted())
      #expect(times.first.map { $0 >= job.text("started_at").prefix(19) } == true)
      // GitHub gives whole seconds, the log tenths of a microsecond.
      let end = try #require(job.date("completed_at")) + 1
      #expect(times.last.map { $0 <= Timestamp.iso(end) } == true)
      let text = lines.joined(separator: "\n")
      for word in ["##[group]", "##[error]", "##[warning]", "##[command]", "\u{1B}[", "배포"]
      where text.range(of: word) != nil { words.insert(word) }
      let hasError = text.range(of: "Z ##[error]") != nil
      #expect(hasError == (job.text("conclusion") != "success"))
      // Groups stand in groups, and one that is interrupted stays open.
      let depth = lines.reduce(0) { depth, line in
        let word = line.dropFirst(29)
        return depth + (word.hasPrefix("##[group]") ? 1 : word.hasPrefix("##[endgroup]") ? -1 : 0)
      }
      #expect(depth >= 0 && (depth == 0 || job.text("conclusion") == "cancelled"))
    }
    #expect(words.count == 6)
    #expect(Set(jobs.map { $0.job.text("conclusion") }).isSuperset(of: ["success", "failure"]))
  }

  @Test func theFailingStepSaysWhyAndSoDoItsAnnotations() async throws {
    let run = try #require(
      try await fixture.run(of: "action-api-dev-deploy") { $0.text("conclusion") == "failure" })
    let job = try #require(try await fixture.jobs(of: run).first)
    let lines = try await log(of: job)
    #expect(
      lines.contains {
        $0.hasSuffix(
          "ERROR: failed to build: failed to solve: process "
            + "\"/bin/sh -c npm run build\" did not complete successfully: exit code: 2")
      })
    let errors = lines.filter { $0.contains(" ##[error]") }
    let notes =
      try await fixture.get(
        "/repos/acme/shop/check-runs/\(job.number("id"))/annotations"
      ).arrayValue ?? []
    let failures = notes.filter { $0.text("annotation_level") == "failure" }
    #expect(failures.count == errors.count)
    #expect(failures.first?.text("path") == "apps/api/src/cart/cart.service.ts")
    #expect(failures.last?.text("message") == "Process completed with exit code 1.")
    var request = HTTPRequest(
      url: "\(Fixture.origin)/repos/acme/shop/check-runs/\(job.number("id"))/annotations")
    request.headers = ["User-Agent": "test", "Authorization": "Bearer github_pat_1"]
    let open = Simulator(options: SimulatorOptions(clock: fixture.clock))
    let refused = await open.respond(to: request)
    #expect(refused.status == 403)
    #expect(
      try refused.json().text("message") == "Resource not accessible by personal access token")
  }

  @Test func aLogComesSomeSecondsAfterItsJob() async throws {
    let run = try #require(
      try await fixture.run(of: "action-web-dev-deploy", in: "acme/web") {
        $0.text("status") == "in_progress"
      })
    let id = try #require(try await fixture.jobs(of: run, in: "acme/web").first).number("id")
    let path = "/repos/acme/web/actions/jobs/\(id)"
    #expect(await fixture.send("GET", "\(path)/logs").status == 404)
    while try await fixture.get(path).text("status") != "completed" {
      fixture.clock.advance(by: .milliseconds(500))
    }
    let early = try #require(await fixture.send("GET", "\(path)/logs").headers["Location"])
    let missing = await fixture.simulator.respond(to: HTTPRequest(url: early))
    #expect(missing.status == 404)
    #expect(String(decoding: missing.body, as: UTF8.self).contains("BlobNotFound"))
    fixture.clock.advance(by: .seconds(3))
    #expect(await fixture.simulator.respond(to: HTTPRequest(url: early)).status == 200)
  }

  @Test func oldLogsAreGone() async throws {
    let old = try #require(
      try await fixture.all("/repos/acme/shop/actions/runs?per_page=100", "workflow_runs").last)
    let job = try #require(try await fixture.jobs(of: old).first)
    for path in ["jobs/\(job.number("id"))/logs", "runs/\(old.number("id"))/logs"] {
      let answer = await fixture.send("GET", "/repos/acme/shop/actions/\(path)")
      #expect(answer.status == 410)
      #expect(try answer.json().text("status") == "410")
    }
    // One repository keeps them for a day only.
    let auth = try await fixture.all("/repos/acme/auth/actions/runs?per_page=100", "workflow_runs")
    var statuses: Set<Int> = []
    for run in auth where run.text("status") == "completed" {
      let path = "/repos/acme/auth/actions/runs/\(run.number("id"))/logs"
      statuses.insert(await fixture.send("GET", path).status)
    }
    #expect(statuses == [302, 410])
  }

  @Test func theZipIsLaidOutAsGitHubs() async throws {
    let run = try #require(
      try await fixture.run(of: "action-admin-dev-deploy", in: "acme/web") {
        $0.text("conclusion") == "success"
      })
    let jobs = try await fixture.jobs(of: run, in: "acme/web")
    #expect(
      jobs.map { $0.text("name") } == [
        "build (20.x)", "rollout / deploy", "rollout / smoke (chrome)", "rollout / smoke (firefox)",
      ])
    let path = "/repos/acme/web/actions/runs/\(run.number("id"))/logs"
    let zip = try ReadZip(try await fetch(path, in: fixture))
    #expect(
      zip.names.filter { !$0.contains("/") } == [
        "0_build (20.x).txt", "1_rollout  deploy.txt", "2_rollout  smoke (chrome).txt",
        "3_rollout  smoke (firefox).txt",
      ])
    #expect(zip.names.contains("build (20.x)/1_Set up job.txt"))
    #expect(zip.text("rollout  deploy/system.txt").contains("Reusable workflow chain:"))
    for (index, job) in jobs.enumerated() {
      let name = RunLogArchive.fileName(job.text("name"))
      let whole = zip["\(index)_\(name).txt"]
      #expect(whole == (try await log(of: job, "acme/web")).joined(separator: "\n").withMark)
      let steps = zip.names.filter { $0.hasPrefix("\(name)/") && !$0.hasSuffix("system.txt") }
      let joined = steps.map { zip[$0] }
      #expect(joined.allSatisfy { $0.prefix(3) == JobLog.byteOrderMark })
      #expect(joined.reduce(JobLog.byteOrderMark) { $0 + $1.dropFirst(3) } == whole)
    }
    #expect(RunLogArchive.fileName(String(repeating: "가", count: 100)).count == 90)
    #expect(RunLogArchive.fileName("Run actions/checkout@v4") == "Run actionscheckout@v4")
  }

  @Test func everyAttemptHasItsOwnLogs() async throws {
    let run = try #require(
      try await fixture.run(of: "action-api-stg-deploy") { $0.number("run_attempt") == 3 })
    let path = "/repos/acme/shop/actions/runs/\(run.number("id"))"
    var texts: [String] = []
    for attempt in 1...3 {
      let jobs = try await fixture.get("\(path)/attempts/\(attempt)/jobs").list("jobs")
      let zip = try ReadZip(try await fetch("\(path)/attempts/\(attempt)/logs", in: fixture))
      #expect(zip.names.filter { !$0.contains("/") } == ["0_build.txt", "1_deploy.txt"])
      for (index, job) in jobs.enumerated() {
        let name = "\(index)_\(job.text("name")).txt"
        #expect(zip[name] == (try await log(of: job)).joined(separator: "\n").withMark)
      }
      texts.append(zip.text("1_deploy.txt"))
      // The first job is carried over and so is its log.
      let first = try ReadZip(try await fetch("\(path)/attempts/1/logs", in: fixture))
      #expect(zip["0_build.txt"] == first["0_build.txt"])
    }
    #expect(Set(texts).count == 3)
    #expect(texts[0].contains("[502]"))
    #expect(texts[1].contains("OutOfMemoryError"))
    #expect(!texts[2].contains("##[error]"))
  }

  @Test func aLogMayBeAsLongAsOneLikes() async throws {
    var scenario = Scenario.standard
    scenario.largeLogs = [
      Scenario.LargeLog(workflow: "action-api-dev-deploy", bytes: 9 << 20, lineBytes: 1 << 20)
    ]
    let fixture = Fixture(scenario)
    let run = try #require(
      try await fixture.run(of: "action-api-dev-deploy") { $0.text("conclusion") == "failure" })
    let job = try #require(try await fixture.jobs(of: run).first)
    let data = try await fetch(
      "/repos/acme/shop/actions/jobs/\(job.number("id"))/logs", in: fixture)
    #expect(abs(data.count - (9 << 20)) < 1 << 17)
    let lines = data.split(separator: UInt8(ascii: "\n"))
    #expect(lines.map(\.count).max() == 1 << 20 - 1)
    var last = Data()
    var marks = 0
    for line in lines {
      var line = line
      if line.starts(with: JobLog.byteOrderMark) {
        marks += 1
        line = line.dropFirst(3)
      }
      guard line.dropFirst(10).first == UInt8(ascii: "T") else { continue }
      let time = Data(line.prefix(28))
      #expect(!time.lexicographicallyPrecedes(last))
      last = time
    }
    #expect(marks == 5)
    #expect(String(decoding: data.suffix(60_000), as: UTF8.self).contains("##[error]Process"))
  }
}

extension String {
  fileprivate var withMark: Data { JobLog.byteOrderMark + Data(utf8) }
}
