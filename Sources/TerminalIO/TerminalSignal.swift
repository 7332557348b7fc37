import CTerminal
import Foundation

/// A signal that a full-screen program answers.
enum TerminalSignal: Hashable {
  /// The terminal's size changed.
  case resize
  /// The process shall stop for a while.
  case suspend
  /// The process runs again after it was stopped.
  case resume
  /// The process shall end.
  case end(Int32)

  /// The signals in a set of bits, where bit n stands for signal n; those that end come first.
  static func decode(_ bits: UInt64) -> [TerminalSignal] {
    let ends = [SIGTERM, SIGHUP, SIGQUIT, SIGINT].map { ($0, TerminalSignal.end($0)) }
    let others: [(Int32, TerminalSignal)] = [
      (SIGTSTP, .suspend), (SIGCONT, .resume), (SIGWINCH, .resize),
    ]
    return (ends + others).filter { bits >> UInt64($0.0) & 1 == 1 }.map(\.1)
  }
}
