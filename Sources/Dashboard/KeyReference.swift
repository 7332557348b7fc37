import Canvas

/// The keys as a document, written from the table of commands.
package enum KeyReference {
  /// The text of `docs/keys.md`.
  package static func markdown() -> String {
    var lines = [
      "# Keys", "",
      "This page is written from the table of commands in `Sources/Dashboard`; `?` shows the same "
        + "table in the program.",
      "A key that cannot be used says why in the bottom line.",
      "`/` filters while you type; `n` and `N` go through the deploys that have its words, whether "
        + "or not the filter is still on.",
      "`ctrl-r` only ever refreshes.",
    ]
    for focus in Focus.allCases {
      lines += ["", "## \(focus.title)", "", "| key | does |", "|---|---|"]
      for command in Command.allCases {
        let keys = command.keys(in: focus)
        guard !keys.isEmpty else { continue }
        let names = compact(keys).map { "`\($0)`" }.joined(separator: ", ")
        lines.append("| \(names) | \(command.entry.summary) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Keys for people, ten digits as one.
  static func keyText(_ keys: [Key]) -> String { compact(keys).joined(separator: " ") }

  private static func compact(_ keys: [Key]) -> [String] {
    let names = keys.map(\.description)
    let digits = names.filter { $0.count == 1 && $0.first?.isNumber == true }
    guard digits.count > 2, let first = digits.first, let last = digits.last else { return names }
    return names.filter { !digits.contains($0) } + ["\(first)-\(last)"]
  }
}
