import Yams

/// One mapping of the file whose keys have been looked up in the table.
struct ConfigurationSection {
  /// The path under which its keys stand in the table, such as `environments[].aws`.
  let inside: String
  /// Where it begins.
  let place: TextPlace?
  /// The values of the known keys, by name.
  let values: [String: Node]

  /// The value of a key; `nil` where the file leaves it out.
  func node(_ key: ConfigurationKey) -> Node? {
    key.parent == inside ? values[key.name] : nil
  }

  /// Where a key's value begins.
  func place(of key: ConfigurationKey) -> TextPlace? { node(key)?.place }
}

extension Node {
  /// Where the node begins.
  var place: TextPlace? {
    mark.map { TextPlace(line: $0.line, column: $0.column) }
  }

  /// Whether nothing is written where a value could be.
  var isNothing: Bool {
    guard let scalar else { return false }
    return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  /// What kind of node it is, in words for a message.
  var kindWord: String {
    switch self {
    case .scalar: "a single value"
    case .mapping: "a section"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
