import Foundation

/// A page of `ListObjectsV2`, as S3 writes it.
struct StorageListing {
  private let bucket: String
  private let objects: [StoredObject]
  private let clock: WorldClock
  private let prefix: String
  private let delimiter: String?
  private let token: String?
  private let startAfter: String?
  private let isEncoded: Bool
  private let most: Int

  init(_ call: AWSCall, account: Int, world: World) {
    let target = call.target
    bucket = world.catalogue.accounts[account].bucket
    prefix = target["prefix"] ?? ""
    objects = StoredObject.all(of: account, prefix: prefix, in: world, at: call.now)
    clock = world.clock
    delimiter = target["delimiter"].flatMap { $0.isEmpty ? nil : $0 }
    token = target["continuation-token"]
    startAfter = target["start-after"]
    isEncoded = target["encoding-type"] == "url"
    most = min(max(target["max-keys"].flatMap { Int($0) } ?? 1000, 0), 1000)
  }

  /// What a page counts: an object, or everything under a common prefix.
  private enum Entry {
    case object(StoredObject)
    case folder(String)

    /// The key or prefix, by which pages go on.
    var name: String {
      switch self {
      case .object(let object): object.key
      case .folder(let prefix): prefix
      }
    }
  }

  /// The XML.
  func xml() throws(AWSFailure) -> String {
    let start = token.flatMap(Self.name) ?? startAfter
    let rest = entries.filter { entry in
      start.map { $0.utf8.lexicographicallyPrecedes(entry.name.utf8) } ?? true
    }
    if let token, Self.name(of: token) == nil {
      throw AWSFailure(
        status: 400, code: "InvalidArgument",
        message: "The continuation token provided is incorrect")
    }
    let page = rest.prefix(most)
    let isTruncated = rest.count > page.count
    var fields = [
      Self.field("Name", bucket), Self.field("Prefix", encoded(prefix)),
      Self.field("KeyCount", String(page.count)), Self.field("MaxKeys", String(most)),
    ]
    if let delimiter { fields.append(Self.field("Delimiter", encoded(delimiter))) }
    if isEncoded { fields.append(Self.field("EncodingType", "url")) }
    if let token { fields.append(Self.field("ContinuationToken", token)) }
    if let startAfter { fields.append(Self.field("StartAfter", encoded(startAfter))) }
    fields.append(Self.field("IsTruncated", String(isTruncated)))
    if isTruncated, let last = page.last {
      fields.append(Self.field("NextContinuationToken", Self.token(last.name)))
    }
    for entry in page {
      switch entry {
      case .object(let object): fields.append(text(of: object))
      case .folder(let prefix):
        fields.append("<CommonPrefixes>\(Self.field("Prefix", encoded(prefix)))</CommonPrefixes>")
      }
    }
    return "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(fields.joined())"
      + "</ListBucketResult>"
  }

  private var entries: [Entry] {
    var entries: [Entry] = []
    for object in objects {
      guard let delimiter,
        let end = object.key.dropFirst(prefix.count).firstRange(of: delimiter)
      else {
        entries.append(.object(object))
        continue
      }
      let folder = String(object.key[..<end.upperBound])
      if entries.last?.name != folder { entries.append(.folder(folder)) }
    }
    return entries
  }

  private func text(of object: StoredObject) -> String {
    "<Contents>" + Self.field("Key", encoded(object.key))
      + Self.field(
        "LastModified", Timestamp.isoOfStep(clock.date(of: object.changedAt)))
      + Self.field("ETag", object.tag) + Self.field("Size", String(object.content.count))
      + Self.field("StorageClass", "STANDARD") + "</Contents>"
  }

  /// What `encoding-type=url` does to a key: as in a form, but slashes stay.
  private func encoded(_ text: String) -> String {
    guard isEncoded else { return text }
    return RequestTarget.encode(text, keepingSlashes: true).replacing("%20", with: "+")
  }

  private static func field(_ name: String, _ value: String) -> String {
    "<\(name)>\(value.xmlEscaped)</\(name)>"
  }

  /// Opaque to clients: it names the last entry of a page.
  private static func token(_ name: String) -> String {
    "1" + Data(name.utf8).base64EncodedString()
  }

  private static func name(of token: String) -> String? {
    guard token.hasPrefix("1"), let data = Data(base64Encoded: String(token.dropFirst())) else {
      return nil
    }
    return String(decoding: data, as: UTF8.self)
  }
}
