import ArgumentParser
import Foundation
import Settings
import Transport

/// `cdtop`: the board.
struct BoardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board", abstract: "Open the board (what cdtop does without a subcommand).")

  @OptionGroup var options: ConfigurationOptions
  @OptionGroup var look: LookOptions

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try Session.configuration(options, environment: environment)
    let screen = try Screen(look, glyphs: configuration.glyphs, environment: environment)
    let session = try await Session.open(configuration, environment, keeping: .file)
    try await BoardRunner(session: session, screen: screen, context: configuration.gitHubHost)
      .run()
  }
}
