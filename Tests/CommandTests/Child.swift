import Foundation
import Testing

/// A child process whose streams are files.
///
/// Foundation's `Process` learns of an exit by a socket that a child's own children keep open, hands
/// on the signal mask of a pool thread, and reads `/proc/self/fd` while other tests open and close.
struct Child: Sendable {
  /// The process's id.
  let pid: pid_t
  private let folder: Scratch

  /// Starts a program.
  init(
    _ executable: String, _ arguments: [String], environment: [String: String],
    input: String = ""
  ) throws {
    folder = try Scratch()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let streams = [
      try folder.write(input, "0"), try folder.write("", "1"), try folder.write("", "2"),
    ]
    for (descriptor, path) in streams.enumerated() {
      posix_spawn_file_actions_addopen(
        &actions, Int32(descriptor), path, descriptor == 0 ? O_RDONLY : O_WRONLY | O_APPEND, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, executable, &actions, &attributes, &words, &variables)
    try #require(failure == 0, "\(executable): \(String(cString: strerror(failure)))")
    self.pid = pid
  }

  /// What it has written to standard output so far.
  var output: String { folder.text("1") }

  /// What it has written to standard error so far.
  var errors: String { folder.text("2") }

  /// Waits for the end on a thread of its own; a child that takes too long is killed.
  /// - Returns: The exit code, or 128 and the signal that ended it.
  func wait(limit: Duration = .seconds(240)) async -> Int32 {
    let watchdog = Task {
      try await Task.sleep(for: limit)
      kill(pid, SIGKILL)
    }
    defer { watchdog.cancel() }
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: self.reap()) }
    }
  }

  /// Waits for the end.
  @discardableResult
  func reap() -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }
}

/// A temporary folder that is removed with the value.
final class Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "cdtop-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The path of a name in the folder.
  func path(_ name: String) -> String {
    folder.appending(path: name).path(percentEncoded: false)
  }

  /// The text of a file in the folder; empty where there is none.
  func text(_ name: String) -> String {
    (try? String(decoding: Data(contentsOf: folder.appending(path: name)), as: UTF8.self)) ?? ""
  }

  /// Writes a file and gives its path.
  func write(_ text: String, _ name: String) throws -> String {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    return path(name)
  }
}
