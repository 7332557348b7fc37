import Crypto
import Foundation
import Transport

/// S3: the buckets with the markers.
enum StorageEndpoints {
  static func answer(_ call: AWSCall, world: World) throws(AWSFailure) -> HTTPResponse {
    let (bucket, key) = place(call.target)
    guard !bucket.isEmpty else {
      let own = world.catalogue.accounts[call.caller.account].bucket
      return .xml(
        "<ListAllMyBucketsResult><Buckets><Bucket><Name>\(own)</Name>"
          + "<CreationDate>2025-02-01T00:00:00.000Z</CreationDate></Bucket></Buckets>"
          + "</ListAllMyBucketsResult>")
    }
    guard let owner = world.catalogue.accounts.firstIndex(where: { $0.bucket == bucket }) else {
      throw AWSFailure(
        status: 404, code: "NoSuchBucket", message: "The specified bucket does not exist")
    }
    let account = world.catalogue.accounts[owner]
    guard account.region == call.region else {
      return .xml(
        "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is "
          + "malformed; the region '\(call.region)' is wrong; expecting '\(account.region)'"
          + "</Message><Region>\(account.region)</Region></Error>", status: 400
      )
      .with("x-amz-bucket-region", account.region)
    }
    guard owner == call.caller.account else {
      throw AWSFailure(status: 403, code: "AccessDenied", message: "Access Denied")
    }
    guard ["GET", "HEAD"].contains(call.request.method) else {
      throw AWSFailure(
        status: 405, code: "MethodNotAllowed",
        message: "The specified method is not allowed against this resource.")
    }
    return key.isEmpty
      ? list(call, account: owner, world: world) : try object(key, call: call, world: world)
  }

  /// Bucket and key, in path style and with the bucket in the host.
  private static func place(_ target: RequestTarget) -> (bucket: String, key: String) {
    if let dot = target.host.firstRange(of: ".s3.") {
      return (
        String(target.host[..<dot.lowerBound]),
        RequestTarget.decode(target.path.dropFirst())
      )
    }
    let path = target.path.dropFirst()
    let bucket = path.prefix { $0 != "/" }
    return (
      RequestTarget.decode(bucket), RequestTarget.decode(path.dropFirst(bucket.count).dropFirst())
    )
  }

  private static func markers(
    _ account: Int, call: AWSCall, world: World
  ) -> [(key: String, time: Instant)] {
    world.buildIDs[account].compactMap { id in
      guard let time = world.builds[id]?.markerAt, time <= call.now else { return nil }
      return ("results/failure_build_\(id).txt", time)
    }
  }

  private static let content = Data("BUILD_FAILED=true\n".utf8)
  private static let tag =
    "\""
    + Insecure.MD5.hash(data: content).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    .joined() + "\""

  private static func object(
    _ key: String, call: AWSCall, world: World
  ) throws(AWSFailure) -> HTTPResponse {
    let found = markers(call.caller.account, call: call, world: world).first { $0.key == key }
    guard let found else {
      let profile = world.catalogue.accounts[call.caller.account].profile
      guard !world.scenario.hiddenKeys.contains(profile) else {
        throw AWSFailure(status: 403, code: "AccessDenied", message: "Access Denied")
      }
      throw AWSFailure(
        status: 404, code: "NoSuchKey", message: "The specified key does not exist.")
    }
    return ByteRange.answer(
      content,
      headers: [
        "Content-Type": "text/plain", "ETag": tag, "Accept-Ranges": "bytes",
        "Last-Modified": Timestamp.http(world.clock.date(of: found.time)),
      ], to: call.request)
  }

  private static func list(_ call: AWSCall, account: Int, world: World) -> HTTPResponse {
    let prefix = call.target["prefix"] ?? ""
    var found = markers(account, call: call, world: world)
      .filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
    var folders: [String] = []
    if call.target["delimiter"] == "/" {
      let inner = found.filter { $0.key.dropFirst(prefix.count).contains("/") }
      folders = Set(
        inner.map { prefix + $0.key.dropFirst(prefix.count).prefix { $0 != "/" } + "/" }
      ).sorted()
      found.removeAll { $0.key.dropFirst(prefix.count).contains("/") }
    }
    found = Array(found.prefix(1000))
    let isEncoded = call.target["encoding-type"] == "url"
    let entries = found.map { marker in
      let key =
        isEncoded
        ? RequestTarget.encode(marker.key, keepingSlashes: true) : marker.key.xmlEscaped
      let time = Timestamp.isoOfStep(world.clock.date(of: marker.time))
      return "<Contents><Key>\(key)</Key><LastModified>\(time)</LastModified>"
        + "<ETag>\(tag.xmlEscaped)</ETag><Size>\(content.count)</Size>"
        + "<StorageClass>STANDARD</StorageClass></Contents>"
    }
    return .xml(
      "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + "<Name>\(world.catalogue.accounts[account].bucket)</Name>"
        + "<Prefix>\(prefix.xmlEscaped)</Prefix><KeyCount>\(entries.count)</KeyCount>"
        + "<MaxKeys>1000</MaxKeys>" + (isEncoded ? "<EncodingType>url</EncodingType>" : "")
        + "<IsTruncated>false</IsTruncated>\(entries.joined())"
        + folders.map { "<CommonPrefixes><Prefix>\($0)</Prefix></CommonPrefixes>" }.joined()
        + "</ListBucketResult>")
  }
}

extension HTTPResponse {
  fileprivate func with(_ name: String, _ value: String) -> HTTPResponse {
    var copy = self
    copy.headers[name] = value
    return copy
  }
}
