import Foundation

/// What was typed to narrow a list, and how well a text fits it.
///
/// Every word must be found; a word is found also where its letters stand in a text in order, with
/// others between them. Case does not count.
struct FuzzyPattern: Sendable, Equatable {
  private let words: [[Unicode.Scalar]]

  init(_ typed: String) {
    words = typed.split(separator: " ").map { Self.folded(String($0)) }
  }

  /// How far each word is from the nearest text of each group; `nil` where none of it fits.
  func distances(in groups: [[[Unicode.Scalar]]]) -> [[Int?]] {
    words.map { word in
      groups.map { texts in texts.compactMap { Self.distance(of: word, from: $0) }.min() }
    }
  }

  var isEmpty: Bool { words.isEmpty }

  /// A text as it is compared: composed and without case.
  static func folded(_ text: String) -> [Unicode.Scalar] {
    Array(text.precomposedStringWithCanonicalMapping.lowercased().unicodeScalars)
  }

  /// How far a text is from what was typed, 0 for the same; `nil` where it does not fit.
  func distance(from text: [Unicode.Scalar]) -> Int? {
    var sum = 0
    for word in words {
      guard let distance = Self.distance(of: word, from: text) else { return nil }
      sum += distance
    }
    return sum
  }

  private static func distance(of word: [Unicode.Scalar], from text: [Unicode.Scalar]) -> Int? {
    guard word.count <= text.count else { return nil }
    if word == text { return 0 }
    if text.starts(with: word) { return 1 }
    var place: Int?
    for start in 1..<max(1, text.count - word.count + 1)
    where text[start] == word[0] && text[start..<(start + word.count)].elementsEqual(word) {
      if !isLetter(text[start - 1]) { return 2 }
      place = start
    }
    if place != nil { return 3 }
    var rest = word[...]
    for scalar in text where scalar == rest.first {
      rest = rest.dropFirst()
      if rest.isEmpty { return 4 }
    }
    return nil
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }
}
