import Dashboard
import Foundation
import Operations
import TerminalIO

/// A text that is shown in a program of the operator's.
struct LentText {
  /// The program and its first arguments.
  let command: [String]
  private let environment: [String: String]

  /// The program that the environment names; it gets no secrets, nor the variable that `secret`
  /// names.
  ///
  /// `less` is told to show raw colours only: what else a log holds must not act on the terminal.
  init(
    _ program: TextProgram, environment: [String: String], withholding secret: String? = nil
  ) {
    self.environment = ChildEnvironment.of(environment, withholding: secret)
    func words(_ names: [String], else standard: [String]) -> [String] {
      for name in names {
        let words = (environment[name] ?? "").split(separator: " ").map(String.init)
        if !words.isEmpty { return words }
      }
      return standard
    }
    command =
      switch program {
      case .pager: words(["PAGER"], else: ["less", "-R"])
      case .editor: words(["VISUAL", "EDITOR"], else: ["vi"])
      }
  }

  /// Shows a file until the program ends.
  /// - Returns: What to say about it; `nil` where all went well.
  func show(_ path: String) -> Notice? {
    do {
      let status = try ForegroundProgram.run(command + [path], environment: environment)
      return status == 0
        ? nil : Notice("\(command.joined(separator: " ")) ended with \(status)", .warning)
    } catch {
      return Notice(Sentences.joined(error.message, error.remedy), .error)
    }
  }
}
