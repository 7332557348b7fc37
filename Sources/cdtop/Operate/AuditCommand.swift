import ArgumentParser
import Deploys
import Foundation
import Settings
import Store

/// `cdtop audit`: who did what, when, and with what result.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "List who did what from here, when, to which run, and with what result.",
    discussion: """
      Reads the audit log, cdtop/cdtop.sqlite in XDG_STATE_HOME (else in ~/.local/state), and asks \
      no server; it needs neither a configuration nor a token. --run finds what was done to a run, in \
      any attempt, and what made it. An action without outcome may or \
      may not have been done: its process was ended before it could write down what came of it. \
      Look, and then --acknowledge it, so that nobody is warned of it any more. \
      Exit codes: 0 all right, 1 the log cannot be read, or there is nothing to acknowledge, \
      64 usage, 78 the file of --config cannot be used. docs/json.md describes --json.
      """)

  @OptionGroup var options: ConfigurationOptions

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

  @Option(name: .long, help: ArgumentHelp("Only on this run.", valueName: "id|url"))
  var run: RunWord?

  @Flag(name: .long, help: "Only those that ended without an outcome and were not acknowledged.")
  var unfinished = false

  @Option(
    name: .long, parsing: .upToNextOption,
    help: "Say of these actions, by their ids, that somebody has looked what came of them.")
  var acknowledge: [Int64] = []

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit \(limit): it is at least 1") }
    if !acknowledge.isEmpty, unfinished || environment != nil || since != nil || run != nil || json
    {
      throw ValidationError("--acknowledge stands alone")
    }
  }

  func run() async throws {
    do {
      guard let log = try Self.log() else {
        if !acknowledge.isEmpty { throw Console.failure("there is no audit log yet") }
        try checkEnvironment(in: [])
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
    let path = try Keeping.path(ProcessInfo.processInfo.environment)
    guard try StateDatabase.exists(at: path) else { return nil }
    return try StateDatabase.open(at: path).audit
  }

  private func list(_ log: AuditLog) throws {
    let open = try log.unfinished()
    if environment != nil {
      try checkEnvironment(in: try log.entries().compactMap(\.intent.environment))
    }
    let all =
      unfinished
      ? open
      : try log.entries(
        matching: AuditFilter(
          limit: run == nil ? limit : nil, environment: environment, since: since?.date))
    let entries = Array(all.lazy.filter(isMeant).prefix(limit))
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

  private func isMeant(_ entry: AuditEntry) -> Bool {
    (environment == nil || entry.intent.environment == environment)
      && since.map { entry.startedAt >= $0.date } != false
      && run.map { entry.concerns($0) } != false
  }

  /// Refuses an environment that neither the configuration nor the log knows.
  ///
  /// The log is read without a configuration, too; then only its own names are known.
  /// - Throws: A validation error that lists the names.
  private func checkEnvironment(in log: [String]) throws {
    guard let environment else { return }
    let variables = ProcessInfo.processInfo.environment
    let configuration =
      options.config == nil
      ? try? ConfigurationFile.load(
        ConfigurationFile.locate(explicit: nil, environment: variables))
      : try Session.configuration(options, environment: variables)
    var names = configuration?.environments.map(\.name) ?? []
    for name in log.reversed() where !names.contains(name) { names.append(name) }
    guard !names.isEmpty, !names.contains(environment) else { return }
    throw ValidationError(
      "no environment \(environment); there are: \(names.joined(separator: ", "))")
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

  /// A run by its id or its page.
  struct RunWord: ExpressibleByArgument {
    /// Its id.
    var id: Int64
    /// Its repository; `nil` where only the id is given.
    var repository: RepositoryName?

    init?(argument: String) {
      if let key = RunAddress(argument)?.key {
        id = key.id
        repository = key.repository
      } else if let id = Int64(argument), id > 0 {
        self.id = id
      } else {
        return nil
      }
    }
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

extension AuditEntry {
  /// Whether it was done to a run, in any attempt, or has made it.
  fileprivate func concerns(_ run: AuditCommand.RunWord) -> Bool {
    func isMeant(_ id: Int64, _ repository: RepositoryName?) -> Bool {
      id == run.id && (run.repository == nil || repository == run.repository)
    }
    if case .run(let id, _, _) = intent.target, isMeant(id, intent.repository) { return true }
    guard case .done(_, let made?) = outcome else { return false }
    return isMeant(made.id, made.repository)
  }
}
