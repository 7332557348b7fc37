import Deploys
import Foundation
import Testing

@testable import Settings

@Suite("The table of keys")
struct ConfigurationTableTests {
  @Test("has every path once, and every section before its keys")
  func paths() {
    var seen: Set<String> = [""]
    for key in ConfigurationKey.all {
      #expect(!seen.contains(key.path), "\(key.path) is there twice")
      #expect(seen.contains(key.parent), "\(key.path) has no section before it")
      seen.insert(key.path)
      seen.insert(key.inside)
    }
  }

  @Test("explains every key", arguments: ConfigurationKey.all)
  func words(key: ConfigurationKey) {
    #expect(key.summary.hasSuffix("."))
    let isSection = key.kind == .section || key.kind == .sections
    if !isSection { #expect((key.standard == nil) == (key.presence == .required)) }
    #expect(key.example.isEmpty == isSection)
  }

  @Test("gives an example that is accepted as it stands")
  func example() throws {
    let text = Configuration.commentedExample()
    let configuration = try ConfigurationFile.parse(text, file: "example")
    #expect(configuration.recent == Configuration.Standard.recent)
    #expect(configuration.environments.map(\.aws?.profile) == ["acme-dev"])
    #expect(!text.split(separator: "\n").contains { $0.count > 100 || $0.hasSuffix(" ") })
  }

  @Test("gives an example that is accepted with every key switched on, and changes every default")
  func exampleSwitchedOn() throws {
    let text = Configuration.commentedExample()
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in line.replacing(/^(\s*)#(\w)/) { "\($0.1)\($0.2)" } }
      .joined(separator: "\n")
    let configuration = try ConfigurationFile.parse(text, file: "example")
    let environment = try #require(configuration.environments.first)

    #expect(configuration.recent == 20)
    #expect(configuration.glyphs == .ascii)
    #expect(configuration.refresh == .seconds(5))
    #expect(configuration.idle == .seconds(60))
    #expect(configuration.noRunnerAfter == .seconds(300))
    #expect(environment.isProtected)
    #expect(environment.marker != .standard)
    #expect(environment.tag != .standard)
    #expect(configuration.isReadOnly)
    #expect(environment.readOnlyReason != nil)
    #expect(configuration.timeZone?.identifier == "Asia/Seoul")
    #expect(!configuration.notices.rings)
    #expect(!configuration.notices.showsOnDesktop)
    #expect(configuration.notices.command == ["notify-deploys", "--quiet"])
    #expect(configuration.notices.webhookVariable == "CDTOP_SLACK_WEBHOOK")
    #expect(environment.aws?.roleARN == "arn:aws:iam::111122223333:role/cdtop-read")
    #expect(environment.aws?.endpoint == "http://127.0.0.1:8080")
    for key in ConfigurationKey.all {
      let name = "\(key.name):"
      #expect(text.contains(" \(name)") || text.contains("\n\(name)"), "\(key.path) is not shown")
    }
  }

  @Test("makes the checked-in reference")
  func reference() throws {
    let file = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/configuration.md")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(Configuration.reference().utf8).write(to: file)
    }
    let checkedIn = try String(contentsOf: file, encoding: .utf8)
    let isSame = checkedIn == Configuration.reference()
    #expect(isSame, "docs/configuration.md is out of date; run the tests with RECORD_SNAPSHOTS=1")
  }
}

@Suite("Suggestions")
struct SuggestionTests {
  @Test(
    "find the likely slip",
    arguments: [
      ("regoin", "region"), ("Region", "region"), ("apiUrl", "api_url"), ("api-url", "api_url"),
      ("repository", "repositories"), ("x", nil), ("colour", nil), ("profil", "profile"),
    ])
  func nearest(word: String, expected: String?) {
    let candidates = ["profile", "region", "role_arn", "api_url", "repositories"]
    #expect(Suggestion.nearest(to: word, among: candidates) == expected)
  }

  @Test(
    "count single changes, and swapped neighbours as one",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "acb", 1),
      ("kitten", "sitting", 3),
    ])
  func distance(left: String, right: String, expected: Int) {
    #expect(Suggestion.distance(left, right) == expected)
  }
}
