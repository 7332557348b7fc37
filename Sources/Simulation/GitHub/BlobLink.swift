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

  func url(for call: GitHubCall, in world: World) -> String {
    let expiry = Int(world.clock.now().timeIntervalSince1970) + 60
    return "\(Self.origin(besides: call.target.origin))/\(Self.segment)/\(kind.rawValue)/\(id)"
      + "?se=\(expiry)&sig=\(signature(expiry: expiry, seed: world.seed))"
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

  private func signature(expiry: Int, seed: UInt64) -> String {
    SHA256.hash(data: Data("\(seed) \(kind.rawValue) \(id) \(expiry)".utf8)).prefix(16)
      .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Serves a link.
  ///
  /// A request that carries credentials is refused, as blob stores refuse it: a client must not
  /// send its token on to another origin.
  static func answer(_ request: HTTPRequest, target: RequestTarget, in world: World)
    -> HTTPResponse
  {
    let segments = target.segments
    func refusal(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
      HTTPResponse(
        status: status, headers: ["Content-Type": "application/xml"],
        body: Data(
          "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
            .utf8))
    }
    guard request.headers["Authorization"] == nil else {
      return refusal(
        400, "InvalidAuthenticationInfo", "Authentication information is given twice.")
    }
    guard segments.count == 3, let kind = Kind(rawValue: segments[1]),
      let expiry = target["se"].flatMap({ Int($0) }),
      target["sig"]
        == BlobLink(kind: kind, id: segments[2]).signature(
          expiry: expiry, seed: world.seed)
    else { return refusal(404, "BlobNotFound", "The specified blob does not exist.") }
    guard world.clock.now().timeIntervalSince1970 < Double(expiry) else {
      return refusal(403, "AuthenticationFailed", "Signature not valid in the specified time frame")
    }
    guard let (content, type) = BlobLink(kind: kind, id: segments[2]).content(in: world) else {
      return refusal(404, "BlobNotFound", "The specified blob does not exist.")
    }
    return ByteRange.answer(
      content, headers: ["Content-Type": type, "Accept-Ranges": "bytes"], to: request)
  }

  private func content(in world: World) -> (Data, type: String)? {
    let now = world.clock.instant(of: world.clock.now())
    switch kind {
    case .jobLog:
      guard let id = Int64(id), let run = world.runOfJob[id].flatMap({ world.runs[$0] }),
        let job = run.attempts.flatMap(\.jobs).first(where: { $0.id == id })
      else { return nil }
      return (Data(JobLog(job, of: run, in: world).text.utf8), "text/plain; charset=utf-8")
    case .runLogs:
      let parts = id.split(separator: "-").compactMap { Int64($0) }
      guard parts.count == 2, let run = world.runs[parts[0]],
        let attempt = run.attempts.first(where: { $0.number == parts[1] })
      else { return nil }
      return (RunLogArchive(attempt, of: run, in: world).data, "application/zip")
    case .artifact:
      guard let id = Int64(id), let run = world.runs[id / 10],
        let artifact = SimulatedArtifact.all(of: run, in: world, at: now)
          .first(where: { $0.id == id })
      else { return nil }
      return (artifact.archive, "application/zip")
    }
  }
}
