/// A key that was pressed, with its modifiers.
///
/// Shift is part of the character (`G`) and of `backTab`; terminals tell no more.
package struct Key: Sendable, Hashable {
  /// Which key it is.
  package enum Code: Sendable, Hashable {
    /// A key that writes a character.
    case character(Character)
    /// The return key.
    case enter
    /// The escape key.
    case escape
    /// The tabulator.
    case tab
    /// Shift and the tabulator.
    case backTab
    /// Deletes to the left.
    case backspace
    /// Deletes to the right.
    case delete
    /// The insert key.
    case insert
    /// The arrow up.
    case up
    /// The arrow down.
    case down
    /// The arrow to the left.
    case left
    /// The arrow to the right.
    case right
    /// To the beginning.
    case home
    /// To the end.
    case end
    /// A screen up.
    case pageUp
    /// A screen down.
    case pageDown
    /// A function key, counted from 1.
    case function(Int)
  }

  /// Which key it is.
  package var code: Code
  /// Whether the control key was held.
  package var isControl: Bool
  /// Whether the alt key was held.
  package var isAlt: Bool

  /// Makes a key.
  package init(_ code: Code, isControl: Bool = false, isAlt: Bool = false) {
    self.code = code
    self.isControl = isControl
    self.isAlt = isAlt
  }

  /// Makes a key that writes a character.
  package init(_ character: Character) { self.init(.character(character)) }

  /// The character that the key writes; `nil` for other keys and with a modifier.
  package var typed: Character? {
    guard case .character(let character) = code, !isControl, !isAlt else { return nil }
    return character
  }
}
