import Yams

extension ConfigurationReader {
  /// Reads a section of a section; one that is left empty counts as one without keys.
  mutating func section(
    _ key: ConfigurationKey, of parent: ConfigurationSection
  ) -> ConfigurationSection? {
    guard let node = present(key, in: parent) else { return nil }
    return section(node, inside: key.inside, of: key)
  }

  /// Reads a list of sections, which must not be empty.
  mutating func sections(
    _ key: ConfigurationKey, of parent: ConfigurationSection
  ) -> [ConfigurationSection]? {
    guard let nodes = items(key, of: parent) else { return nil }
    return nodes.compactMap { section($0, inside: key.inside, of: key) }
  }

  /// Reads one text value.
  mutating func value<Value>(
    _ key: ConfigurationKey, of section: ConfigurationSection?,
    as read: (String) throws(ConfigurationValue.Refusal) -> Value
  ) -> Value? {
    guard let section, let node = present(key, in: section) else { return nil }
    return value(key, node, as: read)
  }

  /// Reads a whole number within the bounds of the table.
  mutating func number(_ key: ConfigurationKey, of section: ConfigurationSection?) -> Int? {
    value(key, of: section) { text throws(ConfigurationValue.Refusal) in
      guard case .whole(let bounds) = key.kind, let number = Int(text), bounds.contains(number)
      else {
        throw ConfigurationValue.Refusal(
          "not \(key.kind.description): \(text.shown())", "Write for example `\(key.example)`.")
      }
      return number
    }
  }

  /// Reads a list of texts, which must not be empty nor say anything twice.
  mutating func list<Value>(
    _ key: ConfigurationKey, of section: ConfigurationSection,
    as read: (String) throws(ConfigurationValue.Refusal) -> Value,
    isSame: (Value, Value) -> Bool
  ) -> [Value]? {
    guard let nodes = items(key, of: section) else { return nil }
    var values: [Value] = []
    for node in nodes {
      guard let value = value(key, node, as: read) else { continue }
      if values.contains(where: { isSame($0, value) }) {
        report(
          key, at: node.place, "\(node.scalar?.string.shown() ?? "") is listed twice",
          "Keep one of them.")
      }
      values.append(value)
    }
    return values
  }

  /// Looks a mapping's keys up in the table, and reports those that are not in it.
  mutating func section(
    _ node: Node, inside: String, of key: ConfigurationKey?
  ) -> ConfigurationSection? {
    if node.isNothing {
      return ConfigurationSection(inside: inside, place: node.place, values: [:])
    }
    guard let mapping = node.mapping else {
      report(
        path: key?.path, at: node.place, "a section is needed here, and this is \(node.kindWord)",
        "Write keys and values below it, as in docs/configuration.md.")
      return nil
    }
    let known = ConfigurationKey.keys(in: inside)
    var values: [String: Node] = [:]
    for (keyNode, value) in mapping {
      let name = keyNode.scalar?.string ?? ""
      if known.contains(where: { $0.name == name }) {
        values[name] = value
      } else {
        reportUnknown(name, inside: inside, known: known, at: keyNode.place)
      }
    }
    return ConfigurationSection(inside: inside, place: node.place, values: values)
  }

  private mutating func reportUnknown(
    _ name: String, inside: String, known: [ConfigurationKey], at place: TextPlace?
  ) {
    let path = [inside, name.shown()].filter { !$0.isEmpty }.joined(separator: ".")
    if let remedy = SecretScan.remedy(forKey: name) {
      report(path: path, at: place, "secrets do not belong in this file", remedy)
    } else if let near = Suggestion.nearest(to: name, among: known.map(\.name)) {
      report(path: path, at: place, "unknown key", "Did you mean `\(near)`?")
    } else if let elsewhere = ConfigurationKey.all.first(where: { $0.name == name }) {
      report(
        path: path, at: place, "unknown key here",
        "`\(name)` belongs under `\(elsewhere.parent.isEmpty ? "the top" : elsewhere.parent)`.")
    } else {
      report(
        path: path, at: place, "unknown key",
        "Known here: \(known.map { "`\($0.name)`" }.joined(separator: ", ")).")
    }
  }

  /// The value of a key, reported where it is required and missing.
  private mutating func present(_ key: ConfigurationKey, in section: ConfigurationSection) -> Node?
  {
    if let node = section.node(key) { return node }
    if key.presence == .required {
      report(
        key, at: section.place, "missing",
        key.example.isEmpty
          ? "Add a section `\(key.name)`:\n\n\(Configuration.minimalExample)"
          : "Add it, for example `\(key.name): \(key.example)`.")
    }
    return nil
  }

  private mutating func items(
    _ key: ConfigurationKey, of section: ConfigurationSection
  ) -> [Node]? {
    guard let node = present(key, in: section) else { return nil }
    let remedy =
      key.example.isEmpty
      ? "Begin each item with `- `, as in docs/configuration.md."
      : "Write for example `\(key.name): \(key.example)`."
    guard let sequence = node.sequence else {
      let found = node.isNothing ? "nothing" : node.kindWord
      report(key, at: node.place, "\(key.kind.description) is needed, and this is \(found)", remedy)
      return nil
    }
    guard !sequence.isEmpty else {
      if key.presence == .required {
        report(key, at: node.place, "the list is empty, so there is nothing to watch", remedy)
      } else {
        report(key, at: node.place, "the list is empty", "Leave the line out. \(remedy)")
      }
      return nil
    }
    return Array(sequence)
  }

  private mutating func value<Value>(
    _ key: ConfigurationKey, _ node: Node,
    as read: (String) throws(ConfigurationValue.Refusal) -> Value
  ) -> Value? {
    let example = key.example.hasPrefix("[") ? "" : " Write for example `\(key.example)`."
    guard let scalar = node.scalar else {
      report(
        key, at: node.place, "a single value is needed, and this is \(node.kindWord)",
        "Give \(key.kind.description).\(example)")
      return nil
    }
    guard !node.isNothing, !scalar.string.isEmpty else {
      let advice = key.presence == .required ? "Give" : "Leave the line out, or give"
      report(key, at: node.place, "has no value", "\(advice) \(key.kind.description).\(example)")
      return nil
    }
    do {
      return try read(scalar.string)
    } catch {
      report(key, at: node.place, error.problem, error.remedy)
      return nil
    }
  }
}
