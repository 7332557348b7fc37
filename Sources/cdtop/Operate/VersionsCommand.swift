import ArgumentParser
import Deploys
import Foundation
import Operations

/// `cdtop versions`: what is live where.
struct VersionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "versions",
    abstract: "Show what is live of every service in every environment, and what goes on there.",
    discussion: """
      Live is what the last successful run of the workflow has deployed, with its age. - means that \
      none is known, ? that it could not be read; where no workflow deploys the service, nothing \
      is said. != stands before what is another commit than in the environment to the left, with \
      the side that was deployed earlier. After | stand the newest run that goes on and the newest \
      that has failed since. What is not certain is called so, with the reason on standard error. \
      Exit codes: 0 all right, 2 something could not be read, 64 usage, 78 configuration. \
      docs/json.md describes --json.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func run() async throws {
    let session = try await Session.open(options)
    try await session.closing {
      let versions = await session.operations.versions()
      Console.print(json ? try versions.json.text(isPretty: true) : versions.table)
      for failure in versions.failures {
        Console.complain(failure.message, remedy: failure.remedy)
      }
      for row in versions.rows {
        for cell in row.cells.compactMap(\.self) {
          for doubt in cell.doubts {
            Console.complain(
              "what is live of \(row.service) in \(cell.target.environment) is not certain: "
                + doubt,
              remedy: "Look at the runs of \(cell.target.workflowName) on GitHub.")
          }
        }
      }
      if !versions.failures.isEmpty { throw Exit.partial }
    }
  }
}

extension LiveVersions {
  /// One line a service, one column an environment.
  fileprivate var table: String {
    let services = Dictionary(grouping: rows, by: \.service)
    return TextTable(
      head: ["SERVICE"] + environments.map { $0.uppercased() },
      rows: rows.map { row in
        // Two repositories may have services of the same name.
        let isAlone = services[row.service]?.count == 1
        return [isAlone ? row.service : "\(row.service) (\(row.repository))"]
          + zip(row.cells, row.comparisons).map { cell, comparison in
            cell.map { $0.words(comparison, at: readAt) }
              ?? (unlisted[row.repository] == nil ? "" : "?")
          }
      }
    ).text
  }

  /// The form that `docs/json.md` documents.
  fileprivate var json: JSONValue {
    .object([
      "read_at": JSONValue(readAt),
      "environments": .array(environments.map { .string($0) }),
      "services": .array(
        rows.map { row in
          .object([
            "service": .string(row.service), "repository": .string(row.repository.description),
            "versions": .array(
              zip(row.cells, row.comparisons).compactMap { cell, comparison in
                cell?.json(comparison, environments)
              }),
          ])
        }),
      "unread": .array(
        failures.map { failure in
          let repository = unlisted.filter { $0.value == failure }.keys.min()
          return .object([
            "error": .string(failure.message), "remedy": .string(failure.remedy),
            "repository": JSONValue(repository?.description),
          ])
        }),
    ])
  }
}

extension LiveVersions.Row {
  /// How each environment compares with the one before it.
  fileprivate var comparisons: [LiveVersionComparison] {
    LiveVersionComparison.comparisons(along: cells.map { $0?.live })
  }
}

extension LiveVersions.Cell {
  private var version: LiveVersion? { live.value ?? nil }

  /// What is live, with its age and how it differs, and what goes on or has failed.
  fileprivate func words(_ comparison: LiveVersionComparison, at now: Date) -> String {
    var words = "-"
    if live.failure != nil {
      words = "?"
    } else if let version {
      let name = version.ref ?? "no tag, \(version.commit.prefix(7))"
      let order = comparison.isOlder.map { $0 ? ", older" : ", newer" } ?? ""
      let age = Self.age(version.deployedAt, at: now)
      let doubt = doubts.isEmpty ? "" : ", not certain"
      words = "\(comparison.differs ? "!= " : "")\(name) (\(age)\(order)\(doubt))"
      if let retry = version.retry { words += ", \(retry.words)" }
    }
    for run in [inFlight, failed].compactMap(\.self) {
      let since = run.isActive ? run.startedAt : run.updatedAt
      let ref = run.ref ?? String(run.headSHA.prefix(7))
      words += " | \(run.stateWords) #\(run.number) \(ref) (\(Self.age(since, at: now)))"
    }
    return words
  }

  private static func age(_ date: Date, at now: Date) -> String {
    Duration(from: date, to: now).shortText
  }

  fileprivate func json(
    _ comparison: LiveVersionComparison, _ environments: [String]
  ) -> JSONValue {
    .object([
      "environment": .string(target.environment), "workflow": .string(target.workflowName),
      "state": .string(live.failure != nil ? "unread" : version == nil ? "none" : "live"),
      "live": version?.json ?? .null, "error": JSONValue(live.failure?.message),
      "doubts": .array(doubts.map { .string($0) }),
      "in_flight": inFlight?.versionJSON ?? .null, "failed": failed?.versionJSON ?? .null,
      "compared_with": JSONValue(comparison.column.map { environments[$0] }),
      "differs": comparison.column == nil ? .null : .bool(comparison.differs),
      "is_older": comparison.isOlder.map(JSONValue.bool) ?? .null,
    ])
  }
}

extension WorkflowRun {
  /// How far it has come or how it has ended, in a word or two.
  fileprivate var stateWords: String {
    (conclusion?.rawValue ?? status.rawValue).replacing("_", with: " ")
  }

  /// A run that goes on or has failed, in the form that `docs/json.md` documents.
  fileprivate var versionJSON: JSONValue {
    .object([
      "run_id": .integer(key.id), "attempt": JSONValue(attempt), "number": JSONValue(number),
      "ref": JSONValue(ref), "sha": .string(headSHA), "actor": .string(actor),
      "state": .string(status.rawValue), "conclusion": JSONValue(conclusion?.rawValue),
      "started_at": JSONValue(startedAt),
      "updated_at": JSONValue(updatedAt), "url": .string(url),
    ])
  }
}
