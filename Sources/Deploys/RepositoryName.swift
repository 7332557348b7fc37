/// The `owner/name` of a GitHub repository.
package struct RepositoryName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The account or organisation.
  package let owner: String
  /// The repository's own name.
  package let name: String

  /// Creates a name from its two parts.
  package init(owner: String, name: String) {
    self.owner = owner
    self.name = name
  }

  /// Parses `owner/name`; `nil` for anything that could not be a repository on GitHub.
  ///
  /// GitHub allows letters, digits, `-`, `_` and `.`; refusing the rest keeps a typing error in
  /// the configuration from becoming another path of the API.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(Self.isPlausible) else { return nil }
    self.init(owner: String(parts[0]), name: String(parts[1]))
  }

  private static func isPlausible(_ part: Substring) -> Bool {
    guard !part.isEmpty, part != ".", part != ".." else { return false }
    return part.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
  }

  /// The name as GitHub writes it.
  package var description: String { "\(owner)/\(name)" }

  /// Orders by owner, then by name.
  package static func < (left: Self, right: Self) -> Bool {
    (left.owner, left.name) < (right.owner, right.name)
  }
}
