import Crypto
import Foundation
import Transport

/// A link, good for a minute, to bytes on another origin than the API's.
struct BlobLink: Sendable {
  /// What is behind the link.
  enum Kind: String, Sendable {
    case jobLog = "job-log"
    case runLogs = "run-logs"
    case artifact
  }

  let kind: Kind
  let id: String

  /// The first segment of every such link's path.
  static let segment = "_blobs"

  /// How long a link is good.
  static let lifetime = Duration.seconds(60)

  /// A link of its own for each who asks, even in the same second.
  func url(for call: GitHubCall, in world: inout World) -> String {
    world.links += 1
    let expiry = Int(world.clock.now().timeIntervalSince1970) + 60
    return "\(Self.origin(besides: call.target.origin))/\(Self.segment)/\(kind.rawValue)/\(id)"
      + "?se=\(expiry)&n=\(world.links)"
      + "&sig=\(signature(expiry: expiry, number: world.links, seed: world.seed))"
  }

  /// Another name of this server: a second host for a client, though the same socket.
  private static func origin(besides origin: String) -> String {
    if origin.contains("//127.0.0.1") {
      return origin.replacing("//127.0.0.1", with: "//localhost")
    }
    if origin.contains("//localhost") {
      return origin.replacing("//localhost", with: "//127.0.0.1")
    }
    // Not a neighbour of the API's host: some clients send their token to those.
    return "\(origin.prefix { $0 != ":" })://blobs.localhost"
  }

  private func signature(expiry: Int, number: Int, seed: UInt64) -> String {
    SHA256.hash(data: Data("\(seed) \(kind.rawValue) \(id) \(expiry) \(number)".utf8))
      .prefix(16).hexDigits
  }

  /// Serves a link.
  ///
  /// A request that carries credentials is refused, as blob stores refuse it: a client must not
  /// send its token on to another origin.
  static func answer(
    _ request: HTTPRequest, target: RequestTarget, in world: inout World
  ) -> Reply {
    let segments = target.segments
    func refusal(_ status: Int, _ code: String, _ message: String) -> Reply {
      Reply(
        head: HTTPResponse(
          status: status, headers: ["Content-Type": "application/xml", "x-ms-error-code": code],
          body: Data(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
              .utf8)))
    }
    guard request.headers["Authorization"] == nil else {
      return refusal(
        400, "InvalidAuthenticationInfo", "Authentication information is given twice.")
    }
    guard segments.count == 3, let kind = Kind(rawValue: segments[1]),
      let expiry = target["se"].flatMap({ Int($0) }),
      let number = target["n"].flatMap({ Int($0) }),
      target["sig"]
        == BlobLink(kind: kind, id: segments[2]).signature(
          expiry: expiry, number: number, seed: world.seed)
    else { return refusal(404, "BlobNotFound", "The specified blob does not exist.") }
    guard world.clock.now().timeIntervalSince1970 < Double(expiry),
      !world.revokedLinks.contains(target["sig"] ?? "")
    else {
      return refusal(403, "AuthenticationFailed", "Signature not valid in the specified time frame")
    }
    let link = BlobLink(kind: kind, id: segments[2])
    guard let found = link.content(in: &world) else {
      return refusal(404, "BlobNotFound", "The specified blob does not exist.")
    }
    var reply = ByteRange.answer(
      found.content,
      headers: [
        "Content-Type": kind == .jobLog ? "text/plain; charset=utf-8" : "application/zip",
        "ETag": link.tag(of: found.content, seed: world.seed),
        "Last-Modified": Timestamp.http(found.changedAt), "Server": "Windows-Azure-Blob/1.0",
        "x-ms-blob-type": kind == .jobLog ? "AppendBlob" : "BlockBlob",
      ], to: request)
    if reply.head.status == 416 {
      reply = refusal(
        416, "InvalidRange", "The range specified is invalid for the current size of the resource.")
      reply.head.headers["Content-Range"] = "bytes */\(found.content.count)"
    }
    return reply
  }

  /// Strong, in the form of Azure's blob storage.
  private func tag(of content: LazyContent, seed: UInt64) -> String {
    var chance = Randomness(seed: seed, "tag", kind.rawValue, id, String(content.count))
    return "\"0x8DD\(chance.hex(12).uppercased())\""
  }

  private func content(in world: inout World) -> (content: LazyContent, changedAt: Date)? {
    let clock = world.clock
    /// Whether a log's end has come through yet.
    func isWritten(_ end: Instant) -> Bool {
      clock.date(of: end) + world.scenario.logDelay <= clock.now()
    }
    switch kind {
    case .jobLog:
      guard let id = Int64(id), let run = world.runOfJob[id].flatMap({ world.runs[$0] }),
        let job = run.attempts.flatMap(\.jobs).first(where: { $0.id == id }),
        let end = job.completedAt, isWritten(end)
      else { return nil }
      return (JobLog(job, of: run, in: world).content, clock.date(of: end))
    case .runLogs:
      let parts = id.split(separator: "-").compactMap { Int64($0) }
      guard parts.count == 2, let run = world.runs[parts[0]],
        let attempt = run.attempts.first(where: { $0.number == parts[1] }),
        let end = attempt.jobs.compactMap(\.completedAt).max(), isWritten(end)
      else { return nil }
      return (RunLogArchive(attempt, of: run, in: world).content, clock.date(of: end))
    case .artifact:
      let now = clock.instant(of: clock.now())
      guard let id = Int64(id), let (run, plan) = world.artifact(id, at: now) else { return nil }
      return (world.archive(of: plan, in: run).content, clock.date(of: plan.createdAt))
    }
  }
}
