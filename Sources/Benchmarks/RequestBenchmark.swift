import ArgumentParser
import Foundation

/// How many requests the board makes and what GitHub charges for them.
struct RequestBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "requests",
    abstract: "Requests and charged requests: idle repositories, and one active run beside gh.")

  @Option(help: "How many seconds to watch each case.")
  var seconds = 300

  @Option(help: "How many idle repositories.")
  var repositories = 10

  func run() throws {
    try idle()
    try active()
  }

  /// Idle repositories: after the first answers nothing may be charged.
  private func idle() throws {
    let world = try SimulatorProcess(scenario: "world: idle\nrepositories: \(repositories)\n")
    let board = try TerminalProcess(
      "\(Siblings.cdtop) --config \(world.configuration)", environment: world.environment)
    _ = try board.wait(for: "JOB/STEP")
    sleep(20)
    let before = try world.requests(of: "github").count
    sleep(UInt32(seconds))
    let later = try world.requests(of: "github").dropFirst(before)
    let charged = later.count { $0.isCharged }
    let listings = later.filter { $0.target.contains("/actions/runs?") }
    print(
      "idle, \(repositories) repositories, \(seconds) s: \(later.count) requests, "
        + "\(listings.count) listings of which \(listings.count { $0.status == 304 }) were 304, "
        + "\(charged) charged")
  }

  /// One active run, watched by the board and by `gh run watch`, each on a world of its own.
  private func active() throws {
    var ours: Double?
    for peer in ["cdtop", "gh run watch"] {
      // Slow enough for the run to last; its steps still change every few seconds.
      let world = try SimulatorProcess(["--speed", "0.5"], scenario: "world: single\n")
      let run = try world.activeRun()
      let process: TerminalProcess
      if peer == "cdtop" {
        process = try TerminalProcess(
          "\(Siblings.cdtop) --config \(world.configuration)", environment: world.environment)
        _ = try process.wait(for: "JOB/STEP")
      } else {
        guard try !shell("command -v gh").isEmpty else { return }
        process = try TerminalProcess(
          "gh run watch -R \(run.repository) \(run.id)", environment: world.ghEnvironment)
        _ = try process.wait(for: "Refreshing")
      }
      let before = try world.requests(of: "github").count
      sleep(UInt32(seconds))
      let later = try world.requests(of: "github").dropFirst(before)
      let hourly = 3600 / Double(seconds)
      let charged = Double(later.count { $0.isCharged }) * hourly
      let ratio = ours.map { String(format: ", cdtop is charged %.3f of it", $0 / max(charged, 1)) }
      ours = ours ?? charged
      print(
        "one active run, \(peer): \(Int(Double(later.count) * hourly)) requests an hour, "
          + "\(Int(charged)) charged\(ratio ?? "")")
      _ = process
    }
  }
}
