import Foundation
import Testing

/// The program that was built with these tests, run as a child process.
enum Program {
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
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
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
    input: String = ""
  ) async throws -> Result {
    let child = try Child(
      executable, arguments, environment: environment(extra), input: input)
    let status = await child.wait()
    return Result(status: status, output: child.output, errors: child.errors)
  }
}

/// A simulated world served by the program itself, for as long as the value lives.
final class SimulatedWorld: Sendable {
  /// The port on the loopback address.
  let port: Int
  private let child: Child
  private let files: Scratch

  /// Starts `cdtop simulate` on a free port and waits until it listens.
  init(_ arguments: [String] = []) async throws {
    files = try Scratch()
    let started = try Child(
      Program.path,
      ["simulate", "--port", "0", "--write-config", files.path("config")] + arguments,
      environment: Program.environment())
    child = started
    let deadline = ContinuousClock.now + .seconds(120)
    // The last line is printed once the files are written.
    while !started.output.contains("cdtop --config"), ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(20))
    }
    let said = started.output
    port = try #require(
      said.firstMatch(of: /127\.0\.0\.1:(\d+)/).flatMap { Int($0.output.1) },
      "the simulator said: \(said)\(started.errors)")
  }

  deinit {
    kill(child.pid, SIGKILL)
    child.reap()
  }

  /// The variables that a child needs to reach the world.
  var environment: [String: String] {
    [
      "CDTOP_CONFIG": files.path("config/config.yaml"),
      "AWS_SHARED_CREDENTIALS_FILE": files.path("config/credentials"),
      "AWS_CONFIG_FILE": "/dev/null",
      "GITHUB_TOKEN": "simulated-token",
      "XDG_STATE_HOME": files.path("state"),
    ]
  }

  /// Runs the program in the world.
  func run(_ arguments: [String], _ extra: [String: String] = [:]) async throws -> Program.Result {
    try await Program.run(
      arguments, environment: environment.merging(extra) { _, new in new })
  }
}
