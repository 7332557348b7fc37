/// Guesses what a mistyped word was meant to be.
enum Suggestion {
  /// The nearest candidate; `nil` where none is near enough to be a likely slip.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let plain = normalised(word)
    if let same = candidates.first(where: { normalised($0) == plain }) { return same }
    let limit = max(1, min(3, word.count / 3))
    return candidates.map { (distance(plain, normalised($0)), $0) }
      .filter { $0.0 <= limit }
      .min { $0.0 < $1.0 }?.1
  }

  /// How many single changes make one word of the other; swapped neighbours are one change.
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left)
    let b = Array(right)
    var older: [Int] = []
    var previous = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let isSame = a[i] == b[j]
        var best = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (isSame ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, older[j - 1] + 1) }
        row.append(best)
      }
      older = previous
      previous = row
    }
    return previous[b.count]
  }

  /// Without the marks by which people join words: `apiUrl`, `api-url` and `api_url` are one.
  private static func normalised(_ word: String) -> String {
    word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }
}
