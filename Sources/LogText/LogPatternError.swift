import CPattern

/// What is wrong with the words of a pattern.
package struct LogPatternError: Error, Sendable, Hashable {
  /// What is wrong, in words for a person, such as `missing closing parenthesis (at character 5)`.
  package var message: String
  /// Where, as a count of characters before it.
  package var position: Int
}

extension LogPatternError {
  /// What PCRE2 says of a pattern.
  init(describing error: Int32, at offset: Int, in text: String) {
    var bytes = [UInt8](repeating: 0, count: 256)
    let length = pcre2_get_error_message_8(error, &bytes, bytes.count)
    let words = String(decoding: bytes.prefix(Int(max(0, length))), as: UTF8.self)
    position = String(decoding: text.utf8.prefix(offset), as: UTF8.self).count
    message = "\(words) (at character \(position))"
  }
}
