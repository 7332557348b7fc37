import CTerminal
import Foundation

/// Another program that takes the terminal for a while, such as a pager or an editor.
///
/// Foundation's `Process` puts children into a process group of their own, which may not read the
/// terminal. This one stays in ours. Run it as the work of `LoopStep.lend`.
package enum ForegroundProgram {
  /// Runs a program to its end.
  ///
  /// A program that a signal ended counts as 128 and the signal's number, as in a shell.
  /// - Parameters:
  ///   - arguments: The program, looked up in this process's `PATH`, and its arguments.
  ///   - environment: All its variables.
  /// - Returns: The exit status.
  /// - Throws: `TerminalError.system` when it cannot be started.
  package static func run(
    _ arguments: [String], environment: [String: String]
  ) throws(TerminalError) -> Int32 {
    guard !arguments.isEmpty else { throw .system("no program was named") }
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    let status = ct_run(words, variables)
    guard status >= 0 else {
      throw .system("“\(arguments[0])” did not start: \(String(cString: strerror(errno)))")
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
