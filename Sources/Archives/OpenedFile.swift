import Foundation

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// A file on disk that is open for reading, and closed with this value.
struct OpenedFile: ~Copyable {
  let path: String
  /// What errors call it.
  let name: String
  let descriptor: Int32
  /// Its length in bytes when it was opened.
  let size: Int

  init(path: String, name: String) throws(ArchiveError) {
    // Opening a pipe would otherwise wait for somebody to write into it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .unreadable(path: path, reason: Self.reason(errno))
    }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(path: path, reason: "it is not a file but something else")
    }
    self.path = path
    self.name = name
    self.descriptor = descriptor
    size = Int(facts.st_size)
  }

  deinit { close(descriptor) }

  /// The bytes from an offset on; fewer than asked for at the end of the file.
  func read(at offset: Int, count: Int) throws(ArchiveError) -> [UInt8] {
    let room = max(0, min(count, size - offset))
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
      while filled < room, let base = buffer.baseAddress {
        let got = pread(descriptor, base + filled, room - filled, off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        guard got > 0 else { return }
        filled += got
      }
    }
    guard failure == 0 else { throw .unreadable(path: path, reason: Self.reason(failure)) }
    return bytes
  }

  /// Puts the descriptor's own position back to the beginning.
  func rewind() { lseek(descriptor, 0, SEEK_SET) }

  private static func reason(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
