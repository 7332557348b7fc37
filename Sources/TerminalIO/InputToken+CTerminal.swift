import CTerminal
import Canvas

extension InputToken {
  /// Translates what the C target read; `nil` for what is no key.
  init?(_ input: ct_input) {
    switch Int(input.kind) {
    case CT_BYTE:
      guard let byte = UInt8(exactly: input.value) else { return nil }
      self = .byte(byte)
    case CT_KEY:
      guard let code = Self.code(Int(input.value)) else { return nil }
      self = .key(Key(code, isControl: input.is_control, isAlt: input.is_alt))
    default:
      return nil
    }
  }

  private static func code(_ value: Int) -> Key.Code? {
    switch value {
    case CT_KEY_UP: .up
    case CT_KEY_DOWN: .down
    case CT_KEY_LEFT: .left
    case CT_KEY_RIGHT: .right
    case CT_KEY_HOME: .home
    case CT_KEY_END: .end
    case CT_KEY_PAGE_UP: .pageUp
    case CT_KEY_PAGE_DOWN: .pageDown
    case CT_KEY_INSERT: .insert
    case CT_KEY_DELETE: .delete
    case CT_KEY_BACKSPACE: .backspace
    case CT_KEY_ENTER: .enter
    case CT_KEY_BACK_TAB: .backTab
    case (CT_KEY_FUNCTION + 1)...(CT_KEY_FUNCTION + 63): .function(value - CT_KEY_FUNCTION)
    default: nil
    }
  }
}
