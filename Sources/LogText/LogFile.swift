import Synchronization

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The bytes of a log, which may become more but never change.
///
/// A file is read with `pread` and never mapped. The pages of a mapped file count as the process's
/// own memory, so that a log of 200 MB would seem to live in it, and a file that somebody cuts
/// short would end the process with SIGBUS instead of giving fewer bytes.
package final class LogFile: Sendable {
  /// The log's bytes where they are in memory.
  private let memory: Mutex<[UInt8]>
  /// The open file; -1 where the bytes are in memory.
  private let descriptor: Int32

  /// Creates a log from bytes in memory.
  package init(bytes: [UInt8]) {
    memory = Mutex(bytes)
    descriptor = -1
  }

  /// Opens a file for reading; it may grow, and it may lose its name meanwhile.
  package init(path: String) throws(LogFileError) {
    // Without O_NONBLOCK a pipe that nobody writes to would hold up the terminal.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw LogFileError(opening: path, code: errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw LogFileError(
        message: "\(path) cannot be shown: it is no ordinary file",
        remedy: "Copy what it gives into a file, and open that.")
    }
    memory = Mutex([])
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// How many bytes there are now.
  package var count: Int {
    guard descriptor >= 0 else { return memory.withLock { $0.count } }
    var status = stat()
    return fstat(descriptor, &status) == 0 ? max(0, Int(status.st_size)) : 0
  }

  /// Adds bytes to a log in memory; a log in a file grows by itself.
  package func append(_ more: some Sequence<UInt8>) {
    memory.withLock { $0 += more }
  }

  /// The bytes of a range, as far as there are any.
  package func read(_ range: Range<Int>) -> [UInt8] {
    let wanted = range.clamped(to: 0..<max(0, count))
    return [UInt8](unsafeUninitializedCapacity: wanted.count) { buffer, filled in
      filled = read(at: wanted.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// Fills a buffer with the bytes from an offset on; gives how many there were.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard offset >= 0, let base = buffer.baseAddress else { return 0 }
    guard descriptor >= 0 else {
      return memory.withLock { bytes in
        let taken = min(buffer.count, max(0, bytes.count - offset))
        guard taken > 0 else { return 0 }
        bytes.withUnsafeBytes { source in
          guard let start = source.baseAddress else { return }
          memcpy(base, start + offset, taken)
        }
        return taken
      }
    }
    var filled = 0
    while filled < buffer.count {
      let more = pread(descriptor, base + filled, buffer.count - filled, off_t(offset + filled))
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { break }
      filled += more
    }
    return filled
  }
}

extension LogFile: Hashable {
  /// Whether both are the same log.
  package static func == (left: LogFile, right: LogFile) -> Bool { left === right }

  /// Hashes what tells this log from others.
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
