import ArgumentParser
import Canvas
import Foundation
import Settings
import TerminalIO

/// How the board looks.
struct LookOptions: ParsableArguments {
  @Flag(name: .long, help: "Draw with ASCII characters only.")
  var ascii = false
}

/// The terminal as the options, the configuration and the environment describe it.
struct Screen: Sendable {
  let terminal: TerminalOptions
  let glyphs: GlyphSet

  /// - Throws: An exit code where standard output is no terminal, after having said so.
  init(_ look: LookOptions, glyphs choice: GlyphChoice, environment: [String: String]) throws {
    guard isatty(STDOUT_FILENO) == 1, isatty(STDIN_FILENO) == 1 else {
      throw Console.failure(
        TerminalError.notATerminal.message, remedy: TerminalError.notATerminal.remedy)
    }
    let canShowUnicode = TerminalLocale.adopt()
    let isASCII = look.ascii || choice == .ascii || (choice == .auto && !canShowUnicode)
    terminal = TerminalOptions(environment: environment)
    glyphs = isASCII ? .ascii : .unicode
  }
}
