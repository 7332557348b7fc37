package import Foundation

/// A zip of files that a run has left on GitHub.
package struct Artifact: Sendable, Hashable, Identifiable {
  /// The run that left it.
  package var run: RunKey
  /// GitHub's id.
  package var id: Int64
  /// Its name, unique in an attempt only.
  package var name: String
  /// The size of the zip in bytes.
  package var size: Int
  /// `sha256:` and the digest of the zip; `nil` where GitHub gives none.
  package var digest: String?
  /// Whether GitHub has deleted it already.
  package var isExpired: Bool
  /// When it was uploaded.
  package var createdAt: Date?
  /// When GitHub deletes it.
  package var expiresAt: Date?

  /// Creates an artifact.
  package init(
    run: RunKey, id: Int64, name: String, size: Int, digest: String? = nil,
    isExpired: Bool = false, createdAt: Date? = nil, expiresAt: Date? = nil
  ) {
    self.run = run
    self.id = id
    self.name = name
    self.size = size
    self.digest = digest
    self.isExpired = isExpired
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }
}
