import Foundation
import Testing

/// Other people's clients and servers, where they are installed.
@Suite(.serialized)
struct PeerTests {
  /// Finds a program in the path.
  static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  @Test(.enabled(if: find("gh") != nil, "gh is not installed"))
  func ghListsTheSameRuns() async throws {
    let world = try await SimulatedWorld(["--speed", "0.01"])
    let scratch = try Scratch()
    let gh = try #require(Self.find("gh"))
    let listed = try await Program.run(
      ["run", "list", "-R", "acme/shop", "--limit", "50", "--json", "databaseId,status"],
      executable: gh,
      environment: [
        "GH_HOST": "github.localhost", "HTTP_PROXY": "http://127.0.0.1:\(world.port)",
        "GH_TOKEN": "simulated-token",
        "GH_CONFIG_DIR": scratch.path("gh"),
      ])
    #expect(listed.status == 0, "\(listed.errors)")
    let theirs = try #require(
      try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [[String: Any]])
    let report = try await world.run(["runs", "--json"]).json()
    let ours = (report["environments"] as? [[String: Any]] ?? [])
      .flatMap { $0["runs"] as? [[String: Any]] ?? [] }
      .filter { $0["repository"] as? String == "acme/shop" }
      .compactMap { $0["id"] as? Int }
    let known = Set(theirs.compactMap { $0["databaseId"] as? Int })
    #expect(ours.count > 3)
    #expect(ours.filter { !known.contains($0) }.isEmpty)
  }

  @Test(.enabled(if: find("aws") != nil, "the AWS CLI is not installed"))
  func theAWSCommandLineIsAnswered() async throws {
    let world = try await SimulatedWorld()
    let aws = try #require(Self.find("aws"))
    let report = try await world.run(["runs", "--json"]).json()
    let jobs = (report["environments"] as? [[String: Any]] ?? [])
      .flatMap { $0["runs"] as? [[String: Any]] ?? [] }
      .flatMap { $0["jobs"] as? [[String: Any]] ?? [] }
    let runner = try #require(
      jobs.compactMap { $0["runner"] as? [String: Any] }.first { $0["build_id"] is String })
    let project = try #require(runner["project"] as? String)
    let account = try #require(runner["account"] as? String)
    let profile = "acme-\(project.split(separator: "-")[1])"
    func ask(_ arguments: [String]) async throws -> Program.Result {
      try await Program.run(
        ["--endpoint-url", "http://127.0.0.1:\(world.port)", "--profile", profile] + arguments,
        executable: aws,
        environment: world.environment.merging(
          ["AWS_DEFAULT_REGION": "ap-northeast-2", "HOME": "/tmp"]) { _, new in new })
    }
    let builds = try await ask(["codebuild", "list-builds-for-project", "--project-name", project])
    #expect(builds.output.contains(try #require(runner["build_id"] as? String)), "\(builds.errors)")
    let identity = try await ask(["sts", "get-caller-identity"])
    #expect(identity.output.contains(account), "\(identity.errors)")
  }
}
