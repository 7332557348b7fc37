import Foundation
import Testing

/// What a program that reads JSON is told where nothing comes of a change.
@Suite(.serialized)
struct RefusalTests {
  /// A command that is refused.
  private struct Refused {
    var arguments: [String]
    var status: Int32 = 1
    var words: [String]
    var extra: [String: String] = [:]
  }

  private static let common = [
    "outcome", "message", "remedy", "environment", "repository", "run_id", "url", "requests",
  ]

  private static let special = [
    "dispatch": ["ref"], "approve": ["github_environments"], "stop-build": ["build_id"],
    "tag": [
      "tag", "commit", "source", "live", "warnings", "commits_ahead", "commits_behind", "commits",
    ],
  ]

  @Test func isOneObjectWhateverTheReason() async throws {
    let world = try await OperatedWorld()
    let shop = ["dispatch", "shop@dev", "--ref", "main"]
    let all: [Refused] = [
      Refused(arguments: shop, words: ["nobody to ask", "--yes"]),
      Refused(arguments: ["dispatch", "shop@prd", "--yes"], words: ["prd is protected"]),
      Refused(arguments: shop + ["--yes", "--read-only"], words: ["--read-only was given"]),
      Refused(
        arguments: shop + ["--yes"], words: ["written"],
        extra: ["XDG_STATE_HOME": "/proc/nowhere"]),
      Refused(arguments: shop + ["--confirm", "prd"], words: ["--confirm prd"]),
      Refused(arguments: ["dispatch", "shop@qa"], status: 64, words: ["no environment qa"]),
      Refused(arguments: ["dispatch", "nothing@dev"], words: ["no workflow nothing@dev"]),
      Refused(arguments: shop + ["-f", "wrong"], status: 64, words: ["-f wrong"]),
      Refused(arguments: shop + ["--no-such"], status: 64, words: ["--no-such"]),
      Refused(arguments: ["tag", "shop@stg", "--from", "gone"], words: ["gone"]),
      Refused(arguments: ["tag", "shop"], status: 64, words: ["SERVICE@ENV"]),
      Refused(arguments: ["retry", "12345"], words: ["no run 12345"]),
      Refused(arguments: ["retry"], status: 64, words: ["<run>"]),
      Refused(arguments: ["approve", "nonsense"], status: 64, words: ["nonsense"]),
      Refused(arguments: ["stop-build", "no:1", "--env", "dev"], words: ["no"]),
      Refused(
        arguments: ["cancel", "1", "--config", "/nonexistent"], status: 78,
        words: ["/nonexistent"]),
      Refused(
        arguments: ["cancel", "1"], status: 78, words: ["GITHUB_TOKEN"],
        extra: ["GITHUB_TOKEN": ""]),
    ]
    for one in all {
      let result = try await world.run(one.arguments + ["--json"], one.extra)
      #expect(result.status == one.status, "\(one.arguments): \(result.errors)")
      #expect(!result.errors.isEmpty)
      let answer = try result.json()
      #expect(answer["outcome"] as? String == "refused")
      let said = "\(answer["message"] ?? "") \(answer["remedy"] ?? "")"
      for word in one.words { #expect(said.contains(word), "\(one.arguments): \(said)") }
      #expect((answer["requests"] as? [Any])?.isEmpty == true, "\(one.arguments)")
      let name = try #require(one.arguments.first)
      for key in Self.common + (Self.special[name] ?? []) {
        #expect(answer[key] != nil, "\(one.arguments): \(key)")
      }
    }
    let known = try await world.run(shop + ["--json"]).json()
    #expect(known["environment"] as? String == "dev")
    #expect(known["repository"] as? String == "acme/shop")
    #expect(known["ref"] as? String == "main")
    #expect(try world.changes().isEmpty)
  }

  @Test func everyWrongInputOfADispatchIsNamedAtOnce() async throws {
    let world = try await OperatedWorld()
    let result = try await world.run([
      "dispatch", "shop@dev", "--ref", "main", "-f", "no_such=1", "-f", "timeout=soon", "-f",
      "nor_this=2", "-f", "log_level=loud", "--yes", "--json",
    ])
    #expect(result.status == 1)
    let answer = try result.json()
    let message = try #require(answer["message"] as? String)
    for word in ["no_such, nor_this", "input timeout: ", "input log_level: "] {
      #expect(message.contains(word), "\(message)")
      #expect(result.errors.contains(word), "\(result.errors)")
    }
    #expect(result.errors.contains("It has: version, log_level"))
    #expect(result.errors.contains("Give -f timeout=…"))
    #expect(answer["environment"] as? String == "dev")
    #expect(answer["ref"] as? String == "main")
    let unreadable = try await world.run(["dispatch", "shop@dev", "-f", "a", "-f", "=b"])
    #expect(unreadable.status == 64)
    #expect(unreadable.errors.contains("-f a, -f =b"))
  }

  @Test func aTextThatNamesAProtectedEnvironmentAsksForItsName() async throws {
    let world = try await OperatedWorld()
    let dispatch = ["dispatch", "shop@dev", "--ref", "main", "--yes", "-f"]
    let refused = try await world.run(dispatch + ["version=PRD"])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("--confirm prd"), "\(refused.errors)")
    #expect(try world.changes().isEmpty)
    let free = try await world.run(dispatch + ["version=prd-1"])
    #expect(free.status == 0, "\(free.errors)")
    let named = try await world.run(dispatch + ["version=prd", "--confirm", "prd"])
    #expect(named.status == 0, "\(named.errors)")
    #expect(try world.changes().count == 2)
  }

  @Test func aBuildIsStoppedAfterReadingWhatConcernsItAlone() async throws {
    let world = try await OperatedWorld()
    let idle = try #require(try await world.runs().first { $0.has("idle_build") })
    let build = try #require(
      (idle["jobs"] as? [[String: Any]])?.compactMap { job in
        (job["runner"] as? [String: Any])?["build_id"] as? String
      }.first)
    let place = try #require(idle["environment"] as? String)
    let before = try world.requests()
    let shown = try await world.run(["stop-build", build, "--env", place, "--dry-run"])
    #expect(shown.status == 0, "\(shown.errors)")
    let number = try #require(idle["number"] as? Int)
    #expect(shown.errors.contains("started for #\(number) "), "\(shown.errors)")
    let asked = try world.requests().dropFirst(before.count)
    #expect(!asked.contains { $0.service == "s3" })
    #expect(asked.count { $0.isCharged } < 40, "\(asked.count { $0.isCharged })")
  }
}
