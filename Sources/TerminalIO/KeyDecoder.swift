import Canvas

/// Makes keys of what a terminal sends.
///
/// Terminfo has named the plain keys already. What is left here: characters in UTF-8, control and
/// alt, the sequences that terminfo does not list, and pasted text. Bytes that fit nothing are
/// passed over.
struct KeyDecoder {
  /// What came of the bytes.
  enum Input: Hashable {
    /// A key.
    case key(Key)
    /// Text that was pasted and marked as such (DEC private mode 2004).
    case paste(String)
  }

  /// The most bytes of one paste that are kept: more than any text field takes, so that it is the
  /// field that says where it cuts.
  static let pasteLimit = 262_144

  private var tokens: ArraySlice<InputToken> = []
  private var paste: [UInt8]?

  /// Reads what arrived in one go.
  ///
  /// A character cut at the end of it waits for the next; an escape at the end is the key.
  mutating func decode(_ arrived: [InputToken]) -> [Input] {
    tokens = tokens + arrived
    var inputs: [Input] = []
    while let token = tokens.first {
      if paste != nil {
        guard let text = takePaste() else { break }
        inputs.append(.paste(text))
        continue
      }
      switch token {
      case .key(let key):
        tokens.removeFirst()
        inputs.append(.key(key))
      case .byte(0x1B):
        tokens.removeFirst()
        if let key = takeEscape() { inputs.append(.key(key)) }
      case .byte(let byte):
        switch takeCharacter(byte) {
        case .some(let key): inputs.append(.key(key))
        case .none: if isCutCharacter() { return inputs }
        }
      }
    }
    return inputs
  }

  /// Reads one character; `nil` for a byte that starts none, which is dropped, and for a cut one.
  private mutating func takeCharacter(_ byte: UInt8) -> Key? {
    guard byte >= 0x80 else {
      tokens.removeFirst()
      return Key(control: byte)
    }
    if isCutCharacter() { return nil }
    let length = Self.length(of: byte)
    let bytes = tokens.prefix(max(1, length)).compactMap(\.byte)
    if length > 1, bytes.count == length,
      let text = String(validating: bytes, as: UTF8.self), let character = text.first
    {
      tokens.removeFirst(length)
      return Key(character)
    }
    tokens.removeFirst()
    return nil
  }

  /// Whether all that is left is the beginning of a character.
  private func isCutCharacter() -> Bool {
    guard let first = tokens.first?.byte, first >= 0x80, tokens.count < Self.length(of: first)
    else { return false }
    return tokens.dropFirst().allSatisfy { token in token.byte.map { $0 & 0xC0 == 0x80 } ?? false }
  }

  /// The bytes of the character that a byte starts; 0 where it starts none.
  private static func length(of byte: UInt8) -> Int {
    switch byte {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  /// Reads what follows an escape: nothing, a sequence, or a key pressed with alt.
  private mutating func takeEscape() -> Key? {
    guard let next = tokens.first else { return Key(.escape) }
    switch next {
    case .key(var key):
      tokens.removeFirst()
      key.isAlt = true
      return key
    case .byte(0x1B):
      return Key(.escape)
    case .byte(UInt8(ascii: "[")) where tokens.count > 1,
      .byte(UInt8(ascii: "O")) where tokens.count > 1:
      return takeSequence()
    case .byte(let byte):
      var key = takeCharacter(byte)
      key?.isAlt = true
      return key
    }
  }

  private mutating func takeSequence() -> Key? {
    var body: [UInt8] = []
    let isControl = tokens.popFirst() == .byte(UInt8(ascii: "["))
    while let byte = tokens.first?.byte, 0x20...0x3F ~= byte, body.count < 32 {
      body.append(byte)
      tokens.removeFirst()
    }
    guard let final = tokens.first?.byte, 0x40...0x7E ~= final else { return nil }
    tokens.removeFirst()
    if isControl, final == UInt8(ascii: "~"), body == Array("200".utf8) {
      paste = []
      return nil
    }
    return Key(sequence: String(decoding: body, as: UTF8.self), final: Character(.init(final)))
  }

  /// Collects pasted bytes; gives the text when its end has come.
  private mutating func takePaste() -> String? {
    var collected = paste ?? []
    let end = Array("\u{1B}[201~".utf8)
    while let token = tokens.popFirst() {
      guard let byte = token.byte else { continue }
      collected.append(byte)
      if byte == end.last, collected.suffix(end.count).elementsEqual(end) {
        paste = nil
        return String(
          decoding: collected.dropLast(end.count).prefix(Self.pasteLimit), as: UTF8.self)
      }
      // Only the end matters beyond the limit.
      if collected.count > Self.pasteLimit + 2 * end.count { collected.remove(at: Self.pasteLimit) }
    }
    paste = collected
    return nil
  }
}

extension InputToken {
  /// The byte, where it is one.
  fileprivate var byte: UInt8? {
    if case .byte(let byte) = self { byte } else { nil }
  }
}
