/// A place in a text, as an operator names it.
enum PagerPlace: Sendable, Equatable {
  /// A line by its number, counted from 1.
  case line(Int)
  /// So many percent of the way.
  case percent(Int)

  /// What is said of a line that names no place.
  static let expectation = "type a line, such as 120, or a percentage, such as 50%"

  /// Reads a place; `nil` for anything else.
  init?(_ text: String) {
    let text = text.filter { !$0.isWhitespace && $0 != "," }
    if text.hasSuffix("%") {
      guard let number = Int(text.dropLast()), (0...100).contains(number) else { return nil }
      self = .percent(number)
    } else {
      guard let number = Int(text), number > 0 else { return nil }
      self = .line(number)
    }
  }
}
