import Canvas

/// One thing read from the keyboard.
enum InputToken: Hashable {
  /// A byte as the terminal sent it.
  case byte(UInt8)
  /// A key that terminfo knows.
  case key(Key)
}
