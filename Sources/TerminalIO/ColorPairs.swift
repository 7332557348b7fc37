/// The numbers of the colour pairs in use, given out one after the other.
struct ColorPairs {
  /// A text colour and a background, by palette index; -1 is the terminal's own.
  struct Pair: Hashable {
    var foreground: Int
    var background: Int
  }

  private var numbers: [Pair: Int] = [:]
  private let limit: Int

  /// Makes a table for a terminal with so many pairs, pair 0 included.
  init(limit: Int) {
    // ncurses keeps the number of a pair in sixteen bits where it is asked through `init_pair`.
    self.limit = min(limit, Int(Int16.max))
  }

  /// The number of a pair; 0, the terminal's own colours, when no number is left.
  mutating func number(
    foreground: Int?, background: Int?, define: (Int, Pair) -> Bool
  ) -> Int {
    if foreground == nil, background == nil { return 0 }
    let pair = Pair(foreground: foreground ?? -1, background: background ?? -1)
    if let known = numbers[pair] { return known }
    let next = numbers.count + 1
    guard next < limit, define(next, pair) else { return 0 }
    numbers[pair] = next
    return next
  }
}
