import Foundation

extension PrivateFolder {
  /// Removes the folders that dead processes of this user have left in the same place.
  ///
  /// A process is dead when no process has its id and nobody holds the lock of its folder: the id
  /// alone says nothing of a process in another container that shares the place.
  func sweep() {
    let now = getpid()
    for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
      guard let process = Self.process(of: name), process != now,
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      let path = "\(parent)/\(name)"
      let number = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard number >= 0 else { continue }
      defer { Foundation.close(number) }
      var status = stat()
      guard fstat(number, &status) == 0, status.st_uid == geteuid(),
        status.st_mode & 0o077 == 0, flock(number, LOCK_EX | LOCK_NB) == 0
      else { continue }
      Self.remove(folder: path, number: number)
    }
  }

  /// The process in the name of a folder; `nil` where it is no name of such a folder.
  static func process(of name: String) -> pid_t? {
    guard name.hasPrefix(prefix) else { return nil }
    let parts = name.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, let process = pid_t(parts[0]), process > 0
    else { return nil }
    return process
  }

  /// Removes a folder that holds files only.
  static func remove(folder path: String, number: Int32) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      unlinkat(number, name, 0)
    }
    rmdir(path)
  }
}
