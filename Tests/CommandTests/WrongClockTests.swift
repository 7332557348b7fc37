import Foundation
import Testing

/// Servers whose clock is an hour ahead of this machine's.
@Suite(.serialized) struct WrongClockTests {
  @Test func theClockIsNamedAndEverythingIsReadNevertheless() async throws {
    let files = try Scratch()
    let scenario = try files.write("clock_offset: 3600\n", "scenario.yaml")
    let world = try await SimulatedWorld(["--scenario", scenario])
    let check = try await world.run(["config", "check"])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    #expect(check.output.contains("warn  this machine's clock is 60m slow"))
    #expect(check.output.contains("timedatectl"))
    let runs = try await world.run(["runs", "--json"])
    #expect(runs.errors.contains("this machine's clock is 60m slow"))
    let board = try runs.json()
    let ahead = try #require(board["clock_ahead_seconds"] as? Int)
    #expect(abs(ahead + 3600) <= 5)
    let failing = try #require(board["environments"] as? [[String: Any]])
      .compactMap { ($0["health"] as? [String: Any])?["state"] as? String }
      .filter { $0 == "failing" }
    #expect(failing == [], "\(runs.errors)")
  }
}
