import Foundation
import Testing

/// A tmux server of its own with one window, whose screen can be read and typed on.
final class Tmux: Sendable {
  private let socket = "cdtop-tests-\(UUID().uuidString)"
  private let executable: String

  /// Starts a shell command in a new window.
  init(
    _ command: String, columns: Int = 120, rows: Int = 40, environment: [String: String] = [:]
  ) async throws {
    executable = try #require(PeerTests.find("tmux"))
    let server = try Child(
      executable,
      [
        "-L", socket, "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)",
        command,
      ],
      environment: Program.environment(
        environment.merging(["TERM": "xterm-256color", "SHELL": "/bin/sh"]) { own, _ in own }))
    let status = await server.wait()
    try #require(status == 0, "\(server.errors)")
  }

  deinit {
    let killer = try? Child(
      executable, ["-L", socket, "kill-server"], environment: Program.environment())
    killer?.reap()
  }

  /// Gives a command to the tmux server.
  @discardableResult
  func command(_ arguments: String...) async throws -> String {
    try await Program.run(["-L", socket] + arguments, executable: executable).output
  }

  /// Types keys, named as tmux names them.
  func press(_ keys: String...) async throws {
    for key in keys { try await command("send-keys", key) }
  }

  /// Types text as it is.
  func type(_ text: String) async throws { try await command("send-keys", "-l", text) }

  /// The screen, a line an element; with escapes where colours matter.
  func screen(withColors: Bool = false) async throws -> [String] {
    let text =
      withColors
      ? try await command("capture-pane", "-p", "-e") : try await command("capture-pane", "-p")
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Waits until the screen shows a text.
  /// - Returns: The screen that shows it.
  @discardableResult
  func wait(
    for text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> [String] {
    try await wait(sourceLocation: sourceLocation) { $0.contains { $0.contains(text) } }
  }

  /// Waits until the screen is as wanted, with a deadline.
  @discardableResult
  func wait(
    sourceLocation: SourceLocation = #_sourceLocation, until isWanted: ([String]) -> Bool
  ) async throws -> [String] {
    let deadline = ContinuousClock.now + .seconds(90)
    var lines: [String] = []
    while ContinuousClock.now < deadline {
      lines = try await screen()
      if isWanted(lines) { return lines }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record(
      "never seen; the screen was\n\(lines.joined(separator: "\n"))", sourceLocation: sourceLocation
    )
    throw CancellationError()
  }

  /// The process that runs in the window's foreground shell.
  func pid(named name: String) async throws -> Int32 {
    let shell = try await command("display-message", "-p", "#{pane_pid}")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    let found = try await Program.run(
      ["-P", shell, "-f", name], executable: try #require(PeerTests.find("pgrep")))
    let own = found.output.split(separator: "\n").first.flatMap { Int32($0) }
    return try #require(own ?? Int32(shell))
  }
}

/// Whether a process exists.
func isAlive(_ pid: Int32) -> Bool { kill(pid, 0) == 0 }

/// Waits until a process is gone, with a deadline.
func waitUntilGone(_ pid: Int32) async throws -> Bool {
  let deadline = ContinuousClock.now + .seconds(60)
  while ContinuousClock.now < deadline {
    if !isAlive(pid) { return true }
    try await Task.sleep(for: .milliseconds(50))
  }
  return false
}
