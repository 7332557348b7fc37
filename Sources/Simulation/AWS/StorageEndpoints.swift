import Foundation
import Transport

/// S3: the buckets with the markers and with what failing builds leave.
enum StorageEndpoints {
  static func answer(_ call: AWSCall, world: World) throws(AWSFailure) -> Reply {
    let (bucket, key) = place(call.target)
    guard !bucket.isEmpty else {
      let own = world.catalogue.accounts[call.caller.account].bucket
      return Reply(
        head: .xml(
          "<ListAllMyBucketsResult><Buckets><Bucket><Name>\(own)</Name>"
            + "<CreationDate>2025-02-01T00:00:00.000Z</CreationDate></Bucket></Buckets>"
            + "</ListAllMyBucketsResult>"))
    }
    guard let owner = world.catalogue.accounts.firstIndex(where: { $0.bucket == bucket }) else {
      throw AWSFailure(
        status: 404, code: "NoSuchBucket", message: "The specified bucket does not exist")
    }
    let account = world.catalogue.accounts[owner]
    guard account.region == call.region else {
      var refusal = HTTPResponse.xml(
        "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is "
          + "malformed; the region '\(call.region)' is wrong; expecting '\(account.region)'"
          + "</Message><Region>\(account.region)</Region></Error>", status: 400)
      refusal.headers["x-amz-bucket-region"] = account.region
      return Reply(head: refusal)
    }
    guard owner == call.caller.account else {
      throw AWSFailure(status: 403, code: "AccessDenied", message: "Access Denied")
    }
    guard ["GET", "HEAD"].contains(call.request.method) else {
      throw AWSFailure(
        status: 405, code: "MethodNotAllowed",
        message: "The specified method is not allowed against this resource.")
    }
    let mayList = !world.scenario.hiddenKeys.contains(account.profile)
    guard key.isEmpty else { return try object(key, call: call, mayList: mayList, world: world) }
    guard mayList else {
      throw AWSFailure(
        status: 403, code: "AccessDenied",
        message: "User: \(call.caller.arn) is not authorized to perform: s3:ListBucket on "
          + "resource: \"arn:aws:s3:::\(bucket)\" because no identity-based policy allows the "
          + "s3:ListBucket action")
    }
    return Reply(
      head: .xml(try StorageListing(call, account: owner, world: world).xml()))
  }

  /// Bucket and key, in path style and with the bucket in the host.
  private static func place(_ target: RequestTarget) -> (bucket: String, key: String) {
    if let dot = target.host.firstRange(of: ".s3.") {
      return (
        String(target.host[..<dot.lowerBound]),
        Self.key(target.path.dropFirst())
      )
    }
    let path = target.path.dropFirst()
    let bucket = path.prefix { $0 != "/" }
    return (RequestTarget.decode(bucket), key(path.dropFirst(bucket.count).dropFirst()))
  }

  /// S3 reads a plus in the path as a space; a plus in a key has to be sent as `%2B`.
  private static func key(_ path: Substring) -> String {
    RequestTarget.decode(path.replacing("+", with: " ")[...])
  }

  private static func object(
    _ key: String, call: AWSCall, mayList: Bool, world: World
  ) throws(AWSFailure) -> Reply {
    let found = StoredObject.all(
      of: call.caller.account, prefix: key, in: world, at: call.now
    ).first { $0.key == key }
    guard let found else {
      // Who may not list is not told what is missing.
      guard mayList else {
        throw AWSFailure(status: 403, code: "AccessDenied", message: "Access Denied")
      }
      throw AWSFailure(
        status: 404, code: "NoSuchKey", message: "The specified key does not exist.")
    }
    let reply = ByteRange.answer(
      found.content,
      headers: [
        "Content-Type": found.type, "ETag": found.tag,
        "Last-Modified": Timestamp.http(world.clock.date(of: found.changedAt)),
        "x-amz-server-side-encryption": "AES256",
      ], to: call.request)
    guard reply.head.status != 416 else {
      throw AWSFailure(
        status: 416, code: "InvalidRange", message: "The requested range is not satisfiable")
    }
    if let tag = call.request.headers["If-Match"], tag != found.tag {
      throw AWSFailure(
        status: 412, code: "PreconditionFailed",
        message: "At least one of the pre-conditions you specified did not hold")
    }
    return reply
  }
}
