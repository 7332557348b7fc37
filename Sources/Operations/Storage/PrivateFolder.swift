import Foundation
import Synchronization

/// A folder of this process alone, for what is fetched to be looked at.
///
/// It is made when it is first needed, readable for its owner only, and goes with ``close()``. Names
/// in it are counted, never taken from outside. What a process that has died left behind is swept
/// when the next one makes its folder.
package final class PrivateFolder: Sendable {
  /// What the names of all such folders begin with.
  static let prefix = "cdtop-"

  private enum State {
    case unmade
    case made(path: String, number: Int32)
    case closed
  }

  private struct Contents {
    var state = State.unmade
    var count = 0
  }

  let parent: String
  private let disk: Disk
  private let contents = Mutex(Contents())

  /// Names a folder; nothing is made yet.
  /// - Parameters:
  ///   - parent: The folder that it is made in.
  ///   - disk: What writes its files.
  package init(in parent: String, disk: Disk = .system) {
    self.parent = parent
    self.disk = disk
  }

  deinit { close() }

  /// Where such a folder belongs: `TMPDIR`, else `/var/tmp`, else `/tmp`.
  ///
  /// Logs and archives may be large, and `/tmp` is in memory on many systems.
  package static func usualParent(_ environment: [String: String]) -> String {
    if let named = environment["TMPDIR"], named.hasPrefix("/") { return named }
    return access("/var/tmp", W_OK | X_OK) == 0 ? "/var/tmp" : "/tmp"
  }

  /// Where it is; `nil` before the first file and after the end.
  package var path: String? {
    contents.withLock { if case .made(let path, _) = $0.state { path } else { nil } }
  }

  /// Makes a new, empty file that its owner alone may read; it goes with its last reference.
  /// - Parameter kind: The first word of its name.
  /// - Returns: The file.
  /// - Throws: ``FileError``.
  func makeFile(_ kind: StaticString) throws(FileError) -> PrivateFile {
    let disk = disk
    return try contents.withLock { contents throws(FileError) in
      let folder = try open(&contents)
      contents.count += 1
      let name = "\(kind)-\(contents.count)"
      let path = "\(folder.path)/\(name)"
      let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let number = openat(folder.number, name, flags, 0o600)
      guard number >= 0 else { throw FileError(.create, path, for: .looking) }
      return PrivateFile(
        OpenFile(number: number, path: path, for: .looking, disk: disk), name: name, in: self)
    }
  }

  /// Removes a file of the folder.
  func remove(_ name: String) {
    contents.withLock { contents in
      if case .made(_, let number) = contents.state { unlinkat(number, name, 0) }
    }
  }

  /// Removes the folder and everything in it; no file is made any more.
  package func close() {
    contents.withLock { contents in
      if case .made(let path, let number) = contents.state {
        Self.remove(folder: path, number: number)
        Foundation.close(number)
      }
      contents.state = .closed
    }
  }

  private func open(
    _ contents: inout Contents
  ) throws(FileError) -> (path: String, number: Int32) {
    switch contents.state {
    case .made(let path, let number): return (path, number)
    // The program is ending; nobody will read the message.
    case .closed: throw FileError(.create, parent, code: ECANCELED, for: .looking)
    case .unmade: break
    }
    sweep()
    let tag = String(UInt32.random(in: .min ... .max), radix: 36)
    let path = "\(parent)/\(Self.prefix)\(getpid())-\(tag)"
    guard mkdir(path, 0o700) == 0 else { throw FileError(.create, path, for: .looking) }
    let number = Foundation.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { throw FileError(.open, path, for: .looking) }
    // Held as long as this process lives, also where another cannot tell by the process's id.
    flock(number, LOCK_EX | LOCK_NB)
    contents.state = .made(path: path, number: number)
    return (path, number)
  }
}
