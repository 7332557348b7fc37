import CPattern

/// A pattern as PCRE2 has compiled it; never changed after that, so that threads may share it.
final class CompiledPattern: Sendable {
  /// The address of the `pcre2_code`, as a number, since a pointer would not be Sendable.
  private let address: UInt

  /// The compiled pattern.
  var code: OpaquePointer? { OpaquePointer(bitPattern: address) }

  /// Compiles what an operator has typed.
  ///
  /// - Throws: ``LogPatternError`` when it is no regular expression.
  convenience init(_ text: String, isRegex: Bool) throws(LogPatternError) {
    try self.init(text, options: Self.options(for: text, isRegex: isRegex))
  }

  /// Compiles what an operator has typed behind a mark; it is found at the beginning of a line only,
  /// after the word that is shown in the mark's place.
  ///
  /// - Throws: ``LogPatternError`` when it is no regular expression.
  convenience init(
    _ text: String, isRegex: Bool, after word: StaticString
  ) throws(LogPatternError) {
    var options = Self.options(for: text, isRegex: isRegex)
    let ignoresCase = options & PCRE2_CASELESS != 0
    options = options & ~(PCRE2_LITERAL | PCRE2_CASELESS) | PCRE2_MULTILINE
    options |= PCRE2_NEVER_BACKSLASH_C
    // What is typed is compiled alone first, for its mistakes are told by their places in it.
    if isRegex { _ = try CompiledPattern(text.isEmpty ? "." : text, isRegex: true) }
    let rest = isRegex ? text : "\\Q\(text.replacing("\\E", with: "\\E\\\\E\\Q"))\\E"
    let lead = word.utf8CodeUnitCount == 0 && text.isEmpty ? "." : ""
    try self.init("^\(word)\(lead)(?\(ignoresCase ? "i" : ""):\(rest))", options: options)
  }

  private init(_ text: String, options: UInt32) throws(LogPatternError) {
    var text = text
    var error: Int32 = 0
    var offset = 0
    let code = text.withUTF8 {
      pcre2_compile_8($0.baseAddress, $0.count, options, &error, &offset, nil)
    }
    guard let code else {
      throw LogPatternError(describing: error, at: offset, in: text)
    }
    // Where the system forbids machine code made at run time, matching is slow but works.
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    address = UInt(bitPattern: code)
  }

  /// Compiles a regular expression of our own over bytes, where `^` and `$` are a line's ends; `nil`
  /// where it is none.
  init?(ofBytes text: String) {
    var text = text
    var error: Int32 = 0
    var offset = 0
    let code = text.withUTF8 {
      pcre2_compile_8(
        $0.baseAddress, $0.count, PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C, &error, &offset, nil)
    }
    guard let code else { return nil }
    pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    address = UInt(bitPattern: code)
  }

  deinit { pcre2_code_free_8(code) }

  private static func options(for text: String, isRegex: Bool) -> UInt32 {
    var options: UInt32 = isRegex ? PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C : PCRE2_LITERAL
    let ignoresCase = !hasUpperCase(text, isRegex: isRegex) && hasCases(text, isRegex: isRegex)
    if ignoresCase { options |= PCRE2_CASELESS }
    // To know scalars costs time. Bytes are enough to find words that are written the same; a
    // regular expression without a word beyond ASCII still wants its `.` to be a whole character.
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    let wantsScalars = isRegex ? !isPlain(text) : !isASCII && ignoresCase
    if wantsScalars {
      options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF
      if isRegex { options |= PCRE2_UCP }
    }
    return options
  }

  /// Whether a regular expression means the same for bytes as for characters: it has no character
  /// beyond ASCII, no class, and no `.` but in `.*` and `.+`.
  private static func isPlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      if byte >= 0x80 || byte == 0x5C || byte == 0x5B { return false }
      guard byte == 0x2E else { continue }
      guard index + 1 < bytes.count, bytes[index + 1] == 0x2A || bytes[index + 1] == 0x2B else {
        return false
      }
    }
    return true
  }

  /// Whether an upper-case letter stands in the words, but for those after a backslash.
  private static func hasUpperCase(_ text: String, isRegex: Bool) -> Bool {
    var isEscaped = false
    for character in text {
      if isEscaped {
        isEscaped = false
      } else if isRegex, character == "\\" {
        isEscaped = true
      } else if character.isUppercase {
        return true
      }
    }
    return false
  }

  /// Whether case makes a difference to the words; a regular expression may hide that.
  private static func hasCases(_ text: String, isRegex: Bool) -> Bool {
    isRegex || text.contains(where: \.isCased)
  }
}
