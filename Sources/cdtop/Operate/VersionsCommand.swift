import ArgumentParser
import Deploys
import Foundation
import Operations

/// `cdtop versions`: what is live where.
struct VersionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "versions",
    abstract: "Show what is live of every service in every environment, and its age.",
    discussion: """
      Live is what the last successful run of the workflow has deployed. - means that none is \
      known, ? that it could not be read; where no workflow deploys the service, nothing is said. \
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
          + row.cells.map { cell in
            guard let cell else { return "" }
            if cell.live.failure != nil { return "?" }
            guard let live = cell.live.value ?? nil else { return "-" }
            let age = Duration(from: live.deployedAt, to: readAt).shortText
            return "\(live.ref ?? String(live.commit.prefix(7))) (\(age))"
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
            "versions": .array(row.cells.compactMap { $0?.json }),
          ])
        }),
      "unread": .array(
        failures.map {
          .object(["error": .string($0.message), "remedy": .string($0.remedy)])
        }),
    ])
  }
}

extension LiveVersions.Cell {
  fileprivate var json: JSONValue {
    .object([
      "environment": .string(target.environment), "workflow": .string(target.workflowName),
      "live": (live.value ?? nil)?.json ?? .null, "error": JSONValue(live.failure?.message),
    ])
  }
}
