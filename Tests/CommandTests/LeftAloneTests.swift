import Foundation
import Testing

/// What the program leaves as it was: others' files, and everything where it only rehearses.
@Suite(.serialized)
struct LeftAloneTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func aRehearsalWritesNothing() async throws {
    let world = try await SimulatedWorld()
    for arguments in [
      ["dispatch", "shop@dev", "--ref", "main", "--dry-run"],
      ["dispatch", "shop@dev", "--ref", "main", "--dry-run", "--json"],
      ["dispatch", "nothing@dev", "--dry-run"],
    ] {
      _ = try await world.run(arguments, ["XDG_STATE_HOME": scratch.path("state")])
      #expect(!FileManager.default.fileExists(atPath: scratch.path("state")), "\(arguments)")
    }
  }

  @Test func aFileOfSomebodyElseIsNotReplacedByAPicture() async throws {
    let file = try scratch.write("mine", "mine.svg")
    let link = scratch.path("link.svg")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    for arguments in [
      ["demo", "--snapshot", file], ["demo", "--snapshot", link],
      ["demo", "--snapshot", link, "--force"], ["demo", "--snapshot", scratch.folder.path],
      ["demo", "--snapshot", scratch.path("new.svg"), "--request-log", file],
      ["simulate", "--port", "0", "--request-log", file],
      ["simulate", "--port", "0", "--request-log", link, "--force"],
    ] {
      let result = try await Program.run(arguments)
      #expect(result.status == 1, "\(arguments): \(result.errors)")
      #expect(result.errors.contains("Name another file"), "\(result.errors)")
      #expect(scratch.text("mine.svg") == "mine", "\(arguments)")
    }
    let forced = try await Program.run([
      "demo", "--snapshot", file, "--request-log", scratch.path("log"), "--force",
    ])
    #expect(forced.status == 0, "\(forced.errors)")
    #expect(scratch.text("mine.svg").hasPrefix("<svg"))
    // Its own it replaces.
    let again = try await Program.run([
      "demo", "--snapshot", file, "--request-log", scratch.path("log"),
    ])
    #expect(again.status == 0, "\(again.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
    #expect(Set(names) == ["mine.svg", "link.svg", "log"])
  }

  @Test func aConfigurationOfSomebodyElseIsNotReplacedByASimulatedOne() async throws {
    let mine = try scratch.write("github: mine", "config.yaml")
    let simulate = ["simulate", "--port", "0", "--write-config", scratch.folder.path]
    let refused = try await Program.run(simulate)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("--force"), "\(refused.errors)")
    #expect(refused.output.isEmpty)
    #expect(scratch.text("config.yaml") == "github: mine")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("credentials")))
    try FileManager.default.removeItem(atPath: mine)
    var before = ""
    for _ in 0..<2 {
      let child = try Child(Program.path, simulate, environment: Program.environment())
      defer {
        kill(child.pid, SIGKILL)
        child.reap()
      }
      let deadline = ContinuousClock.now + .seconds(120)
      while !child.output.contains("cdtop --config"), ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(20))
      }
      let now = scratch.text("config.yaml")
      #expect(now.contains("api_url") && now != before, "\(child.errors)")
      before = now
      let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("credentials"))
      #expect(mode[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func aClosedOutputIsNamed() async throws {
    let closed = try await shell("config example >&-")
    #expect(closed.status == 1)
    #expect(closed.errors.contains("standard output is closed"), "\(closed.errors)")
    let rest = try await shell("config example <&- 2>&-")
    #expect(rest.status == 0)
    #expect(rest.output.contains("api_url"))
    let all = try await shell("config example <&- >&- 2>&-")
    #expect(all.status == 1)
  }

  @Test func aRunOfAnotherServerIsRefusedByName() async throws {
    let file = try scratch.write(
      "github: {repositories: [acme/shop]}\nenvironments: [{name: dev, workflow: dev}]", "c.yaml")
    // Nobody is asked: these are refused before.
    for (url, words) in [
      ("https://evil.example/acme/shop/actions/runs/1", "evil.example is not the configured"),
      ("https://github.com:8443/acme/shop/actions/runs/1", "github.com:8443 is not"),
      ("https://github.com.evil.example/acme/shop/actions/runs/1", "which is github.com"),
      ("https://github.com@evil.example/acme/shop/actions/runs/1", "a user name or a password"),
      ("https://me:geheim@github.com/acme/shop/actions/runs/1", "a user name or a password"),
    ] {
      for command in [["run", url], ["logs", url], ["retry", url, "--yes"]] {
        let result = try await Program.run(
          command + ["--config", file],
          environment: ["GITHUB_TOKEN": "t", "XDG_STATE_HOME": scratch.path("state")])
        #expect(result.status == 1, "\(command): \(result.errors)")
        #expect(result.errors.contains(words), "\(command): \(result.errors)")
        #expect(!result.errors.contains("geheim"))
      }
    }
    // Where the API's address does not tell where the pages are, the run's own does.
    let world = try await OperatedWorld()
    let run = try #require(try await world.runs().first)
    let url = try #require(run["url"] as? String)
    let own = try await world.run(["run", url])
    #expect(own.status != 1, "\(own.errors)")
    let other = try await world.run(["run", url.replacing("github.com", with: "evil.example")])
    #expect(other.status == 1)
    #expect(other.errors.contains("evil.example is not the configured GitHub"), "\(other.errors)")
  }

  private func shell(_ words: String) async throws -> Program.Result {
    try await Program.run(["-c", "'\(Program.path)' \(words)"], executable: "/bin/sh")
  }
}
