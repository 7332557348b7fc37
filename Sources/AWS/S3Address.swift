import Deploys

/// The URL of an object in S3.
enum S3Address {
  /// The URL, with the bucket in the host on AWS's own hosts and in the path anywhere else.
  ///
  /// A bucket whose name is no plain host label goes in the path there too: with a dot in it no
  /// certificate would match.
  static func url(of location: S3Location, at endpoint: Endpoint) -> String {
    let key = PercentEncoding.encode(location.key, keepingSlashes: true)
    guard !endpoint.isOverridden, fitsInHost(location.bucket),
      let slashes = endpoint.url.firstRange(of: "://")
    else { return "\(endpoint.url)/\(PercentEncoding.encode(location.bucket))/\(key)" }
    return endpoint.url[..<slashes.upperBound] + "\(location.bucket)."
      + endpoint.url[slashes.upperBound...] + "/\(key)"
  }

  /// Whether a bucket's name can stand in a host: 3 to 63 of a–z, 0–9 and inner hyphens.
  static func fitsInHost(_ bucket: String) -> Bool {
    (3...63).contains(bucket.utf8.count) && Endpoint.isHostLabel(bucket)
  }
}
