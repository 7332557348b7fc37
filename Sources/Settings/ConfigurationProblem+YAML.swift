import Yams

extension ConfigurationProblem {
  /// Says what a YAML error means.
  ///
  /// The library's own description quotes the line, which may hold a secret; this one does not.
  init(_ error: any Error, in text: String, file: String) {
    self.init(file: file, problem: "not YAML", remedy: Self.syntaxRemedy)
    guard let error = error as? YamlError else { return }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      line = mark.line
      column = mark.column
      let words = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
      self.problem = "not YAML: \(words.shown(atMost: 200))"
      if problem.contains("tab") || text.line(mark.line).hasPrefix("\t") {
        remedy = "Indent with spaces; YAML does not allow tabs."
      }
    case .reader(let problem, let offset, _, let yaml):
      if let offset {
        let place = TextPlace(endOf: yaml.prefix(offset))
        line = place.line
        column = place.column
      }
      self.problem = "not YAML: \(problem.shown(atMost: 200))"
      remedy = "Take the character out; only text, spaces and line ends are allowed."
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.map { $0.shown() }
      key = names.first
      let first = context.mark
      let second = text.lineRepeating(key: duplicates.first ?? "", from: first)
      line = second ?? first.line
      column = first.column
      self.problem =
        names.count > 1
        ? "keys are written twice: \(names.joined(separator: ", "))"
        : second == nil ? "written twice" : "written twice; the first is on line \(first.line)"
      remedy = "Keep one of them."
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      break
    }
  }

  private static let syntaxRemedy =
    "Check the indentation, and quote text that begins with one of * & ! % @ { [ or holds `: `."
}

extension String {
  /// A line, counted from 1; empty where there is none.
  fileprivate func line(_ number: Int) -> Substring {
    let lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.indices.contains(number - 1) ? lines[number - 1] : ""
  }

  /// The next line below a mark that begins with the same key in the same column.
  ///
  /// The parser tells the first place only, and people look for the second.
  fileprivate func lineRepeating(key: String, from mark: Mark) -> Int? {
    let lines = split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated().dropFirst(mark.line) {
      let scalars = line.unicodeScalars
      let indent = String(scalars.prefix(mark.column - 1))
      let rest = String(scalars.dropFirst(mark.column - 1))
      if line.allSatisfy({ $0 == " " }) { continue }
      // A line further left ends the section.
      guard indent.allSatisfy({ $0 == " " }) else { return nil }
      if ["\(key):", "\"\(key)\":", "'\(key)':"].contains(where: { rest.hasPrefix($0) }) {
        return index + 1
      }
    }
    return nil
  }
}
