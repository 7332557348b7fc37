package import Foundation

/// How the tags that deploy a service are named, such as `{service}-{environment}-{date}-{number}`.
package struct TagTemplate: Sendable, Hashable {
  /// The team's own form: `shop-dev-20261123-01`.
  package static let standard = TagTemplate(
    validated: "{service}-{environment}-{date}-{number}")

  /// The template as written.
  package let text: String

  private init(validated text: String) { self.text = text }

  /// Reads a template.
  ///
  /// `{number}` must stand in it once, for it tells two tags of a day apart; `{service}`,
  /// `{environment}` and `{date}` may stand in it. What is left must be fit for a tag's name
  /// (git-check-ref-format).
  /// - Returns: `nil` for anything else.
  package init?(_ text: String) {
    let filled = text.replacing("{service}", with: "s").replacing("{environment}", with: "e")
      .replacing("{date}", with: "20261123")
    guard filled.components(separatedBy: "{number}").count == 2,
      Self.isTagName(filled.replacing("{number}", with: "01"))
    else { return nil }
    self.text = text
  }

  /// The tag of a number on a day.
  package func name(service: String, environment: String, day: String, number: Int) -> String {
    beginning(service: service, environment: environment, day: day) + Self.digits(number)
      + ending(service: service, environment: environment, day: day)
  }

  /// What every tag of a day begins with, up to the number.
  package func beginning(service: String, environment: String, day: String) -> String {
    filled(service, environment, day).components(separatedBy: "{number}")[0]
  }

  /// What every tag of a service and environment begins with, up to the first part that changes.
  package func beginning(service: String, environment: String) -> String {
    let known = text.replacing("{service}", with: service)
      .replacing("{environment}", with: environment)
    return String(known.prefix { $0 != "{" })
  }

  /// The number of a tag; `nil` where it is no tag of this service, environment and day.
  package func number(of tag: String, service: String, environment: String, day: String) -> Int? {
    let start = beginning(service: service, environment: environment, day: day)
    let end = ending(service: service, environment: environment, day: day)
    guard tag.count > start.count + end.count, tag.hasPrefix(start), tag.hasSuffix(end)
    else { return nil }
    let digits = tag.dropFirst(start.count).dropLast(end.count)
    guard digits.count <= 9, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(digits)
  }

  /// The first number of a day that no tag has and that lies above all that are taken.
  package func nextNumber(
    after tags: some Sequence<String>, service: String, environment: String, day: String
  ) -> Int {
    let taken = tags.compactMap {
      number(of: $0, service: service, environment: environment, day: day)
    }
    return (taken.max() ?? 0) + 1
  }

  /// Whether a tag is one of a service and environment, whatever its day.
  package func isTag(_ tag: String, service: String, environment: String) -> Bool {
    let start = beginning(service: service, environment: environment)
    guard tag.hasPrefix(start) else { return false }
    let pattern = text.replacing("{service}", with: service)
      .replacing("{environment}", with: environment)
    return Self.fits(tag[...], pattern[...])
  }

  /// A day as tags write it, `YYYYMMDD`, in a time zone.
  package static func day(_ date: Date, in zone: TimeZone) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    func padded(_ number: Int?, _ count: Int) -> String {
      let digits = "\(number ?? 0)"
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    return padded(parts.year, 4) + padded(parts.month, 2) + padded(parts.day, 2)
  }

  private func filled(_ service: String, _ environment: String, _ day: String) -> String {
    text.replacing("{service}", with: service).replacing("{environment}", with: environment)
      .replacing("{date}", with: day)
  }

  private func ending(service: String, environment: String, day: String) -> String {
    filled(service, environment, day).components(separatedBy: "{number}")[1]
  }

  private static func digits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  private static func fits(_ tag: Substring, _ pattern: Substring) -> Bool {
    for (word, count) in [("{date}", 8...8), ("{number}", 1...9)] where pattern.hasPrefix(word) {
      let digits = tag.prefix { $0.isASCII && $0.isNumber }
      return count.contains { length in
        length <= digits.count
          && fits(tag.dropFirst(length), pattern.dropFirst(word.count))
      }
    }
    guard let expected = pattern.first else { return tag.isEmpty }
    guard let found = tag.first, found == expected else { return false }
    return fits(tag.dropFirst(), pattern.dropFirst())
  }

  /// Whether a text can be a tag's name.
  ///
  /// Source: git-check-ref-format(1).
  package static func isTagName(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 200, text != "@", !text.hasPrefix("-"),
      !text.hasSuffix("/"), !text.hasSuffix("."), !text.contains(".."), !text.contains("//"),
      !text.contains("@{")
    else { return false }
    let isClean = text.unicodeScalars.allSatisfy {
      $0.value > 0x20 && $0.value != 0x7F && !"~^:?*[\\{}".unicodeScalars.contains($0)
    }
    return isClean
      && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock")
      }
  }
}
