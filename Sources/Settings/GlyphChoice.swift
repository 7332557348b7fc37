/// With which characters the board draws its marks and lines.
package enum GlyphChoice: String, Sendable, Hashable, CaseIterable {
  /// Unicode where the locale says UTF-8, ASCII elsewhere.
  case auto
  /// Unicode.
  case unicode
  /// ASCII only.
  case ascii

  /// Whether to keep to ASCII, given the process's environment.
  ///
  /// POSIX asks `LC_ALL`, `LC_CTYPE` and `LANG` in this order, and takes the first that is not empty.
  package func isASCII(environment: [String: String]) -> Bool {
    switch self {
    case .unicode: return false
    case .ascii: return true
    case .auto:
      let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
        .compactMap { environment[$0] }
        .first { !$0.isEmpty }
      let charset = (locale ?? "").lowercased().filter { $0 != "-" }
      return !charset.contains("utf8")
    }
  }
}
