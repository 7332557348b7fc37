import Foundation
import Synchronization

/// A file that is open for reading and for writing at its end; closed with its last reference.
final class OpenFile: Sendable {
  /// Where it stands, for messages and for those who open it themselves.
  let path: String
  /// The system's number of it.
  let number: Int32
  private let purpose: FileError.Purpose
  private let disk: Disk
  private let length: Mutex<Int>

  /// Takes over an open file.
  /// - Parameters:
  ///   - number: The system's number of it.
  ///   - path: Where it stands.
  ///   - count: How many bytes it holds.
  ///   - purpose: Whom it is for, which messages tell.
  ///   - disk: What writes it.
  init(
    number: Int32, path: String, count: Int = 0, for purpose: FileError.Purpose, disk: Disk
  ) {
    self.number = number
    self.path = path
    self.purpose = purpose
    self.disk = disk
    length = Mutex(count)
  }

  deinit { close(number) }

  /// How many bytes it holds.
  var count: Int { length.withLock { $0 } }

  /// Writes bytes at the end.
  /// - Throws: ``FileError``; the file may then hold a part of them.
  func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let place = count
      let written = disk.write(number, UnsafeRawBufferPointer(rebasing: rest), place)
      if written.count < 0 {
        if written.code == EINTR { continue }
        throw FileError(.write, path, code: written.code, for: purpose)
      }
      // A disk that takes nothing and gives no reason would be asked for ever.
      guard written.count > 0 else { throw FileError(.write, path, code: EIO, for: purpose) }
      length.withLock { $0 = place + written.count }
      rest = rest.dropFirst(written.count)
    }
  }

  /// Writes bytes at the end.
  /// - Throws: ``FileError``.
  func append(_ data: Data) throws {
    try data.withUnsafeBytes { try append($0) }
  }

  /// Writes text at the end.
  /// - Throws: ``FileError``.
  func append(_ text: String) throws {
    try append(Data(text.utf8))
  }

  /// Forgets everything from a byte on.
  /// - Throws: ``FileError``.
  func truncate(to count: Int) throws(FileError) {
    guard ftruncate(number, off_t(count)) == 0 else { throw FileError(.write, path, for: purpose) }
    length.withLock { $0 = count }
  }

  /// Reads bytes; fewer where the file ends before.
  /// - Throws: ``FileError``.
  func read(_ range: Range<Int>) throws(FileError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let got = pread(
          number, buffer.baseAddress.map { $0 + count }, range.count - count,
          off_t(range.lowerBound + count))
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        guard got > 0 else { break }
        count += got
      }
    }
    guard code == 0 else { throw FileError(.read, path, code: code, for: purpose) }
    return bytes
  }

  /// Hands over a range in pieces of a mebibyte.
  /// - Throws: ``FileError``, and what `body` throws.
  func forEachPiece(
    of range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var place = range.lowerBound
    while place < range.upperBound {
      let piece = try read(place..<min(place + 1 << 20, range.upperBound))
      guard !piece.isEmpty else { throw FileError(.read, path, code: EIO, for: purpose) }
      try piece.withUnsafeBytes(body)
      place += piece.count
    }
  }

  /// Waits until the bytes are on the disk.
  /// - Throws: ``FileError``.
  func sync() throws(FileError) {
    while fsync(number) != 0 {
      switch errno {
      case EINTR: continue
      // Some file systems know no such thing.
      case EINVAL, ENOTSUP: return
      default: throw FileError(.write, path, for: purpose)
      }
    }
  }
}
