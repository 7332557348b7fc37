import Canvas

extension String {
  /// The text cut to so many columns by leaving out its middle, for names often differ at their
  /// ends.
  func clippedInMiddle(to columns: Int, glyphs: GlyphSet) -> String {
    guard DisplayWidth.of(self) > columns else { return self }
    let room = columns - DisplayWidth.of(glyphs.ellipsis)
    guard room >= 2 else { return DisplayWidth.prefix(self, fitting: max(0, columns)).text }
    var end = endIndex
    var taken = 0
    while end > startIndex {
      let before = index(before: end)
      let width = DisplayWidth.of(self[before])
      guard taken + width <= room / 2 else { break }
      taken += width
      end = before
    }
    let head = DisplayWidth.prefix(self, fitting: room - taken).text
    return head + glyphs.ellipsis + self[end...]
  }
}
