import ArgumentParser
import Canvas
import Foundation

/// Plain text to and from the people and programs at both ends of the process.
enum Console {
  /// Writes one line of our own to standard output; `text` is taken as safe for a terminal.
  static func print(_ text: String) {
    write(text + "\n", to: .standardOutput)
  }

  /// Says on standard error what failed and what to do, on one line each; texts from outside are
  /// made harmless, and a line break in one begins no line of its own.
  static func complain(_ message: String, remedy: String? = nil) {
    complain([message], remedies: remedy.map { [$0] } ?? [])
  }

  /// Says on standard error, line by line, what failed and what to do.
  static func complain(_ messages: [String], remedies: [String]) {
    var lines = messages.map(PlainText.sanitized)
    if let first = lines.first { lines[0] = "cdtop: \(first)" }
    lines += remedies.map { $0.isEmpty ? "" : "  " + PlainText.sanitized($0) }
    write(lines.joined(separator: "\n") + "\n", to: .standardError)
  }

  /// Complains and gives what to leave with.
  static func failure(
    _ message: String, remedy: String? = nil, code: ExitCode = Exit.failed
  ) -> CommandFailure {
    complain(message, remedy: remedy)
    return CommandFailure(message: message, remedy: remedy, code: code)
  }

  /// Complains line by line and gives what to leave with.
  static func failure(
    _ messages: [String], remedies: [String], code: ExitCode = Exit.failed
  ) -> CommandFailure {
    complain(messages, remedies: remedies)
    return CommandFailure(
      message: messages.joined(separator: "\n"), remedy: remedies.joined(separator: "\n"),
      code: code)
  }

  /// Whether a person can be asked.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// Asks a question on standard error and reads one line; `nil` at the end of the input.
  static func ask(_ question: String) -> String? {
    write(question, to: .standardError)
    return readLine()
  }

  /// Writes to standard error without an end of line; `text` is taken as safe for a terminal.
  static func writeError(_ text: String) {
    write(text, to: .standardError)
  }

  /// Writes bytes to standard output as they are.
  static func write(_ data: Data) {
    write(data, to: .standardOutput)
  }

  private static func write(_ text: String, to handle: FileHandle) {
    write(Data(text.utf8), to: handle)
  }

  private static func write(_ data: Data, to handle: FileHandle) {
    let reason = data.withUnsafeBytes { put($0, to: handle.fileDescriptor) }
    guard let reason, handle === FileHandle.standardOutput else { return }
    // A closed pipe is the reader's way of saying that it has seen enough: end as SIGPIPE would.
    if reason == EPIPE { exit(128 + SIGPIPE) }
    complain(
      reason == EBADF
        ? "standard output is closed"
        : "standard output cannot be written: \(String(cString: strerror(reason)))")
    exit(Exit.failed.rawValue)
  }

  /// Writes all of some bytes.
  /// - Returns: The number of the error that kept some from being written; `nil` for none.
  private static func put(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var done = 0
    while done < bytes.count, let start = bytes.baseAddress {
      let count = Foundation.write(descriptor, start + done, bytes.count - done)
      if count >= 0 {
        done += count
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN:
        // Somebody who shares the terminal or pipe has set it not to wait.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      default: return errno
      }
    }
    return nil
  }
}
