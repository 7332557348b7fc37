import Foundation
import Testing

/// What an operator does by keys, in a real terminal, beside the log of what reached the servers.
@Suite(
  .serialized,
  .enabled(
    if: ProcessInfo.processInfo.environment["CDTOP_TERMINAL_TESTS"] != nil,
    "CDTOP_TERMINAL_TESTS is not set"))
struct OperateTerminalTests {
  /// A demo whose requests are written down.
  private struct Scene {
    let tmux: Tmux
    let log: Scratch

    init(on words: String? = nil, columns: Int = 120, rows: Int = 40) async throws {
      log = try Scratch()
      let demo = "'\(Program.path)' demo --seed 7 --request-log '\(log.path("requests"))'"
      tmux = try await Tmux(demo, columns: columns, rows: rows)
      try await tmux.wait(for: columns < 80 ? "결제" : "no runner for")
      guard let words else { return }
      try await tmux.press("/")
      try await tmux.type(words)
      try await tmux.press("Enter")
    }

    /// The changes that reached the servers: method, path and body.
    var changes: [String] {
      log.text("requests").split(separator: "\n").compactMap { line in
        guard
          let entry = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
          let method = entry["method"] as? String, let path = entry["path"] as? String,
          method != "GET", method != "HEAD", path.hasPrefix("/repos/")
        else { return nil }
        return "\(method) \(path) \(entry["body"] as? String ?? "")"
      }
    }

    /// Waits until a change has reached the servers.
    func waitForChange(sourceLocation: SourceLocation = #_sourceLocation) async throws {
      let deadline = ContinuousClock.now + .seconds(30)
      while changes.isEmpty, ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(50))
      }
      #expect(!changes.isEmpty, sourceLocation: sourceLocation)
    }
  }

  @Test func aRetryIsSentOnce() async throws {
    let scene = try await Scene(on: "결제 failed dev")
    try await scene.tmux.press("r")
    try await scene.tmux.wait(for: "ailed jobs")
    try await scene.tmux.press("Enter")
    try await scene.tmux.wait(for: "rerun-failed-jobs")
    try await scene.tmux.press("y")
    try await scene.waitForChange()
    #expect(scene.changes.count == 1 && scene.changes[0].contains("/rerun-failed-jobs "))
  }
}
