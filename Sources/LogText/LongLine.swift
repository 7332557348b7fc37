/// What was learned about a line that is too long to be read anew each time.
struct LongLine: Sendable, Hashable {
  var line: ShownLine
  /// The width that the line was broken at; `nil` where it was not.
  var width: Int?
  /// Places in the line, in order, from each of which it can be read on; the first is its start.
  var places: [LinePlace]
  /// The row and column after the last character; `nil` while that is not known.
  var end: LinePlace?

  init(line: ShownLine, width: Int?) {
    self.line = line
    self.width = width
    places = [LinePlace(raw: line.text.lowerBound)]
  }

  /// The last known place before a target.
  func place(toward target: LineWalker.Target) -> LinePlace {
    places[max(0, places.partition { target.isAfter($0) } - 1)]
  }
}
