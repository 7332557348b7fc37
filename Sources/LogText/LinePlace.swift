/// A place in a line, and on which row and column of the line it is drawn.
struct LinePlace: Sendable, Hashable {
  /// The offset in the file.
  var raw: Int
  /// What the escape sequences before it have set.
  var state: GraphicState = .plain
  /// The row, counted from 0; always 0 in a line that is not broken.
  var row = 0
  /// The column on the row; on a full row the room's width, so that what follows begins the next.
  var column = 0
}
