package import Deploys
package import Foundation

/// An object in S3, as a listing shows it.
package struct S3Object: Sendable, Hashable {
  /// Where it is.
  package var location: S3Location
  /// Its size in bytes.
  package var size: Int
  /// When it was written; `nil` where S3 does not say.
  package var modifiedAt: Date?
  /// Its entity tag, with its quotes; `nil` where S3 gives none.
  package var etag: String?

  /// Creates an object.
  package init(location: S3Location, size: Int, modifiedAt: Date? = nil, etag: String? = nil) {
    self.location = location
    self.size = size
    self.modifiedAt = modifiedAt
    self.etag = etag
  }
}

/// The objects under a prefix.
package struct S3Listing: Sendable, Hashable {
  /// The objects in the order of their keys, at most a thousand.
  package var objects: [S3Object]
  /// Whether there are more than these.
  package var isCut: Bool

  /// Creates a listing.
  package init(objects: [S3Object], isCut: Bool) {
    self.objects = objects
    self.isCut = isCut
  }
}
