import AWS
import Archives
import Deploys
import Foundation
import GitHub
import LogText
import Operations
import Synchronization
import Testing
import Transport

/// An inspector among stub servers, in a folder of its own.
final class Scene: Sendable {
  static let run = RunKey(repository: RepositoryName(owner: "acme", name: "shop"), id: 7)
  static let build = BuildKey(
    scope: AWSScope(region: "eu-west-1", endpoint: "http://aws"), id: "shop-dev:0-1-2")

  let servers: StubServers
  let root: String
  let folder: PrivateFolder
  let inspector: Inspector
  /// How long was slept, in order.
  let sleeps = Mutex<[Duration]>([])
  /// The time, moved on by every sleep.
  let clock = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

  init(
    servers: StubServers = StubServers(), limits: ArchiveLimits = ArchiveLimits(),
    disk: Disk = .system, privateDisk: Disk = .system
  ) throws {
    self.servers = servers
    root = try Self.makeFolder()
    try FileManager.default.createDirectory(
      atPath: "\(root)/private", withIntermediateDirectories: false)
    try FileManager.default.createDirectory(
      atPath: "\(root)/home", withIntermediateDirectories: false)
    folder = PrivateFolder(in: "\(root)/private", disk: privateDisk)
    let box = Box()
    let sleep: @Sendable (Duration) async throws -> Void = { length in
      try Task.checkCancellation()
      box.scene.withLock { $0.value?.slept(length) }
      await Task.yield()
    }
    inspector = Inspector(
      github: GitHubClient(
        apiURL: "http://gh", credential: try GitHubCredential(token: "secret", source: "test"),
        transport: servers, sleep: { _ in }),
      aws: AWSClients(
        environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "key"],
        transport: servers, retry: .none, files: FileReader { _ in nil }, sleep: { _ in }),
      folder: folder, limits: limits, home: "\(root)/home", now: { box.now }, sleep: sleep,
      disk: disk)
    box.scene.withLock { $0.value = self }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private final class Box: Sendable {
    struct Weak: Sendable { weak var value: Scene? }
    let scene = Mutex(Weak())
    var now: Date { scene.withLock { $0.value }?.clock.withLock { $0 } ?? Date() }
  }

  private func slept(_ length: Duration) {
    sleeps.withLock { $0.append(length) }
    clock.withLock { $0 += Double(length.components.seconds) }
  }

  static func makeFolder() throws -> String {
    let path = NSTemporaryDirectory() + "cdtop-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    return path
  }

  /// A job as GitHub's API gives it.
  static func job(
    _ id: Int64 = 1, status: String = "completed", conclusion: String? = "failure",
    completedAt: Date? = Date(timeIntervalSince1970: 1_800_000_000), runner: String? = "r"
  ) -> String {
    let end = completedAt.map { "\"\($0.formatted(.iso8601))\"" } ?? "null"
    return """
      {"id":\(id),"run_id":7,"run_attempt":1,"name":"build","status":"\(status)",
      "conclusion":\(conclusion.map { "\"\($0)\"" } ?? "null"),
      "created_at":"2027-01-15T07:00:00Z","started_at":"2027-01-15T07:00:00Z",
      "completed_at":\(end),"steps":[],"labels":[],
      "runner_name":\(runner.map { "\"\($0)\"" } ?? "null"),"html_url":"h"}
      """
  }

  /// An artifact.
  static func artifact(
    _ id: Int64 = 5, name: String = "dist", content: Data, digest: String? = nil,
    isExpired: Bool = false
  ) -> Artifact {
    Artifact(
      run: run, id: id, name: name, size: content.count, digest: digest, isExpired: isExpired,
      expiresAt: Date(timeIntervalSince1970: 1_800_000_000))
  }

  /// Serves an artifact's zip at the storage's own origin.
  func serve(
    _ id: Int64 = 5, _ answer: @escaping @Sendable (HTTPRequest, _ hit: Int) -> StubServers.Answer
  ) {
    servers.on("/artifacts/\(id)/zip", .redirect(to: "http://blobs/artifact-\(id)"))
    servers.on("http://blobs/artifact-\(id)", answer)
  }

  /// Serves a job's log at the storage's own origin.
  func serveLog(
    _ job: Int64 = 1,
    _ answer: @escaping @Sendable (HTTPRequest, _ hit: Int) -> StubServers.Answer
  ) {
    servers.on("/jobs/\(job)/logs", .redirect(to: "http://blobs/log-\(job)"))
    servers.on("http://blobs/log-\(job)", answer)
  }

  /// The files in the private folder now.
  var privateFiles: [String] {
    guard let path = folder.path else { return [] }
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The files in the home folder now.
  var homeFiles: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(root)/home")) ?? []).sorted()
  }

  /// The bytes of a file in the home folder.
  func homeFile(_ name: String) -> Data? {
    FileManager.default.contents(atPath: "\(root)/home/\(name)")
  }

  /// Everything that a save says.
  func saved(_ request: SaveRequest) async -> [SaveNews] {
    await inspector.save(request).reduce(into: []) { $0.append($1) }
  }

  /// How a save ends.
  func end(of request: SaveRequest) async -> SaveNews? {
    await saved(request).last
  }
}

/// What came of a text, to its end.
struct Reading {
  var deliveries: [LogDelivery] = []
  var log: LogFile?

  var bytes: [UInt8] { log.map { $0.read(0..<$0.count) } ?? [] }
  var text: String { String(decoding: bytes, as: UTF8.self) }
  var failures: [ReadFailure] {
    deliveries.compactMap { if case .failed(let failure) = $0 { failure } else { nil } }
  }
  var hasEnded: Bool { deliveries.last == .ended }
}

extension Inspector {
  /// Reads a text to its end, or until a delivery that is enough.
  func reading(
    _ source: LogSource, until isEnough: (LogDelivery) -> Bool = { _ in false }
  ) async -> Reading {
    var reading = Reading()
    for await delivery in open(source) {
      reading.deliveries.append(delivery)
      if case .opened(let log) = delivery { reading.log = log }
      if isEnough(delivery) { break }
    }
    return reading
  }

  /// Lists a container.
  func files(_ container: FileContainer) async -> Result<[StoredFile], ReadFailure> {
    for await delivery in list(container) {
      switch delivery {
      case .fetching: continue
      case .listed(let files): return .success(files)
      case .failed(let failure): return .failure(failure)
      }
    }
    return .failure(ReadFailure(.cancelled, message: "the stream ended", remedy: ""))
  }
}

/// Waits until something holds; gives up after ten seconds.
func eventually(
  _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  _ condition: () async -> Bool
) async {
  let deadline = ContinuousClock.now + .seconds(120)
  while ContinuousClock.now < deadline {
    if await condition() { return }
    await Task.yield()
  }
  Issue.record(comment ?? "it did not come to hold", sourceLocation: sourceLocation)
}

/// The mode bits of a file.
func mode(_ path: String) -> mode_t? {
  var status = stat()
  guard lstat(path, &status) == 0 else { return nil }
  return status.st_mode & 0o7777
}
