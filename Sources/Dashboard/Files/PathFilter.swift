/// Words that a path must have, all of them and anywhere.
struct PathFilter: Sendable, Equatable {
  private var words: [String]

  init(_ text: String) {
    words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
  }

  var isEmpty: Bool { words.isEmpty }

  func matches(_ path: String) -> Bool {
    guard !words.isEmpty else { return true }
    let path = path.lowercased()
    return words.allSatisfy { path.contains($0) }
  }
}
