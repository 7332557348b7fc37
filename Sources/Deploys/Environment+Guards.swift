extension [Environment] {
  /// The environment that one on GitHub is called like; `nil` for none.
  ///
  /// GitHub does not tell the names of environments apart by case. Of several whose names differ by
  /// no more than that it is the one that is guarded the most.
  package func named(onGitHub name: String) -> Environment? {
    let name = name.withoutOuterSpace.lowercased()
    let fitting = filter { $0.name.lowercased() == name }
    return fitting.first { $0.readOnlyReason != nil } ?? fitting.first(where: \.isProtected)
      ?? fitting.first
  }

  /// Those that are read-only or protected, each once, without the one that something belongs to
  /// anyway.
  package func guarded(besides own: String) -> [Environment] {
    filter { $0.name != own && ($0.readOnlyReason != nil || $0.isProtected) }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension String {
  /// The text without the white space at its ends.
  fileprivate var withoutOuterSpace: Substring {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return self[...last].drop(while: \.isWhitespace)
  }
}
