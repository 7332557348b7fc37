/// Which ways of giving notice are switched on.
package struct NoticeSettings: Sendable, Hashable {
  /// Whether the terminal's bell rings.
  package var rings: Bool
  /// Whether the terminal is asked for a notice on the desktop.
  package var showsOnDesktop: Bool
  /// A program and its arguments, run for every event; empty for none.
  package var command: [String]
  /// The variable that holds the address of a Slack-compatible webhook; `nil` for none.
  package var webhookVariable: String?

  /// Creates settings.
  package init(
    rings: Bool = false, showsOnDesktop: Bool = false, command: [String] = [],
    webhookVariable: String? = nil
  ) {
    self.rings = rings
    self.showsOnDesktop = showsOnDesktop
    self.command = command
    self.webhookVariable = webhookVariable
  }
}
