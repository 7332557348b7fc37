import Deploys
import Foundation

/// What has come of a file that is being saved, beside the place that it goes to when it is whole.
///
/// Its owner alone may read it, and one process at a time writes it.
final class PartFile: Sendable {
  /// What its name ends with.
  static let ending = ".cdtop-part"

  /// Its bytes.
  let bytes: OpenFile
  private let destination: Destination

  private init(_ bytes: OpenFile, _ destination: Destination) {
    self.bytes = bytes
    self.destination = destination
  }

  /// Where it stands.
  var path: String { bytes.path }

  /// Opens the part file of a destination.
  /// - Parameters:
  ///   - destination: Where the whole goes.
  ///   - tag: What the bytes of an earlier try must have been of to be gone on with; `nil` where
  ///     every try begins anew.
  ///   - disk: What writes it.
  ///   - sleep: Waits for an earlier try that is just ending.
  /// - Returns: The file, with what an earlier try has left where that is gone on with.
  /// - Throws: ``FileError``, `ReadFailure`, `CancellationError`.
  static func open(
    for destination: Destination, tag: String?, disk: Disk,
    sleep: (Duration) async throws -> Void
  ) async throws -> PartFile {
    let stem = destination.name.prefix(bytes: 200)
    let path = Destination.path(
      destination.folder, stem + (tag.map { ".\($0)" } ?? "") + Self.ending)
    var isBusy = false
    for _ in 0..<20 {
      switch try attempt(path) {
      case .open(let number, let count):
        let file = OpenFile(number: number, path: path, count: count, for: .saving, disk: disk)
        if tag == nil { try file.truncate(to: 0) }
        return PartFile(file, destination)
      case .replaced: isBusy = false
      case .busy:
        isBusy = true
        try await sleep(.milliseconds(100))
      }
    }
    guard isBusy else { throw FileError(.create, path, code: EAGAIN) }
    throw ReadFailure(
      message: "\(destination.path) is just being saved by another cdtop",
      remedy: "Wait for it, or choose another name.")
  }

  private enum Attempt {
    case open(Int32, count: Int)
    case replaced
    case busy
  }

  private static func attempt(_ path: String) throws -> Attempt {
    let flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
    var number = Foundation.open(path, flags | O_CREAT | O_EXCL, 0o600)
    if number < 0, errno == EEXIST {
      number = Foundation.open(path, flags)
      if number < 0, errno == ENOENT { return .replaced }
    }
    // A folder whose file system makes no files says that there is none, as /proc does.
    guard number >= 0 else { throw FileError(.create, path) }
    var isTaken = false
    defer { if !isTaken { close(number) } }
    var status = stat()
    guard fstat(number, &status) == 0 else { throw FileError(.open, path) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(), status.st_nlink <= 1
    else {
      throw ReadFailure(
        message: "\(path) is in the way: it is not a file that cdtop has left",
        remedy: "Remove it, or choose another name.")
    }
    guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK || errno == EINTR else { throw FileError(.lock, path) }
      return .busy
    }
    // Whoever had the lock before may have put the file in its place meanwhile.
    var now = stat()
    guard lstat(path, &now) == 0, now.st_ino == status.st_ino, now.st_dev == status.st_dev,
      fstat(number, &status) == 0
    else { return .replaced }
    guard fchmod(number, 0o600) == 0 else { throw FileError(.create, path) }
    isTaken = true
    return .open(number, count: Int(status.st_size))
  }

  /// Puts the whole file in its place.
  /// - Parameter mayReplace: Whether a file that stands there is replaced.
  /// - Returns: Whether it was; not where a file stands there that may not be replaced.
  /// - Throws: ``FileError``.
  func commit(mayReplace: Bool) throws(FileError) -> Bool {
    try bytes.sync()
    if mayReplace {
      guard rename(path, destination.path) == 0 else {
        throw FileError(.rename, destination.path)
      }
    } else if !(try renameWithoutReplacing()) {
      return false
    }
    // The name is on the disk when its folder is; a file system that cannot tell is no failure.
    let folder = Foundation.open(destination.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
    return true
  }

  /// Removes what has come.
  func discard() {
    unlink(path)
  }

  /// Gives the file its name in a step that fails where the name is taken.
  private func renameWithoutReplacing() throws(FileError) -> Bool {
    if link(path, destination.path) == 0 {
      unlink(path)
      return true
    }
    switch errno {
    case EEXIST: return false
    case EPERM, ENOTSUP, ENOSYS, EMLINK: break
    default: throw FileError(.rename, destination.path)
    }
    // Without second names, an empty file that only one can make holds the place.
    let holder = Foundation.open(destination.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if holder < 0, errno == EEXIST { return false }
    guard holder >= 0 else { throw FileError(.rename, destination.path) }
    close(holder)
    guard rename(path, destination.path) == 0 else {
      let code = errno
      unlink(destination.path)
      throw FileError(.rename, destination.path, code: code)
    }
    return true
  }
}

extension Destination {
  /// A name in a folder.
  static func path(_ folder: String, _ name: String) -> String {
    folder == "/" ? "/\(name)" : "\(folder)/\(name)"
  }
}

extension String {
  /// The beginning of a text that takes so many bytes at most.
  fileprivate func prefix(bytes: Int) -> String {
    var result = ""
    for scalar in unicodeScalars {
      guard result.utf8.count + UTF8.width(scalar) <= bytes else { break }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
