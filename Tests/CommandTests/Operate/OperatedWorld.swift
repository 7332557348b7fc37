import Foundation
import Testing

/// A simulated world whose changes are looked at.
final class OperatedWorld: Sendable {
  /// The world.
  let world: SimulatedWorld
  private let scratch: Scratch

  /// A request that asked for a change, as the simulator logged it.
  struct Change {
    var method: String
    var target: String
    var status: Int
    var body: NSObject?
  }

  /// Starts a world in which no run arrives by itself.
  init(_ scenario: String = "", speed: Int = 6) async throws {
    scratch = try Scratch()
    let file = try scratch.write("arrivals_per_hour: 0\n\(scenario)", "scenario.yaml")
    world = try await SimulatedWorld([
      "--seed", "7", "--speed", "\(speed)", "--scenario", file,
      "--request-log", scratch.path("requests"),
    ])
  }

  /// Runs the program in the world.
  func run(_ arguments: [String], _ extra: [String: String] = [:]) async throws -> Program.Result {
    try await world.run(arguments, extra)
  }

  /// The changes that were asked for so far.
  func changes() throws -> [Change] {
    try scratch.text("requests").split(separator: "\n").compactMap { line in
      let entry = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      guard entry["is_change"] as? Bool == true else { return nil }
      return Change(
        method: try #require(entry["method"] as? String),
        target: try #require(entry["target"] as? String),
        status: try #require(entry["status"] as? Int),
        body: entry["body"] as? NSObject)
    }
  }

  /// A request, as the simulator logged it.
  struct Request {
    var service: String
    var isCharged: Bool
  }

  /// The requests that were made so far.
  func requests() throws -> [Request] {
    try scratch.text("requests").split(separator: "\n").map { line in
      let entry = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return Request(
        service: entry["service"] as? String ?? "", isCharged: entry["is_charged"] as? Bool == true)
    }
  }

  /// Does something twice: first as a dry run, which must send nothing, then truly, which must send
  /// what the dry run has shown, once.
  /// - Returns: What was sent, and the outcome.
  func doing(_ arguments: [String]) async throws -> (change: Change, outcome: [String: Any]) {
    let before = try changes().count
    let dry = try await run(arguments + ["--dry-run", "--json"])
    #expect(dry.status == 0, "\(arguments): \(dry.errors)")
    #expect(try changes().count == before, "\(arguments): a dry run sent something")
    let report = try dry.json()
    #expect(report["outcome"] as? String == "dry_run")
    let requests = try #require(report["requests"] as? [[String: Any]])
    let planned = try #require(requests.first)
    #expect(requests.count == 1)

    let done = try await run(arguments + ["--json"])
    #expect(done.status == 0, "\(arguments): \(done.errors)")
    let sent = try changes().dropFirst(before)
    let change = try #require(sent.first, "\(arguments): nothing was sent")
    #expect(sent.count == 1, "\(arguments)")
    #expect((200..<300).contains(change.status), "\(arguments): \(change.status)")
    #expect(planned["method"] as? String == change.method)
    let url = try #require(planned["url"] as? String)
    let operation = planned["operation"] as? String
    if operation == nil { #expect(url.hasSuffix(change.target), "\(url) \(change.target)") }
    let body = try (planned["body"] as? String).map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSObject
    }
    #expect((body ?? nil) == Self.object(change.body), "\(arguments)")
    return (change, try done.json())
  }

  /// The runs that are there.
  func runs() async throws -> [[String: Any]] {
    let report = try await run(["runs", "--json"]).json()
    return (report["environments"] as? [[String: Any]] ?? []).flatMap { environment in
      (environment["runs"] as? [[String: Any]] ?? []).map { run in
        run.merging(["environment": environment["name"] ?? ""]) { _, new in new }
      }
    }
  }

  /// `nil` for JSON's `null` too.
  private static func object(_ value: NSObject?) -> NSObject? { value is NSNull ? nil : value }
}

extension [String: Any] {
  /// GitHub's id of a run.
  var id: Int { self["id"] as? Int ?? 0 }

  /// Whether the run is of a service and environment.
  func isOf(_ service: String, _ environment: String) -> Bool {
    self["service"] as? String == service && self["environment"] as? String == environment
  }

  /// Whether something of a kind was found of the run.
  func has(_ finding: String) -> Bool {
    (self["findings"] as? [[String: Any]] ?? []).contains { $0["kind"] as? String == finding }
  }
}
