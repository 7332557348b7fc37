/// A Swift file, cut into lines, once as written and once without comments and literals.
struct SwiftSource: Sendable {
  /// The path from the package's root.
  let path: String
  /// The lines as written.
  let lines: [String]
  /// The same lines with the insides of comments and string literals blanked.
  let code: [String]

  /// Reads a file's text.
  init(path: String, text: String) {
    self.path = path
    lines = Self.split(text)
    var blanker = SwiftBlanker(text)
    code = Self.split(blanker.blanked())
  }

  /// The target that the file belongs to: the folder below `Sources` or `Tests`.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  /// A finding, as compilers write it.
  func finding(_ index: Int, _ words: String) -> String { "\(path):\(index + 1): \(words)" }

  private static func split(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
