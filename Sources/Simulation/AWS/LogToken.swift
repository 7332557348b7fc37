/// A place in a stream of events, as CloudWatch names it to clients, to whom it is opaque.
struct LogToken: Sendable, Hashable {
  var isForward: Bool
  var place: Int
  /// Whether it came with an empty page that was put in between.
  var isInserted = false

  init(isForward: Bool, place: Int, isInserted: Bool = false) {
    self.isForward = isForward
    self.place = place
    self.isInserted = isInserted
  }

  /// Reads a token; `nil` for one that nobody gave out.
  init?(_ text: String) {
    guard text.hasPrefix("f/") || text.hasPrefix("b/"), text.utf8.count == 58,
      let place = Int(text.dropFirst(3)), let mark = text.dropFirst(2).first,
      mark == "0" || mark == "1"
    else { return nil }
    self.init(isForward: text.hasPrefix("f/"), place: place, isInserted: mark == "1")
  }

  /// 56 digits behind the direction.
  var text: String {
    let digits = String(place)
    return "\(isForward ? "f" : "b")/\(isInserted ? "1" : "0")"
      + String(repeating: "0", count: 55 - digits.utf8.count) + digits
  }
}
