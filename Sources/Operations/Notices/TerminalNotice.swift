package import Deploys
package import Foundation

/// What makes a terminal ring, and show a notice on the desktop.
///
/// OSC 9 is iTerm2's and has no title; OSC 777 is urxvt's and has one. A terminal that knows
/// neither passes over both. Inside tmux they arrive only where its `allow-passthrough` is on.
/// Sources: <https://iterm2.com/documentation-escape-codes.html>,
/// <https://wezterm.org/config/lua/config/notification_handling.html>,
/// <https://github.com/tmux/tmux/wiki/FAQ#what-is-the-passthrough-escape-sequence-and-how-do-i-use-it>
package struct TerminalNotice: Sendable, Hashable {
  /// What stands between this program and the terminal, and takes sequences in for itself.
  private enum Wrapping: Sendable, Hashable {
    case none
    case tmux
    case screen
  }

  private let rings: Bool
  private let showsOnDesktop: Bool
  private let wrapping: Wrapping
  /// Whether the terminal shows both sequences, so that one is enough.
  private let knowsBoth: Bool

  /// Chooses what to write for a terminal.
  /// - Parameters:
  ///   - rings: Whether the bell rings.
  ///   - showsOnDesktop: Whether a notice on the desktop is asked for.
  ///   - environment: The variables that tell the terminal and what runs inside it.
  package init(rings: Bool, showsOnDesktop: Bool, environment: [String: String]) {
    let terminal = environment["TERM"] ?? ""
    self.rings = rings
    // These would print what they do not know.
    self.showsOnDesktop = showsOnDesktop && !["", "dumb", "linux"].contains(terminal)
    func isSet(_ name: String) -> Bool { environment[name]?.isEmpty == false }
    wrapping =
      if isSet("TMUX") || terminal.hasPrefix("tmux") {
        .tmux
      } else if isSet("STY") || terminal.hasPrefix("screen") {
        .screen
      } else {
        .none
      }
    let program = environment["TERM_PROGRAM"]?.lowercased() ?? ""
    knowsBoth =
      ["wezterm", "ghostty"].contains(program)
      || ["foot", "wezterm", "xterm-ghostty", "xterm-kitty"].contains(where: terminal.hasPrefix)
      || ["WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR", "KITTY_WINDOW_ID"].contains(where: isSet)
  }

  /// The bytes that tell of an event; empty for one that is none of the terminal's business.
  package func bytes(for event: DeployEvent) -> Data {
    var text = ""
    guard takes(event.kind) else { return Data() }
    if rings { text += "\u{7}" }
    if showsOnDesktop {
      let notice = NoticeText(event)
      let headline = Self.field("cdtop: \(notice.headline)")
      let details = Self.field(notice.details)
      // A text that began with a number could be one of ConEmu's commands, which OSC 9 is too.
      if !knowsBoth { text += wrapped("9;\(headline), \(details)") }
      text += wrapped("777;notify;\(headline);\(details)")
    }
    return Data(text.utf8)
  }

  /// A text without the semicolon, which would end its field.
  private static func field(_ text: String) -> String {
    text.replacing(";", with: ",")
  }

  private func wrapped(_ command: String) -> String {
    switch wrapping {
    case .none: "\u{1B}]\(command)\u{1B}\\"
    // Every escape inside is doubled.
    case .tmux: "\u{1B}Ptmux;\u{1B}\u{1B}]\(command)\u{1B}\u{1B}\\\u{1B}\\"
    // The terminator of screen's own wrapping may not stand inside.
    case .screen: "\u{1B}P\u{1B}]\(command)\u{7}\u{1B}\\"
    }
  }
}

extension TerminalNotice: NoticeChannel {
  var name: String { "terminal" }
  var mayRepeat: Bool { true }

  /// A start is no reason to call somebody.
  func takes(_ kind: DeployEvent.Kind) -> Bool {
    switch kind {
    case .started: false
    case .succeeded, .failed, .cancelled, .needsApproval: true
    }
  }

  func deliver(_ event: DeployEvent) async throws -> NoticeNews? {
    let bytes = bytes(for: event)
    return bytes.isEmpty ? nil : .terminal(bytes)
  }
}
