import Deploys

extension Finding {
  /// What to do about it, without the keys of the dashboard, which a command line does not have.
  var plainAction: String { Self.withoutKeys(action) }

  /// A text without the keys that stand in parentheses, such as `(enter)` or `(r)`.
  static func withoutKeys(_ text: String) -> String {
    text.replacing(#/\x20?\((?:[A-Za-z]|enter|esc|space|tab|f\d{1,2}|ctrl-[a-z])\)/#, with: "")
  }
}
