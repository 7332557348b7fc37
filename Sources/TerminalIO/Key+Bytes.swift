import Canvas

extension Key {
  /// The key that sends an ASCII byte.
  init(control byte: UInt8) {
    switch byte {
    case 0x00: self.init(.character(" "), isControl: true)
    case 0x09: self.init(.tab)
    case 0x0A, 0x0D: self.init(.enter)
    case 0x08, 0x7F: self.init(.backspace)
    case 0x1B: self.init(.escape)
    case 0x01...0x1A:
      self.init(.character(Character(.init(byte + 0x60))), isControl: true)
    case 0x1C...0x1F:
      self.init(.character(Character(.init(byte + 0x40))), isControl: true)
    default:
      self.init(Character(.init(byte)))
    }
  }

  /// The key that sends a control sequence of xterm's: `parameters`, then `final`.
  ///
  /// The second parameter is one more than the modifiers: shift 1, alt 2, control 4. From "xterm
  /// Control Sequences", PC-style function keys.
  init?(sequence parameters: String, final: Character) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false)
      .map { Int($0) ?? 1 }
    let modifiers = numbers.count > 1 ? max(0, numbers[1] - 1) : 0
    guard let code = Self.code(final: final, number: numbers.first ?? 1) else { return nil }
    self.init(code, isControl: modifiers & 4 != 0, isAlt: modifiers & 2 != 0)
  }

  private static func code(final: Character, number: Int) -> Code? {
    switch final {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "H": .home
    case "F": .end
    case "Z": .backTab
    case "M": .enter
    case "P": .function(1)
    case "Q": .function(2)
    case "R": .function(3)
    case "S": .function(4)
    case "~": codesByNumber[number]
    default: nil
    }
  }

  private static let codesByNumber: [Int: Code] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]
}
