/// Finds where an escape sequence ends, by the grammar of ECMA-48.
enum EscapeSequence {
  /// The index after the sequence that starts at `start`; `nil` when none starts there.
  ///
  /// Reading stops at the first scalar that cannot belong to the sequence, so that a broken one
  /// hides nothing of what follows.
  static func end(in text: [Unicode.Scalar], at start: Int) -> Int? {
    switch text[start].value {
    case 0x1B: afterEscape(in: text, at: start + 1)
    case 0x9B: controlSequence(in: text, from: start + 1)
    case 0x90, 0x98, 0x9D, 0x9E, 0x9F: string(in: text, from: start + 1) ?? start + 1
    default: nil
    }
  }

  private static func afterEscape(in text: [Unicode.Scalar], at index: Int) -> Int? {
    guard index < text.count else { return nil }
    switch text[index] {
    case "[":
      return controlSequence(in: text, from: index + 1)
    case "]", "P", "X", "^", "_":
      return string(in: text, from: index + 1) ?? index + 1
    default:
      let final = skip(0x20...0x2F, in: text, from: index)
      guard final < text.count else { return final }
      return 0x30...0x7E ~= text[final].value ? final + 1 : (final > index ? final : nil)
    }
  }

  private static func controlSequence(in text: [Unicode.Scalar], from index: Int) -> Int {
    let parameters = skip(0x30...0x3F, in: text, from: index)
    let final = skip(0x20...0x2F, in: text, from: parameters)
    guard final < text.count, 0x40...0x7E ~= text[final].value else { return final }
    return final + 1
  }

  /// The index after a string sequence and its terminator; `nil` when it has none.
  private static func string(in text: [Unicode.Scalar], from start: Int) -> Int? {
    for index in start..<text.count {
      switch text[index].value {
      case 0x07, 0x9C:
        return index + 1
      case 0x1B:
        let next = index + 1
        return next < text.count && text[next] == "\\" ? next + 1 : nil
      case 0x0A, 0x0D, 0x18, 0x1A, 0x80...0x9F:
        return nil
      default:
        continue
      }
    }
    return nil
  }

  private static func skip(
    _ range: ClosedRange<UInt32>, in text: [Unicode.Scalar], from start: Int
  ) -> Int {
    var index = start
    while index < text.count, range ~= text[index].value { index += 1 }
    return index
  }
}
