import ArgumentParser
import Foundation
import Simulation
import Yams

/// The options that describe a simulated world.
struct WorldOptions: ParsableArguments {
  @Option(name: .long, help: "Decides everything that is left to chance.")
  var seed: UInt64 = 7

  @Option(name: .long, help: "How many times faster than life runners and steps go.")
  var speed: Double?

  @Option(name: .long, help: "A scenario file, YAML or JSON; else the team's world.")
  var scenario: String?

  @Option(name: .long, help: "Write one JSON line for every request to this file.")
  var requestLog: String?

  @Flag(name: .long, help: "Replace files that exist and that cdtop has not written.")
  var force = false

  func validate() throws {
    if let speed, !(speed > 0 && speed <= 10_000) {
      throw ValidationError("--speed must be above 0 and at most 10000")
    }
  }

  /// Makes the world.
  /// - Throws: An exit code, after having said what is wrong.
  /// - Parameters:
  ///   - defaultSpeed: How fast it goes where no option says.
  ///   - storageRate: Bytes a second of logs and artifacts where no scenario says; `nil` for as fast
  ///     as can be.
  /// - Returns: The simulator, not yet served.
  func simulator(defaultSpeed: Double, storageRate: Int? = nil) throws -> Simulator {
    var options = SimulatorOptions()
    options.scenario.storageRate = storageRate
    options.seed = seed
    options.speed = speed ?? defaultSpeed
    if let scenario { options.scenario = try Self.scenario(at: scenario) }
    if let requestLog {
      let log = try RequestLog(path: requestLog, isForced: force)
      options.requestLog = { log.append($0.jsonLine) }
    }
    return Simulator(options: options)
  }

  private static func scenario(at path: String) throws -> Scenario {
    do {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return try YAMLDecoder().decode(Scenario.self, from: text)
    } catch {
      throw Console.failure(
        "cannot use the scenario \(path): \((error as? CocoaError)?.localizedDescription ?? "\(error)")",
        remedy: "docs/simulator.md describes the file.",
        code: Exit.configuration)
    }
  }
}

/// `cdtop simulate`: a fake GitHub and AWS for other programs to talk to.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Serve a simulated GitHub and AWS on a loopback port.",
    discussion: """
      With --write-config DIR it writes a configuration and AWS credentials there, so that \
      `cdtop --config DIR/config.yaml` watches the simulated world. docs/simulator.md tells how \
      gh and aws can talk to it.
      """)

  @OptionGroup var world: WorldOptions

  @Option(name: .long, help: "The port; 0 takes a free one.")
  var port = 8888

  @Option(name: .long, help: "Write config.yaml and credentials into this folder.")
  var writeConfig: String?

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port \(port): a port is 0 to 65535")
    }
  }

  func run() async throws {
    if let writeConfig {
      try SimulatedFiles.check(in: URL(filePath: writeConfig), isForced: world.force)
    }
    let simulator = try world.simulator(defaultSpeed: 1)
    do {
      try await serve(simulator)
    } catch is CancellationError {
      return
    } catch {
      throw Console.failure(
        "cannot listen on 127.0.0.1:\(port)",
        remedy: "Another program may have the port; --port 0 takes a free one.")
    }
  }

  private func serve(_ simulator: Simulator) async throws {
    let folder = writeConfig
    try await SimulatorServer.run(simulator, port: port) { port in
      let base = "http://127.0.0.1:\(port)"
      Console.print("simulating GitHub and AWS on \(base)")
      guard let folder else { return }
      do {
        let files = try SimulatedFiles(
          simulator, baseURL: base, folder: URL(filePath: folder), isForced: world.force)
        Console.print(files.instructions)
      } catch is CommandFailure {
        // It has been said.
      } catch {
        Console.complain("cannot write into \(folder): \(error.localizedDescription)")
      }
    }
  }
}
