/// A piece of a row whose characters look alike.
package struct LogSpan: Sendable, Hashable {
  /// The text, harmless.
  package var text: String
  /// The columns that it takes.
  package var width: Int
  /// How it is meant to look.
  package var style: LogStyle
  /// Whether it fits what is looked for.
  package var isHit: Bool
  /// Whether it is the hit that the search stands at.
  package var isCurrentHit: Bool
}
