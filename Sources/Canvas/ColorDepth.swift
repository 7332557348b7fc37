/// How many colours a terminal shows.
package enum ColorDepth: Int, Sendable, CaseIterable, Comparable {
  /// None, or none are wanted (`NO_COLOR`).
  case none = 0
  /// The eight of ANSI.
  case eight = 8
  /// The eight and their bright twins.
  case sixteen = 16
  /// The palette of xterm.
  case indexed = 256

  /// Orders by the number of colours.
  package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }
}
