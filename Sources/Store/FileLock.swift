import Foundation

/// A lock beside a file, which one process at a time has.
enum FileLock {
  /// Does something while no other process does the same; the lock ends with the process at last.
  /// - Parameters:
  ///   - file: What the lock is beside.
  ///   - patience: How long another process is waited for.
  ///   - body: What is done.
  /// - Returns: What `body` returns.
  /// - Throws: ``StoreError``: what `body` throws, or why there is no lock.
  static func hold<Value>(
    beside file: String, patience: Duration, _ body: () throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let path = "\(file)-lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .unwritable(file: path, reason: systemReason(errno))
    }
    defer { close(descriptor) }
    // A umask may have taken permissions from the owner too; others' locks are not ours to change.
    _ = fchmod(descriptor, 0o600)
    let deadline = ContinuousClock.now + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let failure = errno
      guard failure == EWOULDBLOCK || failure == EINTR else {
        throw .unwritable(file: path, reason: systemReason(failure))
      }
      guard ContinuousClock.now < deadline else { throw .busy(file: file) }
      usleep(5_000)
    }
    return try body()
  }
}
