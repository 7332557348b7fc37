package import Foundation

/// Something that holds files to look into.
package enum FileContainer: Sendable, Hashable {
  /// The zip of an artifact.
  case artifact(Artifact)
  /// The place in S3 where a build leaves files when it fails; the key is a prefix.
  case failureFiles(BuildKey, S3Location)
}

/// A file of a ``FileContainer``.
package struct StoredFile: Sendable, Hashable, Identifiable {
  /// The path within the container, its parts apart by `/`.
  package var path: String
  /// The size in bytes when unpacked; `nil` where nobody says.
  package var size: Int?
  /// When it was last changed.
  package var modifiedAt: Date?
  /// Why it is neither opened nor saved, such as a path that leads out of the folder; `nil` for a
  /// file that is fit for both.
  package var refusal: String?

  /// The path.
  package var id: String { path }

  /// Creates a file.
  package init(path: String, size: Int?, modifiedAt: Date? = nil, refusal: String? = nil) {
    self.path = path
    self.size = size
    self.modifiedAt = modifiedAt
    self.refusal = refusal
  }
}
