/// A line for the operator, shown in the footer.
package struct Notice: Sendable, Hashable {
  /// How much it matters, which also decides how long it stays.
  package enum Severity: String, Sendable, Hashable, CaseIterable {
    /// Worth knowing; fades after some seconds.
    case info
    /// Something that was asked for is done; fades after some seconds.
    case success
    /// Something could not be done as asked; fades more slowly.
    case warning
    /// Something went wrong; stays until a key is pressed.
    case error
  }

  /// The words.
  package var text: String
  /// How much it matters.
  package var severity: Severity

  /// Creates a notice.
  package init(_ text: String, _ severity: Severity = .info) {
    self.text = text
    self.severity = severity
  }

  /// How long it is shown; `nil` for until a key is pressed.
  var lifetime: Duration? {
    switch severity {
    case .info, .success: .seconds(6)
    case .warning: .seconds(10)
    case .error: nil
    }
  }
}
