package import Foundation

/// How long a program may run, and what measures it.
package struct CommandLimit: Sendable {
  var duration: Duration
  var wait: @Sendable (Duration) async throws -> Void

  /// Creates a limit.
  /// - Parameters:
  ///   - duration: How long the program may run.
  ///   - wait: Waits that long.
  package init(duration: Duration, wait: @escaping @Sendable (Duration) async throws -> Void) {
    self.duration = duration
    self.wait = wait
  }

  /// A minute, for such programs may ask a person elsewhere.
  static let standard = CommandLimit(duration: .seconds(60)) { try await Task.sleep(for: $0) }
}

/// Runs a program without a shell and collects what it prints.
package struct ChildProcess: Sendable {
  /// How it ended.
  package enum Ending: Sendable, Equatable {
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
  var input: Data?
  var isHeard: Bool

  /// Describes a program that has not been started.
  /// - Parameters:
  ///   - program: Its path, or a name to look for in the `PATH` of `environment`.
  ///   - arguments: Its arguments, as they are.
  ///   - environment: All its variables.
  ///   - input: What it finds on standard input, some kilobytes at most; `nil` for nothing.
  ///   - isHeard: Whether what it prints is collected. Else nobody waits for it to be printed.
  package init(
    program: String, arguments: [String], environment: [String: String], input: Data? = nil,
    isHeard: Bool = true
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.isHeard = isHeard
  }

  /// Runs it to its end, or to the limit; then it is killed, with what it has started.
  /// - Throws: `CancellationError` where the task was cancelled, and what the limit's wait throws.
  package func run(within limit: CommandLimit) async throws -> Ending {
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
    if let input {
      guard let pipe = Pipe.holding(input) else { return .notStarted("its input is too long") }
      process.standardInput = pipe
    }
    let run = ChildRun(process, isHeard: isHeard)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { run.start($0) }
    } onCancel: {
      run.stop()
    }
  }
}

extension Pipe {
  /// A pipe that holds some bytes and its end already; `nil` where they do not fit into it.
  ///
  /// Nobody has to write while the program runs, which may end without having read.
  fileprivate static func holding(_ content: Data) -> Pipe? {
    let pipe = Pipe()
    let writer = pipe.fileHandleForWriting
    let descriptor = writer.fileDescriptor
    guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0,
      content.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == content.count
    else { return nil }
    try? writer.close()
    return pipe
  }
}
