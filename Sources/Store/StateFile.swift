import Foundation

/// The file of the state database, and what may be done to it before SQLite opens it.
///
/// The folder is made 0700, as the XDG Base Directory Specification asks; one that is there
/// already is left as it is. The file and those that SQLite puts beside it are 0600 in either case.
struct StateFile {
  /// Where it is, as the caller says.
  let path: String

  /// What SQLite puts beside a database; it gives them the permissions of the database itself.
  private static let companions = ["-wal", "-shm", "-journal"]

  /// Makes the folder, with those above it, where they are missing.
  func makeFolder() throws(StoreError) {
    try Self.makeFolder((path as NSString).deletingLastPathComponent)
  }

  private static func makeFolder(_ path: String) throws(StoreError) {
    guard !path.isEmpty else { return }
    if errnoOfMaking(path) == ENOENT {
      let parent = (path as NSString).deletingLastPathComponent
      if parent != path { try makeFolder(parent) }
    }
    let failure = errnoOfMaking(path)
    guard failure == 0 || failure == EEXIST else {
      throw .folder(path: path, reason: systemReason(failure))
    }
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      throw .folder(path: path, reason: "something else has its name")
    }
  }

  /// Makes one folder; 0 where that succeeded, else the system's error number.
  private static func errnoOfMaking(_ path: String) -> Int32 {
    guard mkdir(path, 0o700) == 0 else { return errno }
    // A umask may have taken permissions from the owner too.
    return chmod(path, 0o700) == 0 ? 0 : errno
  }

  /// Makes the file where it is missing, and lets nobody but its owner read it.
  func makePrivate() throws(StoreError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 {
      defer { close(descriptor) }
      guard fchmod(descriptor, 0o600) == 0 else {
        throw .unwritable(file: path, reason: systemReason(errno))
      }
      return
    }
    guard errno == EEXIST else { throw .unwritable(file: path, reason: systemReason(errno)) }
    // Not opened: closing any descriptor of a file drops every lock that this process has on it.
    for file in [path] + Self.companions.map({ path + $0 }) { try Self.restrict(file) }
  }

  /// Takes a file's permissions from everybody but its owner, where it is there and has more.
  ///
  /// What a link leads to is somebody else's, and stays as it is.
  private static func restrict(_ path: String) throws(StoreError) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return }
    guard facts.st_mode & S_IFMT == S_IFREG else {
      throw .unwritable(
        file: path,
        reason: facts.st_mode & S_IFMT == S_IFLNK
          ? "it is a symbolic link" : "it is not a file but something else")
    }
    guard facts.st_mode & 0o177 != 0 else { return }
    guard chmod(path, 0o600) == 0 || errno == ENOENT else {
      throw .unwritable(file: path, reason: systemReason(errno))
    }
  }
}

/// The system's words for an error number.
func systemReason(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0) } ?? "error \(code)"
}
