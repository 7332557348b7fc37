/// Something to be written to a file of the operator's.
package struct SaveRequest: Sendable, Hashable {
  /// What is written.
  package enum Item: Sendable, Hashable {
    /// A whole artifact, as the zip that GitHub serves.
    case artifact(Artifact)
    /// One file of a container.
    case file(FileContainer, path: String)
    /// A log, as it was served.
    case log(LogSource)
  }

  /// What is written.
  package var item: Item
  /// Where: an absolute path of a file, or one that begins with `~/`.
  package var path: String
  /// Whether a file that is there already is replaced.
  package var mayReplace: Bool

  /// Creates a request.
  package init(_ item: Item, to path: String, mayReplace: Bool = false) {
    self.item = item
    self.path = path
    self.mayReplace = mayReplace
  }
}

/// What becomes of a ``SaveRequest``.
package enum SaveNews: Sendable, Hashable {
  /// So much has come.
  case progress(Transfer)
  /// It is written, whole and checked, at this path; a remark such as the digest that fitted.
  case done(path: String, remark: String)
  /// A file stands there already and was left alone.
  case exists(path: String)
  /// It could not be written; nothing stands under the final name.
  case failed(ReadFailure)
}

/// How far a download has come.
package struct Transfer: Sendable, Hashable {
  /// Bytes that are there.
  package var received: Int
  /// Bytes in all; `nil` where the server does not say.
  package var total: Int?

  /// Creates a state.
  package init(received: Int, total: Int? = nil) {
    self.received = received
    self.total = total
  }
}
