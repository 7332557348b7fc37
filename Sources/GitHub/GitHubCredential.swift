/// A token for GitHub's API; no description shows it.
package struct GitHubCredential: Sendable, Hashable, CustomStringConvertible,
  CustomDebugStringConvertible, CustomReflectable
{
  /// The token, for the one header that carries it.
  let token: String
  /// Where it was found: a variable's name, or `gh auth token`.
  package let source: String

  /// Creates a credential from text, without the white space around it.
  /// - Throws: ``GitHubError/malformedToken(source:)`` where something inside could not be part of
  ///   a header, such as a line break after which another token follows.
  package init(token: String, source: String) throws {
    let trimmed = String(token.trimmingSpace)
    guard !trimmed.isEmpty, trimmed.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw GitHubError.malformedToken(source: source)
    }
    self.token = trimmed
    self.source = source
  }

  /// Where it came from, never the token.
  package var description: String { "token from \(source)" }

  /// Where it came from, never the token.
  package var debugDescription: String { description }

  /// Where it came from, never the token.
  package var customMirror: Mirror { Mirror(self, children: ["source": source]) }

  /// A text with every occurrence of the token taken out, for a server may echo what it got.
  func redacting(_ text: String) -> String {
    text.replacing(token, with: "[token]")
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmingSpace: Substring {
    let head = drop(while: \.isWhitespace)
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return head[...last]
  }
}
