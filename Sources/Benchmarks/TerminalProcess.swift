import Foundation

/// Why a measurement cannot be made.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
}

/// A program in a tmux window of its own, so that it has a real terminal.
final class TerminalProcess {
  private let socket = "cdtop-benchmark-\(UUID().uuidString)"
  /// When it was started.
  let start = ContinuousClock.now
  /// The process's id.
  private(set) var pid: pid_t = 0

  /// Starts a program; `exec` makes the window's process the program itself.
  init(_ command: String, environment: [String: String] = [:]) throws {
    let variables = environment.map { "\($0.key)='\($0.value)'" }.joined(separator: " ")
    try tmux(
      "new-session -d -x 120 -y 40 'exec env LC_ALL=C.UTF-8 \(variables.replacing("'", with: "\"")) \(command)'"
    )
    pid =
      pid_t(
        try tmux("display-message -p '#{pane_pid}'")
          .trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    guard pid > 0 else { throw BenchmarkError(description: "cannot start \(command)") }
  }

  deinit { _ = try? tmux("kill-server") }

  /// Waits for a text on the screen.
  /// - Returns: How long it took from the start.
  func wait(for text: String, limit: Duration = .seconds(30)) throws -> Duration {
    while ContinuousClock.now - start < limit {
      if try tmux("capture-pane -p").contains(text) { return ContinuousClock.now - start }
      usleep(5_000)
    }
    throw BenchmarkError(description: "never saw \(text):\n\(try tmux("capture-pane -p"))")
  }

  /// Gives a command to the tmux server.
  @discardableResult
  private func tmux(_ command: String) throws -> String {
    try shell("tmux -L \(socket) -f /dev/null \(command) 2>&1")
  }
}

/// Runs a shell command and gives what it printed.
@discardableResult
func shell(_ command: String) throws -> String {
  guard let stream = popen(command, "r") else {
    throw BenchmarkError(description: "cannot run a shell")
  }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = fread(&buffer, 1, buffer.count, stream)
    if count <= 0 { break }
    bytes += buffer[..<count]
  }
  pclose(stream)
  return String(decoding: bytes, as: UTF8.self)
}

/// What the kernel says of a process and its children.
struct ProcessUsage {
  /// Seconds of processor time, user and system.
  var cpu: Double
  /// Resident memory in MiB.
  var resident: Double

  /// Reads `/proc` (proc(5)).
  init(of pid: pid_t) throws {
    let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
    guard fields.count > 22, let user = Double(fields[12]), let system = Double(fields[13]),
      let pages = Double(fields[22])
    else { throw BenchmarkError(description: "cannot read /proc/\(pid)/stat") }
    cpu = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    resident = pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
  }
}

extension Duration {
  /// The duration in milliseconds.
  var milliseconds: Int {
    Int(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
