/// What to look for in a log.
package struct LogPattern: Sendable {
  /// The words, as typed.
  package let text: String
  /// Whether the words are a regular expression.
  package let isRegex: Bool
  /// What the log must mark a line as, where the words begin with such a mark; `nil` for any.
  let mark: LogLine.Kind?
  /// The pattern, ready to be matched.
  let compiled: CompiledPattern

  /// Makes a pattern; an upper-case letter in it makes it tell cases apart.
  ///
  /// What is shown is searched, and of a mark such as `##[error]` a word is shown. Who looks for the
  /// mark itself finds the lines that have it, by the word in its place and what follows it.
  ///
  /// - Throws: ``LogPatternError`` when the words are no regular expression, or none at all.
  package init(_ text: String, isRegex: Bool) throws(LogPatternError) {
    guard !text.isEmpty else {
      throw LogPatternError(message: "there is nothing to look for", position: 0)
    }
    self.text = text
    self.isRegex = isRegex
    guard let (mark, rest) = Self.mark(of: text, isRegex: isRegex) else {
      self.mark = nil
      compiled = try CompiledPattern(text, isRegex: isRegex)
      return
    }
    self.mark = mark
    compiled = try CompiledPattern(rest, isRegex: isRegex, after: mark.word)
  }
}

extension LogPattern {
  /// The mark that a pattern begins with, and what follows it.
  private static func mark(
    of text: String, isRegex: Bool
  ) -> (kind: LogLine.Kind, rest: String)? {
    for (word, kind) in marks {
      var forms = ["##[\(word)]"]
      if isRegex {
        let escaped = ["##\\[\(word)\\]", "##\\[\(word)]"]
        forms += escaped + escaped.map { "^\($0)" }
      }
      if let form = forms.first(where: text.hasPrefix) {
        return (kind, String(text.dropFirst(form.count)))
      }
    }
    return nil
  }

  /// Whether a line has the mark that the pattern wants, if it wants one.
  func fitsMark(of line: ShownLine) -> Bool {
    mark == nil || line.hasCommand && line.kind == mark
  }

  private static let marks: [(word: String, kind: LogLine.Kind)] = [
    ("error", .error), ("warning", .warning), ("notice", .notice), ("debug", .debug),
    ("group", .group), ("section", .section), ("command", .command),
  ]
}

extension LogPattern: Hashable {
  /// Whether both look for the same.
  package static func == (left: LogPattern, right: LogPattern) -> Bool {
    left.text == right.text && left.isRegex == right.isRegex
  }

  /// Hashes what is looked for.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(isRegex)
  }
}
