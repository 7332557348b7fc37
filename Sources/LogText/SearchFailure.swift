/// Why a search has ended without a result.
struct SearchFailure: Error {
  /// What is wrong, in words for a person.
  var message: String

  /// A pattern takes too many steps.
  static func steps(_ pattern: LogPattern?) -> SearchFailure {
    let text = pattern.map { " “\($0.text.prefix(40))”" } ?? ""
    return SearchFailure(
      message: "the pattern\(text) takes too long on this log: write it with fewer nested repeats")
  }
}
