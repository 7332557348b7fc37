/// A line that a screen asks for, typed in the footer.
struct Prompt: Sendable, Equatable {
  /// What stands before the line, such as `/`.
  var label: String
  /// The line.
  var field: TextField
  /// What to know, such as a number of hits or what is wrong with the line.
  var hint = ""
  /// Whether the hint says that something is wrong.
  var isWrong = false
}
