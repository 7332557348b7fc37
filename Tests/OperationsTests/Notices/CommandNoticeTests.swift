import Deploys
import Foundation
import Operations
import Testing

@Suite("Notices by a program")
final class CommandNoticeTests {
  private let folder: String

  init() throws {
    folder = try Scene.makeFolder()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a program and gives its path.
  private func program(_ script: String) throws -> String {
    let path = "\(folder)/program"
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    return path
  }

  private func run(
    _ words: [String], _ event: DeployEvent = NoticeFixture.event(),
    environment: [String: String] = [:],
    sleep: @escaping @Sendable (Duration) async throws -> Void = {
      try await Task.sleep(for: $0)
    }
  ) async -> [NoticeTrouble] {
    await NoticeFixture.news(
      of: [event], NoticeSettings(command: words, webhookVariable: "HOOK"),
      servers: {
        let servers = StubServers()
        servers.on("://", .json("ok"))
        return servers
      }(), environment: ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }, sleep: sleep
    ).troubles
  }

  private func content(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
  }

  private func variables() throws -> [String: String] {
    var variables: [String: String] = [:]
    for line in try content("env").split(separator: "\0") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      variables[String(parts[0])] = String(parts[1])
    }
    return variables
  }

  private static let dump = #"env -0 > "$1/env"; cat > "$1/stdin"; printf '%s\0' "$@" > "$1/args""#

  @Test("A program gets the event as variables and as JSON")
  func facts() async throws {
    let path = try program(Self.dump)
    let troubles = await run(
      [path, folder], NoticeFixture.event(attempt: 2, summary: "failed at: docker build"),
      environment: ["KEPT": "yes", "CDTOP_TAG": "inherited"])
    #expect(troubles.isEmpty)
    let variables = try variables()
    #expect(
      variables.filter { $0.key.hasPrefix("CDTOP_") } == [
        "CDTOP_EVENT": "failed", "CDTOP_SERVICE": "shop", "CDTOP_ENVIRONMENT": "prd",
        "CDTOP_TAG": "shop-prd-20261123-01", "CDTOP_REPOSITORY": "acme/shop",
        "CDTOP_ACTOR": "kim", "CDTOP_RUN_ID": "100", "CDTOP_RUN_NUMBER": "7",
        "CDTOP_ATTEMPT": "2", "CDTOP_CONCLUSION": "failure",
        "CDTOP_URL": "https://github.com/acme/shop/actions/runs/100",
        "CDTOP_SUMMARY": "failed at: docker build",
      ])
    #expect(variables["KEPT"] == "yes")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try content("stdin").utf8)) as? [String: Any])
    #expect(
      json.mapValues { "\($0)" } == [
        "id": "acme/shop/100/2/failed", "event": "failed", "service": "shop",
        "environment": "prd", "tag": "shop-prd-20261123-01", "repository": "acme/shop",
        "actor": "kim", "run_id": "100", "run_number": "7", "attempt": "2",
        "conclusion": "failure", "url": "https://github.com/acme/shop/actions/runs/100",
        "summary": "failed at: docker build", "started_at": "2026-09-21T14:13:20Z",
        "ended_at": "2026-09-21T14:14:20Z",
      ])
  }

  @Test("Hostile texts are values, and nothing is read by a shell")
  func hostile() async throws {
    let path = try program(Self.dump)
    let words = [path, folder, "$(touch \(folder)/pwned)", "a;b", "", "*"]
    let event = NoticeFixture.event(
      .started, service: NoticeFixture.hostile + "\0=x", tag: nil,
      actor: "; touch \(folder)/pwned", conclusion: nil, url: "javascript:alert(1)")
    #expect(await run(words, event).isEmpty)
    #expect(
      try content("args").split(separator: "\0", omittingEmptySubsequences: false).dropLast()
        .map(String.init) == Array(words.dropFirst()))
    let variables = try variables()
    #expect(variables["CDTOP_ACTOR"] == "; touch \(folder)/pwned")
    #expect(
      variables["CDTOP_SERVICE"]
        == "a;b \\ c \"'`$(touch pwned)`<!channel> @channel & *x* $HOME =x")
    for name in ["CDTOP_TAG", "CDTOP_CONCLUSION", "CDTOP_URL", "CDTOP_SUMMARY"] {
      #expect(variables[name] == "")
    }
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/pwned"))
    #expect(!FileManager.default.fileExists(atPath: "pwned"))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try content("stdin").utf8)) as? [String: Any])
    #expect(json["service"] as? String == variables["CDTOP_SERVICE"])
    #expect(json["ended_at"] == nil)
  }

  @Test("No token reaches the program, nor the webhook's address")
  func secrets() async throws {
    let names = [
      "GITHUB_TOKEN", "GH_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN",
      "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN",
      "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    ]
    let path = try program(Self.dump)
    var environment = Dictionary(uniqueKeysWithValues: names.map { ($0, "s3cret") })
    environment["HTTPS_PROXY"] = "http://me:s3cret@proxy.example:3128"
    #expect(await run([path, folder], environment: environment).isEmpty)
    let all = try content("env") + content("stdin")
    #expect(!all.contains("s3cret"))
    #expect(!all.contains(NoticeFixture.secret))
    #expect(!all.contains("HOOK="))
    #expect(try variables()["HTTPS_PROXY"] == "http://proxy.example:3128")
  }

  @Test("A program that neither reads nor ends its children harms nobody")
  func indifferent() async throws {
    let path = try program("exec 0<&-; sleep 300 & echo $! > \(folder)/child; exit 0")
    #expect(await run([path]).isEmpty)
    let child = try #require(
      Int32(try content("child").trimmingCharacters(in: .whitespacesAndNewlines)))
    kill(child, SIGKILL)
  }

  @Test("A program that hangs is stopped, with what it has started")
  func hanging() async throws {
    let path = try program("sleep 300 & echo $$ $! > \(folder)/new; mv $1/new $1/ids; wait")
    let ids = "\(folder)/ids"
    let troubles = await run([path, folder]) { length in
      #expect(length == .seconds(30))
      // Its time is up as soon as it has written down who it is.
      while !FileManager.default.fileExists(atPath: ids) {
        try await Task.sleep(for: .milliseconds(5))
      }
    }
    #expect(troubles.count == 1)
    #expect(
      troubles.first?.message
        == "the program of notices.on_event, \(path), did not end within 30 s and was stopped")
    let numbers = try content("ids").split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    #expect(numbers.count == 2)
    let deadline = ContinuousClock.now + .seconds(20)
    for number in numbers {
      while isRunning(number), ContinuousClock.now < deadline { await Task.yield() }
      #expect(!isRunning(number))
    }
  }

  /// Whether a process runs; one that nobody has asked about its end does not.
  private func isRunning(_ id: Int32) -> Bool {
    guard kill(id, 0) == 0 else { return false }
    let line = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
    return !line.contains(") Z ")
  }

  @Test("A failure gives one warning")
  func failures() async throws {
    let failing = try program("echo SECRET; exit 3")
    let troubles = await run([failing])
    #expect(
      troubles.map(\.message) == [
        "the program of notices.on_event, \(failing), ended with exit code 3"
      ])
    #expect(
      await run(["no-such-program"]).map(\.message) == [
        "the program of notices.on_event, no-such-program, cannot be run: "
          + "not found in PATH, or not executable"
      ])
    let killed = try program("kill -9 $$")
    #expect(await run([killed]).first?.message.hasSuffix("was ended by signal 9") == true)
  }

  @Test("No program, no notice")
  func none() async {
    #expect(await run([]).isEmpty)
    #expect(await run([""]).isEmpty)
  }
}
