/// What one cell of a terminal can hold: a spacing character and the marks upon it.
///
/// Most characters are one unit. Some Indic ones are several: Unicode joins consonants into one
/// grapheme cluster, whereas terminals and ncurses give each consonant a cell of its own.
struct DisplayUnit: Hashable {
  /// The unit's text.
  var text: String
  /// The columns it takes: 0, 1 or 2.
  var width: Int

  /// Takes a character apart.
  static func units(of character: Character) -> [DisplayUnit] {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return [] }
    if scalars.index(after: scalars.startIndex) == scalars.endIndex {
      return [DisplayUnit(text: String(character), width: DisplayWidth.of(first))]
    }
    var units: [DisplayUnit] = []
    var text = String.UnicodeScalarView()
    var width = 0
    var base: Unicode.Scalar?
    var isJoined = false
    for scalar in scalars {
      let own = DisplayWidth.of(scalar)
      if scalar == DisplayWidth.emojiPresentation, base?.properties.isEmoji == true {
        width = 2
      } else if own > 0 {
        if let last = base, isJoined || DisplayWidth.isAbsorbed(scalar, by: last) {
          width = max(width, own)
        } else {
          if base != nil {
            units.append(DisplayUnit(text: String(text), width: width))
            text = String.UnicodeScalarView()
          }
          width = own
        }
        base = scalar
      }
      isJoined = scalar == DisplayWidth.joiner && base?.properties.isEmoji == true
      text.append(scalar)
    }
    units.append(DisplayUnit(text: String(text), width: width))
    return units
  }
}
