extension StringProtocol {
  /// The text made safe for a message: no control character, no invisible formatting, not too long.
  ///
  /// What a configuration file says may be somebody else's work, and a message goes to a terminal.
  /// No more than `limit` characters of it are shown, and nothing of an address on the web, for a
  /// webhook's is a secret.
  func shown(atMost limit: Int = 60) -> String {
    let lower = lowercased()
    if lower.contains("https://") || lower.contains("http://") { return "an address on the web" }
    var shown = ""
    for scalar in prefix(limit).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default:
        shown.unicodeScalars.append(scalar)
      }
    }
    return count > limit ? shown + "…" : shown
  }
}
