/// The place of a scalar in a Hangul syllable, after UAX 29.
enum HangulPart {
  /// A leading consonant.
  case lead
  /// A vowel, or a syllable that ends in one.
  case vowel(isWhole: Bool)
  /// A final consonant, or a syllable that ends in one.
  case final(isWhole: Bool)

  /// Finds the place; `nil` for what belongs to no syllable.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x1100...0x115F, 0xA960...0xA97C: self = .lead
    case 0x1160...0x11A7, 0xD7B0...0xD7C6: self = .vowel(isWhole: false)
    case 0x11A8...0x11FF, 0xD7CB...0xD7FB: self = .final(isWhole: false)
    case 0xAC00...0xD7A3:
      self = (scalar.value - 0xAC00) % 28 == 0 ? .vowel(isWhole: true) : .final(isWhole: true)
    default: return nil
    }
  }

  /// Whether a part that takes no column of its own joins the one before it.
  func joins(_ previous: HangulPart?) -> Bool {
    switch (self, previous) {
    case (_, nil), (.lead, _), (.vowel(isWhole: true), _), (.final(isWhole: true), _): false
    case (.vowel, .final), (.final, .lead): false
    case (.vowel, .lead), (.vowel, .vowel), (.final, .vowel), (.final, .final): true
    }
  }
}
