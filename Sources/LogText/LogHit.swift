/// A place in a log that fits what was looked for.
package struct LogHit: Sendable, Hashable {
  /// Its bytes.
  package var range: Range<Int>
  /// Where its line begins.
  package var line: Int
  /// Whether the search went past an end of the log and began anew at the other.
  package var hasWrapped: Bool = false
}
