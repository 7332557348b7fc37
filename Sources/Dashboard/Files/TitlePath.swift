import Canvas

/// Names from the general to the particular, as a line shows them.
struct TitlePath: Sendable, Equatable {
  var names: [String]
  var glyphs: GlyphSet

  init(_ names: [String], glyphs: GlyphSet) {
    self.names = names.map(PlainText.sanitized)
    self.glyphs = glyphs
  }

  /// All of them.
  var whole: String { joined(names) }

  /// As many as there is room for, the last ones first.
  func fitted(to width: Int) -> String {
    for count in names.indices {
      let text = joined(names[count...])
      if DisplayWidth.of(text) <= width { return text }
    }
    return names.last ?? ""
  }

  private func joined(_ names: some Sequence<String>) -> String {
    names.joined(separator: glyphs == .ascii ? " > " : " › ")
  }
}
