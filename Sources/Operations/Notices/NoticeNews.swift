package import Foundation

/// What comes of giving notice.
package enum NoticeNews: Sendable, Hashable {
  /// Bytes for the terminal, to be written between two of its frames, as they are.
  case terminal(Data)
  /// A notice did not go out, or nobody can tell whether it did.
  case trouble(NoticeTrouble)
}

/// Why a notice did not go out, or may not have.
package struct NoticeTrouble: Error, Sendable, Hashable {
  /// What failed and why, in words for a person; it never holds an address or a token.
  package var message: String
  /// What to do about it.
  package var remedy: String

  /// Creates a trouble.
  package init(message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }
}
