/// What a search looks for, and where.
struct LogQuery: Sendable, Hashable {
  /// What to look for; `nil` where the lines themselves are looked for.
  var pattern: LogPattern?
  /// What a line must fit to be searched at all; `nil` searches every line.
  var only: LogPattern?
  /// The part of the file to search.
  var bounds: Range<Int>
}
