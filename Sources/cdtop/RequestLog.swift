import Foundation
import Synchronization

/// A file that gets one line a request.
final class RequestLog: Sendable {
  private let handle: Mutex<FileHandle>

  /// Opens a new file, readable by its owner alone.
  /// - Throws: An exit code, after having said what is wrong.
  init(path: String, isForced: Bool) throws {
    handle = Mutex(
      try GivenFile(path: path, mark: "\"is_charged\":", isForced: isForced).write())
  }

  /// Appends a line; a full disk loses it rather than the simulation.
  func append(_ line: String) {
    handle.withLock { try? $0.write(contentsOf: Data((line + "\n").utf8)) }
  }
}
