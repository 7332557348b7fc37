extension SwiftSource {
  /// The `package` declarations without a doc comment, with the cases of `package` enums and the
  /// requirements of `package` protocols.
  var undocumented: [String] {
    var findings: [String] = []
    var depth = 0
    /// The kinds of the open `package` enums and protocols, with the depth of what is inside.
    var open: [(kind: Substring, depth: Int)] = []
    for (index, line) in code.enumerated() {
      open.removeAll { $0.depth > depth }
      let inside = open.last.flatMap { $0.depth == depth ? $0.kind : nil }
      let isMember =
        switch inside {
        case "enum": line.contains(/^\s*(?:indirect\s+)?case\s/)
        case "protocol":
          line.contains(/^\s*(?:\w+\s+)*?(?:func|var|init|subscript|associatedtype)\b/)
        default: false
        }
      // A regex is slow, and most lines have nothing to do with access.
      let isShared = line.contains("package")
      if isMember || isShared && Self.isPackageDeclaration(line), !isDocumented(above: index) {
        let words = lines[index].drop { $0.isWhitespace }
        findings.append(finding(index, "no doc comment: \(words)"))
      }
      if isShared,
        let kind = line.firstMatch(of: /\bpackage\s+(?:indirect\s+)?(enum|protocol)\s/)?.1
      {
        open.append((kind, depth + 1))
      }
      depth += line.count { $0 == "{" } - line.count { $0 == "}" }
    }
    return findings
  }

  private static func isPackageDeclaration(_ line: String) -> Bool {
    let pattern =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:[a-z]\w*(?:\([a-z]+\))?\s+)*?package\s+(?:[a-z]\w*(?:\([a-z]+\))?\s+)*?(?:func|var|let|struct|enum|class|actor|protocol|init|typealias|subscript|macro)\b/
    return line.contains(pattern)
  }

  /// Whether the lines right above, but for attributes, are a doc comment.
  private func isDocumented(above index: Int) -> Bool {
    for line in lines[..<index].reversed() {
      let words = line.drop { $0.isWhitespace }
      if words.hasPrefix("///") || words.hasSuffix("*/") { return true }
      guard words.hasPrefix("@") else { return false }
    }
    return false
  }
}
