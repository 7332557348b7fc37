#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Why a log cannot be opened.
package struct LogFileError: Error, Sendable, Hashable {
  /// What failed and why, in words for a person.
  package var message: String
  /// What to do about it.
  package var remedy: String
}

extension LogFileError {
  /// The error that the system gave for opening a path.
  init(opening path: String, code: Int32) {
    message = "\(path) cannot be opened: \(String(cString: strerror(code)))"
    remedy =
      switch code {
      case ENOENT: "Open it again; it may have been cleared away."
      case EACCES, EPERM: "Give yourself the right to read it."
      case EMFILE, ENFILE: "Close other programs, or raise the limit of open files (ulimit -n)."
      default: "See whether the disk is in order."
      }
  }
}
