import AWS
import ArgumentParser
import Canvas
import Deploys
import Foundation
import GitHub
import Settings
import Transport

/// `cdtop config`: the configuration file.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check the configuration, or print an example of one.",
    subcommands: [ConfigCheckCommand.self, ConfigExampleCommand.self])
}

/// `cdtop config example`: a commented file to start from.
struct ConfigExampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "example", abstract: "Print a commented configuration file to start from.")

  func run() {
    Console.print(Configuration.commentedExample())
  }
}

/// `cdtop config check`: reads the file and asks every server once.
struct ConfigCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read the configuration, and ask every server that it names once.",
    discussion: """
      Exit codes: 0 all is well, 2 the file is good and a server is not, 64 usage, \
      78 the file or the token cannot be used.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Flag(name: .long, help: "Only read the file; ask nobody.")
  var offline = false

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try Session.configuration(options, environment: environment)
    Console.print("ok    \(PlainText.sanitized(configuration.file)): well formed")
    if offline { return }
    let session = try await Session.open(configuration, environment)
    let check = ServerCheck(session: session, environment: environment)
    let isGood = await check.run()
    await session.transport.shutdown()
    if !isGood { throw Exit.partial }
  }
}
