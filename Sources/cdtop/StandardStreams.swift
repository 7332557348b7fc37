import Foundation

/// The descriptors that every process is thought to have.
enum StandardStreams {
  /// Puts something in the place of standard streams that the caller has closed.
  ///
  /// Else the next file or socket that is opened would be one of them, and be written into. Reading
  /// from the stand-in for standard input meets its end, and writing to that for standard output
  /// fails, so that nobody takes it for written.
  static func fill() {
    for descriptor in STDIN_FILENO...STDERR_FILENO
    where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      // The lowest that is free is taken, which is this one.
      let isErrors = descriptor == STDERR_FILENO
      _ = open("/dev/null", isErrors ? O_WRONLY : O_RDONLY)
    }
  }
}
