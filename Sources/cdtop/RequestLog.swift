import Foundation
import Synchronization

/// A file that gets one line a request.
final class RequestLog: Sendable {
  private let handle: Mutex<FileHandle>

  /// Opens a new file, readable by its owner alone.
  /// - Throws: An exit code, after having said what is wrong.
  init(path: String) throws {
    try? FileManager.default.removeItem(atPath: path)
    guard
      FileManager.default.createFile(
        atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let opened = FileHandle(forWritingAtPath: path)
    else {
      throw Console.failure("cannot write the request log \(path)", remedy: "Give another path.")
    }
    handle = Mutex(opened)
  }

  /// Appends a line; a full disk loses it rather than the simulation.
  func append(_ line: String) {
    handle.withLock { try? $0.write(contentsOf: Data((line + "\n").utf8)) }
  }
}
