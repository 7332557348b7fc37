/// The colours of xterm's palette: sixteen named ones, a cube of 216, and 24 greys.
enum XtermPalette {
  private static let named = [
    "#2e3440", "#e06c75", "#98c379", "#d19a66", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
    "#7f848e", "#f0858d", "#b5d99c", "#e5c07b", "#82c4ff", "#d7a1e7", "#7fd1db", "#ffffff",
  ]

  /// A colour as `#rrggbb`; an index outside of the palette counts as white.
  static func hex(_ index: Int) -> String {
    switch index {
    case 0..<16:
      return named[index]
    case 16..<232:
      let levels = [0, 95, 135, 175, 215, 255]
      let cube = index - 16
      return hex(levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    case 232..<256:
      let grey = 8 + 10 * (index - 232)
      return hex(grey, grey, grey)
    default:
      return "#ffffff"
    }
  }

  private static func hex(_ red: Int, _ green: Int, _ blue: Int) -> String {
    "#"
      + [red, green, blue].map { level in
        let digits = String(level, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }
}
