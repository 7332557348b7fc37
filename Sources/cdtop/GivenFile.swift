import Foundation

/// A file that a person has named for cdtop to write.
///
/// What cdtop has not written itself stays, and no link is followed.
struct GivenFile {
  /// Where it is.
  let path: String
  /// What stands near the beginning of such a file that cdtop has written.
  let mark: String
  /// Whether whatever file is there is replaced.
  let isForced: Bool
  /// The permissions that it gets, as far as the umask lets them be.
  var permissions: mode_t = 0o600

  /// How much is read to tell what a file is; bytes.
  private static let head = 65_536

  /// Sees whether it may be written.
  /// - Returns: Whether a file is replaced.
  /// - Throws: An exit code, after having said why not.
  @discardableResult
  func check() throws -> Bool {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return false }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw Console.failure(
        facts.st_mode & S_IFMT == S_IFLNK
          ? "\(path) is a symbolic link" : "\(path) exists and is no ordinary file",
        remedy: "Name another file.")
    }
    guard isForced || facts.st_size == 0 || isOwn else {
      throw Console.failure(
        "\(path) exists, and cdtop has not written it",
        remedy: "Name another file; --force replaces this one.")
    }
    return true
  }

  /// Writes it.
  /// - Returns: The open file, to which more may be written.
  /// - Throws: An exit code, after having said why it cannot be written.
  @discardableResult
  func write(_ text: String = "") throws -> FileHandle {
    // One that is replaced stays until the new one is there.
    let isReplacing = try check()
    let place = isReplacing ? "\(path).\(UUID().uuidString)" : path
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(place, flags, permissions)
    guard descriptor >= 0 else { throw failure(errno) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      unlink(place)
      throw Console.failure("cannot write \(path): \(error.localizedDescription)")
    }
    guard !isReplacing || rename(place, path) == 0 else {
      let reason = errno
      unlink(place)
      throw failure(reason)
    }
    return handle
  }

  private func failure(_ reason: Int32) -> CommandFailure {
    Console.failure(
      "cannot write \(path): \(String(cString: strerror(reason)))", remedy: "Name another file.")
  }

  private var isOwn: Bool {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard let data = try? handle.read(upToCount: Self.head) else { return false }
    return String(decoding: data, as: UTF8.self).contains(mark)
  }
}
