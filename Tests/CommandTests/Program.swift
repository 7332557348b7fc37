import Foundation
import Synchronization
import Testing

/// The program that was built with these tests, run as a child process.
struct Program {
  /// What a finished child left behind.
  struct Result {
    var status: Int32
    var output: String
    var errors: String

    /// The output as JSON.
    func json() throws -> [String: Any] {
      try #require(
        try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(errors)")
    }
  }

  /// The executable, beside the test runner.
  static let path: String = {
    let runner = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(filePath: runner).deletingLastPathComponent().appending(path: "cdtop")
      .path(percentEncoded: false)
  }()

  /// The environment of every child: nothing of the machine's own accounts.
  static func environment(_ extra: [String: String] = [:]) -> [String: String] {
    let own = ProcessInfo.processInfo.environment
    var kept = ["PATH": own["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"]
    if let folder = own["TMPDIR"] { kept["TMPDIR"] = folder }
    return kept.merging(extra) { _, new in new }
  }

  /// Runs a program to its end.
  static func run(
    _ arguments: [String], executable: String = path, environment extra: [String: String] = [:],
    input: String = "", limit: Duration = .seconds(90)
  ) async throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    process.environment = environment(extra)
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    let ended = AsyncStream<Void> { continuation in
      process.terminationHandler = { _ in continuation.finish() }
    }
    try await process.start()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let watchdog = Task {
      try await Task.sleep(for: limit)
      kill(process.processIdentifier, SIGKILL)
    }
    async let output = read(stdout)
    async let errors = read(stderr)
    let texts = await (output, errors)
    for await _ in ended {}
    watchdog.cancel()
    return Result(status: process.terminationStatus, output: texts.0, errors: texts.1)
  }

  private static func read(_ pipe: Pipe) async -> String {
    await withCheckedContinuation { continuation in
      let handle = pipe.fileHandleForReading
      Thread.detachNewThread {
        let data = (try? handle.readToEnd()) ?? Data()
        continuation.resume(returning: String(decoding: data, as: UTF8.self))
      }
    }
  }
}

extension Process {
  /// Starts the process from a thread without blocked signals.
  ///
  /// A child inherits the mask of the thread that starts it, and the threads of the concurrency
  /// pool block SIGTERM and others, so that the child would never hear of them.
  func start() async throws {
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      let thread = Thread {
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        continuation.resume(with: Result { try self.run() })
      }
      thread.start()
    }
  }
}

/// A simulated world served by the program itself, for as long as the value lives.
final class SimulatedWorld: Sendable {
  /// The folder with `config.yaml` and `credentials`.
  let folder: URL
  /// The port on the loopback address.
  let port: Int
  private let process: Mutex<Process>

  /// Starts `cdtop simulate` on a free port and waits until it listens.
  init(_ arguments: [String] = []) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "cdtop-tests-\(UUID().uuidString)")
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments =
      ["simulate", "--port", "0", "--write-config", folder.path(percentEncoded: false)] + arguments
    process.environment = Program.environment()
    let stdout = Pipe()
    process.standardOutput = stdout
    try await process.start()
    self.folder = folder
    self.process = Mutex(process)
    var text = ""
    var found: Int?
    // The last line is printed once the files are written.
    while !text.contains("cdtop --config") {
      let data = stdout.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      text += String(decoding: data, as: UTF8.self)
      found = text.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { Int($0.output.1) }
    }
    port = try #require(found, "the simulator said: \(text)")
  }

  deinit {
    process.withLock { process in
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try? FileManager.default.removeItem(at: folder)
  }

  /// The variables that a child needs to reach the world.
  var environment: [String: String] {
    [
      "CDTOP_CONFIG": folder.appending(path: "config.yaml").path(percentEncoded: false),
      "AWS_SHARED_CREDENTIALS_FILE": folder.appending(path: "credentials")
        .path(percentEncoded: false),
      "AWS_CONFIG_FILE": "/dev/null",
      "GITHUB_TOKEN": "simulated-token",
    ]
  }

  /// Runs the program in the world.
  func run(_ arguments: [String], _ extra: [String: String] = [:]) async throws -> Program.Result {
    try await Program.run(
      arguments, environment: environment.merging(extra) { _, new in new })
  }
}

/// A temporary folder that is removed with the value.
final class Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "cdtop-scratch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file and gives its path.
  func write(_ text: String, _ name: String) throws -> String {
    let url = folder.appending(path: name)
    try text.write(to: url, atomically: true, encoding: .utf8)
    return url.path(percentEncoded: false)
  }
}
