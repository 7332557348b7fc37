/// What a piece of text means on the screen; a theme decides how that looks.
package enum Role: String, Sendable, CaseIterable {
  /// Ordinary text.
  case text
  /// Text that matters less.
  case dim
  /// The name of the screen.
  case title
  /// The name of a section or a column.
  case heading
  /// What the eye should find among ordinary text.
  case accent
  /// Something that went well.
  case success
  /// Something that failed.
  case failure
  /// Something that needs a look.
  case warning
  /// Something that moves.
  case running
  /// Something that waits its turn or waits for somebody.
  case waiting
  /// A remark.
  case info
  /// Rules and boxes.
  case border
  /// A key that can be pressed.
  case key
  /// What the operator types.
  case input

  /// The role's letter in a style plane; each role has its own.
  package var letter: Character {
    switch self {
    case .text: "."
    case .dim: "d"
    case .title: "t"
    case .heading: "h"
    case .accent: "a"
    case .success: "s"
    case .failure: "f"
    case .warning: "w"
    case .running: "r"
    case .waiting: "q"
    case .info: "i"
    case .border: "b"
    case .key: "k"
    case .input: "e"
    }
  }
}
