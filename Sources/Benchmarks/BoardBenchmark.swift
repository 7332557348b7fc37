import ArgumentParser
import Foundation

/// Time to the first frame, resident memory and processor time of the board, beside htop and gh.
struct BoardBenchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board",
    abstract: "First frame, memory and CPU of the board, beside htop and gh run watch.")

  @Option(help: "How many seconds to watch.")
  var seconds = 300

  @Option(help: "How many times to start each program for the first frame.")
  var starts = 5

  private struct Subject {
    var name: String
    var command: String
    var firstFrame: String
    var environment: [String: String] = [:]
  }

  func run() throws {
    let world = try SimulatorProcess(["--speed", "0.05"])
    let run = try world.activeRun()
    var subjects = [
      Subject(
        name: "cdtop", command: "\(Siblings.cdtop) --config \(world.configuration)",
        firstFrame: "JOB/STEP", environment: world.environment),
      Subject(name: "cdtop demo", command: "\(Siblings.cdtop) demo", firstFrame: "JOB/STEP"),
    ]
    if try !shell("command -v htop").isEmpty {
      subjects.append(Subject(name: "htop", command: "htop", firstFrame: "PID"))
    }
    if try !shell("command -v gh").isEmpty {
      subjects.append(
        Subject(
          name: "gh run watch", command: "gh run watch -R \(run.repository) \(run.id)",
          firstFrame: "Refreshing", environment: world.ghEnvironment))
    }
    for subject in subjects {
      let times = try (0..<starts).map { _ in
        try TerminalProcess(subject.command, environment: subject.environment)
          .wait(for: subject.firstFrame).milliseconds
      }
      print(
        "\(subject.name): first frame \(times.sorted()[times.count / 2]) ms (\(times.sorted()))")
    }
    let running = try subjects.map { subject in
      let process = try TerminalProcess(subject.command, environment: subject.environment)
      _ = try process.wait(for: subject.firstFrame)
      return (subject, process, try ProcessUsage(of: process.pid))
    }
    var peaks = running.map(\.2.resident)
    for _ in 0..<seconds {
      sleep(1)
      for (index, entry) in running.enumerated() {
        peaks[index] = max(peaks[index], try ProcessUsage(of: entry.1.pid).resident)
      }
    }
    var own: (cpu: Double, memory: Double)?
    for (index, (subject, process, before)) in running.enumerated() {
      let after = try ProcessUsage(of: process.pid)
      let cpu = after.cpu - before.cpu
      let reference = own ?? (cpu, peaks[index])
      own = reference
      print(
        "\(subject.name): \(format(cpu)) s CPU in \(seconds) s (cdtop \(format(reference.cpu / max(cpu, 0.01))) x), "
          + "peak memory \(format(peaks[index])) MiB (cdtop \(format(reference.memory / peaks[index])) x)"
      )
    }
  }

  private func format(_ value: Double) -> String { String(format: "%.2f", value) }
}
