import ArgumentParser
import Dashboard
import Foundation
import Settings

/// `cdtop docs`: writes the pages that are generated from the tables in the program.
struct DocsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs", abstract: "Write the generated pages of the documentation.",
    shouldDisplay: false)

  @Argument(help: "The folder to write into.")
  var folder: String

  @Flag(name: .long, help: "Write nothing; fail where a page is not as it would be written.")
  var check = false

  func run() throws {
    let pages = [
      "keys.md": KeyReference.markdown(), "configuration.md": Configuration.reference(),
    ]
    var stale: [String] = []
    for (name, text) in pages.sorted(by: { $0.key < $1.key }) {
      let url = URL(filePath: folder).appending(path: name)
      if check {
        if (try? String(contentsOf: url, encoding: .utf8)) != text { stale.append(name) }
      } else {
        do {
          try text.write(to: url, atomically: true, encoding: .utf8)
        } catch {
          throw Console.failure("cannot write \(name): \(error.localizedDescription)")
        }
      }
    }
    guard stale.isEmpty else {
      throw Console.failure(
        "not as generated: \(stale.joined(separator: ", "))",
        remedy: "Run `swift run cdtop docs docs` and commit what it writes.")
    }
  }
}
