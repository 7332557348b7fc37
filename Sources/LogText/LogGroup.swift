/// Lines that belong together under a heading.
package struct LogGroup: Sendable, Hashable {
  /// Where its heading line begins.
  package var start: Int
  /// Where the first line after it begins; `nil` while no end has come.
  package var end: Int?
  /// The number of its heading line in the file, counted from 1.
  package var line: Int
  /// How many lines folding hides; `nil` while no end has come.
  package var hiddenLines: Int?
  /// The group that it stands in, by its index; -1 for none.
  var parent: Int32
  /// How many lines that are shown come before its heading.
  var shownBefore: Int
}
