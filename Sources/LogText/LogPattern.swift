/// What to look for in a log.
package struct LogPattern: Sendable {
  /// The words, as typed.
  package let text: String
  /// Whether the words are a regular expression.
  package let isRegex: Bool
  /// The pattern, ready to be matched.
  let compiled: CompiledPattern

  /// Makes a pattern; an upper-case letter in it makes it tell cases apart.
  ///
  /// - Throws: ``LogPatternError`` when the words are no regular expression, or none at all.
  package init(_ text: String, isRegex: Bool) throws(LogPatternError) {
    guard !text.isEmpty else {
      throw LogPatternError(message: "there is nothing to look for", position: 0)
    }
    self.text = text
    self.isRegex = isRegex
    compiled = try CompiledPattern(text, isRegex: isRegex)
  }
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
