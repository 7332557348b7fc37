import Foundation

/// The programs that are built beside this one.
enum Siblings {
  /// The path of cdtop.
  static let cdtop: String = {
    let own =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(filePath: own).deletingLastPathComponent().appending(path: "cdtop")
      .path(percentEncoded: false)
  }()
}

/// `cdtop simulate` in a process of its own, with a request log.
final class SimulatorProcess {
  /// One line of the request log.
  struct Request: Decodable {
    var service: String
    var target: String
    var status: Int
    var isCharged: Bool
  }

  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "cdtop-benchmark-\(UUID().uuidString)")
  private let process = Process()
  private let port: Int

  init(_ arguments: [String] = [], scenario: String? = nil) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var arguments = arguments
    if let scenario {
      let file = folder.appending(path: "scenario.yaml")
      try scenario.write(to: file, atomically: true, encoding: .utf8)
      arguments += ["--scenario", file.path(percentEncoded: false)]
    }
    process.executableURL = URL(filePath: Siblings.cdtop)
    process.arguments =
      [
        "simulate", "--port", "0", "--write-config", folder.path(percentEncoded: false),
        "--request-log", folder.appending(path: "requests").path(percentEncoded: false),
      ] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var said = ""
    while !said.contains("cdtop --config") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw BenchmarkError(description: "the simulator ended") }
      said += String(decoding: data, as: UTF8.self)
    }
    guard let found = said.firstMatch(of: /127\.0\.0\.1:(\d+)/), let port = Int(found.output.1)
    else { throw BenchmarkError(description: "no port in: \(said)") }
    self.port = port
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: folder)
  }

  /// The configuration file.
  var configuration: String { folder.appending(path: "config.yaml").path(percentEncoded: false) }

  /// What cdtop needs to reach the world.
  var environment: [String: String] {
    [
      "AWS_SHARED_CREDENTIALS_FILE": folder.appending(path: "credentials")
        .path(percentEncoded: false),
      "AWS_CONFIG_FILE": "/dev/null", "GITHUB_TOKEN": "simulated-token",
    ]
  }

  /// What `gh` needs to reach the world.
  var ghEnvironment: [String: String] {
    [
      "GH_HOST": "github.localhost", "HTTP_PROXY": "http://127.0.0.1:\(port)",
      "GH_TOKEN": "simulated-token", "GH_CONFIG_DIR": folder.path(percentEncoded: false),
    ]
  }

  /// The requests so far to one service.
  func requests(of service: String) throws -> [Request] {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let text = try String(contentsOf: folder.appending(path: "requests"), encoding: .utf8)
    return try text.split(separator: "\n")
      .map { try decoder.decode(Request.self, from: Data($0.utf8)) }
      .filter { $0.service == service }
  }

  /// A run that is running, in the first repository that has one.
  func activeRun() throws -> (repository: String, id: Int) {
    let settings = environment.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let text = try shell(
      "env \(settings) \(Siblings.cdtop) runs --config \(configuration) --active --json 2>/dev/null"
    )
    let report = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let runs = (report?["environments"] as? [[String: Any]] ?? [])
      .flatMap { $0["runs"] as? [[String: Any]] ?? [] }
    let running = runs.first { $0["state"] as? String == "in_progress" } ?? runs.first
    guard let repository = running?["repository"] as? String, let id = running?["id"] as? Int
    else { throw BenchmarkError(description: "no active run") }
    return (repository, id)
  }
}
