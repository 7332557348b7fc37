import ArgumentParser
import Dashboard
import Deploys
import Foundation
import Settings
import Simulation

/// `cdtop demo`: the board on a simulated world.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Open the board on a simulated GitHub and AWS; needs no account and no network.")

  /// Slow enough to see a download go on.
  private static let storageRate = 1_500_000

  @OptionGroup var world: WorldOptions
  @OptionGroup var look: LookOptions

  @Flag(name: .long, help: "Look only: nothing can be sent.")
  var readOnly = false

  @Option(name: .long, help: "Write a picture of the board to this SVG file and leave.")
  var snapshot: String?

  @Option(name: .long, help: "The picture's size, in columns and rows.")
  var size = "120x36"

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let screen = snapshot == nil ? try Screen(look, glyphs: .auto, environment: environment) : nil
    let picture = snapshot.map { BoardPicture.file(at: $0, isForced: world.force) }
    try picture?.check()
    let simulator = try world.simulator(defaultSpeed: 6, storageRate: Self.storageRate)
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "cdtop-demo-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try await SimulatedServer.serve(simulator) { port in
      let files = try SimulatedFiles(
        simulator, baseURL: "http://127.0.0.1:\(port)", folder: folder)
      let session = try await files.open(environment, isReadOnly: readOnly)
      if let screen {
        try await BoardRunner(session: session, screen: screen, context: "demo").run()
      } else if let picture {
        try await BoardPicture(size: size, look: look).write(to: picture, of: session)
      }
    }
  }
}

extension SimulatedFiles {
  /// Opens a session on the simulated world.
  /// - Throws: An exit code, after having said what is wrong.
  fileprivate func open(
    _ environment: [String: String], isReadOnly: Bool
  ) async throws -> Session {
    let options = try ConfigurationOptions.parse(
      ["--config", configuration.path(percentEncoded: false)] + (isReadOnly ? ["--read-only"] : []))
    return try await Session.open(
      try Session.configuration(options, environment: environment),
      demoEnvironment(from: environment), keeping: .memory)
  }

  /// The process's own variables without anything that names another account or host.
  private func demoEnvironment(from environment: [String: String]) -> [String: String] {
    let kept = environment.filter { name, _ in
      !name.hasPrefix("AWS_") && !name.hasPrefix("GITHUB_") && !name.hasPrefix("GH_")
        && !name.lowercased().hasSuffix("_proxy")
    }
    return kept.merging(self.environment) { _, own in own }
  }
}
