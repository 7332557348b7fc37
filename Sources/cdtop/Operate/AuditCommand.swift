import ArgumentParser
import Deploys
import Foundation
import Store

/// `cdtop audit`: who did what, when, and with what result.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "List who did what from here, when, to which run, and with what result.",
    discussion: """
      Reads the audit log, cdtop/cdtop.sqlite in XDG_STATE_HOME (else in ~/.local/state), and asks \
      no server; it needs neither a configuration nor a token. An action without outcome may or \
      may not have been done: its process was ended before it could write down what came of it. \
      Look, and then --acknowledge it, so that nobody is warned of it any more. \
      Exit codes: 0 all right, 1 the log cannot be read, or there is nothing to acknowledge, \
      64 usage. docs/json.md describes --json.
      """)

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  @Option(name: .long, help: "At most so many, the newest.")
  var limit = 50

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only from this time on: 2026-11-23, 2026-11-23T09:00:00Z, or an age such as 90m, 24h, 7d.",
      valueName: "time"))
  var since: Moment?

  @Option(
    name: .customLong("env"), help: ArgumentHelp("Only on this environment.", valueName: "name"))
  var environment: String?

  @Flag(name: .long, help: "Only those that ended without an outcome and were not acknowledged.")
  var unfinished = false

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Say of these actions, by their ids, that somebody has looked what came of them.")
  var acknowledge: [Int64] = []

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit \(limit): it is at least 1") }
    if !acknowledge.isEmpty, unfinished || environment != nil || since != nil || json {
      throw ValidationError("--acknowledge stands alone")
    }
  }

  func run() async throws {
    do {
      guard let log = try Self.log() else {
        if !acknowledge.isEmpty { throw Console.failure("there is no audit log yet") }
        if json { Console.print("[]") }
        Console.complain("nothing has been done from here yet: there is no audit log")
        return
      }
      if acknowledge.isEmpty { try list(log) } else { try acknowledge(in: log) }
    } catch let error as StoreError {
      throw Console.failure(error.message, remedy: error.remedy)
    }
  }

  /// The log; `nil` where there is none, for looking makes none.
  private static func log() throws(StoreError) -> AuditLog? {
    let path = Keeping.path(ProcessInfo.processInfo.environment)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try StateDatabase.open(at: path).audit
  }

  private func list(_ log: AuditLog) throws {
    let open = try log.unfinished()
    let entries: [AuditEntry]
    if unfinished {
      entries = Array(
        open.filter { entry in
          (environment == nil || entry.intent.environment == environment)
            && since.map { entry.startedAt >= $0.date } != false
        }.prefix(limit))
    } else {
      entries = try log.entries(
        matching: AuditFilter(limit: limit, environment: environment, since: since?.date))
    }
    let report = AuditReport(entries: entries, unfinished: Set(open.map(\.id)), here: .current())
    if json {
      Console.print(try report.json.text(isPretty: true))
    } else if entries.isEmpty {
      Console.complain(
        unfinished ? "no action ended without an outcome" : "the audit log has no such action")
    } else {
      Console.print(report.table)
    }
    if !unfinished { report.warn(of: open) }
  }

  private func acknowledge(in log: AuditLog) throws {
    let ids = acknowledge.map { AuditID(rawValue: $0) }
    let open = Set(try log.unfinished().map(\.id))
    for id in ids where !open.contains(id) {
      throw Console.failure(
        "action \(id) is not one that ended without an outcome: nothing was acknowledged",
        remedy: open.isEmpty
          ? "There is none." : "`cdtop audit --unfinished` shows which there are.")
    }
    try log.acknowledge(ids)
    Console.print("acknowledged \(ids.map(\.description).joined(separator: ", "))")
  }

  /// A time that is written out, or as an age.
  struct Moment: ExpressibleByArgument {
    /// The time.
    var date: Date

    init?(argument: String) {
      self.init(argument, now: Date())
    }

    init?(_ text: String, now: Date) {
      let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
      if let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count >= 0 {
        date = now - Double(count) * unit
        return
      }
      let day = Date.ISO8601FormatStyle(timeZone: .current).year().month().day()
      if let moment = try? Date(text, strategy: .iso8601) {
        date = moment
      } else if text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil,
        let start = try? Date(text, strategy: day)
      {
        date = start
      } else {
        return nil
      }
    }
  }
}
