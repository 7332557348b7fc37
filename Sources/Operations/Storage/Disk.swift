import Foundation

/// The one call of the system that fails for want of room, so that a test can make it fail.
package struct Disk: Sendable {
  /// Writes bytes of a file at an offset: gives how many were written, or -1 and the system's
  /// number for the reason.
  package var write: @Sendable (Int32, UnsafeRawBufferPointer, Int) -> (count: Int, code: Int32)

  /// Creates a disk.
  package init(
    write: @escaping @Sendable (Int32, UnsafeRawBufferPointer, Int) -> (count: Int, code: Int32)
  ) {
    self.write = write
  }

  /// The system's own.
  package static let system = Disk { file, bytes, offset in
    let count = pwrite(file, bytes.baseAddress, bytes.count, off_t(offset))
    return (count, count < 0 ? errno : 0)
  }
}
