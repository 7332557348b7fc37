/// What to look for in a log.
package struct LogPattern: Sendable, Hashable {
  /// The words, as typed.
  package var text: String
}
