import Deploys
import Foundation

/// A page of a listing as S3's XML has it (ListObjectsV2).
struct S3ListingPage {
  var objects: [S3Object]
  /// What to ask with for the next page; `nil` on the last.
  var next: String?

  /// Reads a page; `nil` where it is none.
  init?(_ data: Data, bucket: String) {
    guard let root = XMLTree(data), root.name == "ListBucketResult" else { return nil }
    let isEncoded = root.text(of: "EncodingType") == "url"
    objects = root.children.compactMap { element in
      guard element.name == "Contents", let text = element.text(of: "Key") else { return nil }
      let key = isEncoded ? Self.decoded(text) : text
      guard !key.hasSuffix("/") else { return nil }
      return S3Object(
        location: S3Location(bucket: bucket, key: key),
        size: element.text(of: "Size").flatMap { Int($0) } ?? 0,
        modifiedAt: element.text(of: "LastModified").flatMap(Timestamp.date(iso8601:)),
        etag: element.text(of: "ETag"))
    }
    next =
      root.text(of: "IsTruncated") == "true" ? root.text(of: "NextContinuationToken") : nil
  }

  /// S3 writes a space as a plus sign, and a plus sign as `%2B`.
  private static func decoded(_ text: String) -> String {
    PercentEncoding.decode(text.replacing("+", with: " "))
  }
}
