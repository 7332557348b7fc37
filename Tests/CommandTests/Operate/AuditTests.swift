import Foundation
import Testing

/// What `cdtop audit` finds, and what it says where it finds nothing.
@Suite(.serialized)
struct AuditTests {
  private func entries(_ result: Program.Result) throws -> [[String: Any]] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]],
      "\(result.errors)")
  }

  @Test func aRunIsFoundByItsIdAndItsPage() async throws {
    let world = try await OperatedWorld()
    let made = try await world.run([
      "dispatch", "shop@dev", "--ref", "main", "-f", "log_level=debug", "-f", "timeout=20", "--yes",
      "--json",
    ]).json()
    let id = try #require(made["run_id"] as? Int)
    let page = try #require(made["url"] as? String)
    let other = try #require(
      try await world.runs().first {
        $0["conclusion"] as? String == "failure" && $0["environment"] as? String == "dev"
      })
    #expect(try await world.run(["retry", "\(other.id)", "--yes"]).status == 0)
    #expect(try await world.run(["cancel", "\(id)", "--yes"]).status == 0)

    for word in ["\(id)", page, "\(page)/attempts/1"] {
      let found = try entries(try await world.run(["audit", "--run", word, "--json"]))
      #expect(found.map { $0["action"] as? String } == ["cancel", "dispatch"], "\(word)")
    }
    let newest = try entries(
      try await world.run(["audit", "--run", "\(id)", "--limit", "1", "--json"]))
    #expect(newest.map { $0["action"] as? String } == ["cancel"])
    let elsewhere = page.replacing("/acme/shop/", with: "/acme/other/")
    #expect(try entries(try await world.run(["audit", "--run", elsewhere, "--json"])).isEmpty)
    #expect(try await world.run(["audit", "--run", "shop@dev"]).status == 64)

    let text = try await world.run(["audit", "--run", "\(id)"])
    #expect(text.output.contains(" with log_level=debug, timeout=20"), "\(text.output)")
    #expect(!text.output.contains("\(other.id)"))
  }

  @Test func anUnknownEnvironmentIsNamedWithThoseThatAreKnown() async throws {
    let world = try await OperatedWorld()
    let early = try await world.run(["audit", "--env", "qa"])
    #expect(early.status == 64)
    #expect(early.errors.contains("no environment qa; there are: dev, stg, prd"))
    #expect(
      try await world.run(["dispatch", "shop@dev", "--ref", "main", "--yes"]).status == 0)
    // Without a configuration the log's own names are those that are known.
    let bare = ["CDTOP_CONFIG": "/nonexistent"]
    let unknown = try await world.run(["audit", "--env", "stg"], bare)
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("no environment stg; there are: dev"), "\(unknown.errors)")
    #expect(try await world.run(["audit", "--env", "dev"], bare).status == 0)
    let quiet = try await world.run(["audit", "--env", "stg"])
    #expect(quiet.status == 0)
    #expect(quiet.errors.contains("no such action"))
    let explicit = try await world.run(["audit", "--env", "dev", "--config", "/nonexistent"])
    #expect(explicit.status == 78)
  }

  @Test func aStateFolderThatCannotBeUsedIsSaid() async throws {
    let scratch = try Scratch()
    let fresh = try await Program.run(
      ["audit"], environment: ["XDG_STATE_HOME": scratch.path("no/")])
    #expect(fresh.status == 0)
    #expect(fresh.errors.contains("nothing has been done"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path("")).isEmpty)
    let file = try scratch.write("", "file")
    for place in [file, "/proc/nowhere"] {
      let result = try await Program.run(
        ["audit", "--json"], environment: ["XDG_STATE_HOME": place])
      #expect(result.status == 1, "\(place): \(result.output)\(result.errors)")
      #expect(result.errors.contains(place), "\(result.errors)")
      #expect(result.errors.contains("XDG_STATE_HOME"), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
  }
}
