/// Text from a server made fit for a message.
enum PlainText {
  /// The start of a text on one line, without characters that steer a terminal or hide.
  static func excerpt(_ text: String, limit: Int = 160) -> String {
    var result = ""
    var length = 0
    var isGap = false
    for scalar in text.unicodeScalars {
      guard isPrintable(scalar) else {
        isGap = true
        continue
      }
      if isGap, !result.isEmpty {
        result.append(" ")
        length += 1
      }
      isGap = false
      guard length < limit else { return result + "…" }
      result.unicodeScalars.append(scalar)
      length += 1
    }
    return result
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return (0x21...0x7E).contains(scalar.value) }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }
}

extension String {
  /// The start of the text on one line, without characters that steer a terminal or hide.
  /// - Parameter limit: How many scalars are kept at most; an ellipsis stands for the rest.
  /// - Returns: The excerpt.
  package func plainExcerpt(limit: Int) -> String { PlainText.excerpt(self, limit: limit) }
}
