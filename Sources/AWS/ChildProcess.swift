import Foundation

/// How long a program may run, and what measures it.
struct CommandLimit: Sendable {
  var duration: Duration
  var wait: @Sendable (Duration) async throws -> Void

  /// A minute, for such programs may ask a person elsewhere.
  static let standard = CommandLimit(duration: .seconds(60)) { try await Task.sleep(for: $0) }
}

/// Runs a program without a shell and collects what it prints.
struct ChildProcess: Sendable {
  /// How it ended.
  enum Ending: Sendable, Equatable {
    /// By itself: its exit code, its output, and the first line of what it complained about.
    case exited(Int32, output: Data, complaint: String)
    /// By a signal that did not come from here.
    case killed(signal: Int32)
    /// By a signal from here, for its time was up.
    case tookTooLong
    /// Not at all, for it never began.
    case notStarted(String)
  }

  var program: String
  var arguments: [String]
  var environment: [String: String]

  /// Runs it to its end, or to the limit.
  func run(within limit: CommandLimit) async throws -> Ending {
    guard let path = path else { return .notStarted("not found in PATH, or not executable") }
    return try await withThrowingTaskGroup(of: Ending.self) { group in
      group.addTask { await run(path) }
      group.addTask {
        try await limit.wait(limit.duration)
        return .tookTooLong
      }
      let first = try await group.next() ?? .tookTooLong
      group.cancelAll()
      return first
    }
  }

  /// The program's path: as written where it holds a slash, else the first hit in `PATH`.
  private var path: String? {
    let places =
      program.contains("/")
      ? [program]
      : (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/\(program)" }
    return places.first(where: FileManager.default.isExecutableFile(atPath:))
  }

  private func run(_ path: String) async -> Ending {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = environment
    // The terminal belongs to the board: the program may neither read from it nor write to it.
    process.standardInput = FileHandle.nullDevice
    let run = ChildRun(process)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { run.start($0) }
    } onCancel: {
      run.stop()
    }
  }
}
