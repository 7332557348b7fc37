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

    /// The changes that reached the servers, without the host: method, path and body.
    var changes: [String] {
      log.text("requests").split(separator: "\n").compactMap { line in
        guard
          let entry = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
          entry["is_change"] as? Bool == true
        else { return nil }
        let words = [entry["method"], entry["target"]].compactMap { $0 as? String }
        guard let body = entry["body"] as? [String: Any],
          let data = try? JSONSerialization.data(
            withJSONObject: body, options: [.sortedKeys, .withoutEscapingSlashes])
        else { return words.joined(separator: " ") }
        return (words + [String(decoding: data, as: UTF8.self)]).joined(separator: " ")
      }
    }

    /// Waits until so many changes have reached the servers.
    func waitForChanges(
      _ count: Int = 1, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [String] {
      let deadline = ContinuousClock.now + .seconds(45)
      while changes.count < count, ContinuousClock.now < deadline {
        try await Task.sleep(for: .milliseconds(50))
      }
      let found = changes
      #expect(found.count == count, "\(found)", sourceLocation: sourceLocation)
      return found
    }

    /// Presses a key again after the answer: nothing more may reach the servers.
    func leave(_ count: Int = 1) async throws {
      try await tmux.press("y", "Enter", "Escape", "q")
      try await Task.sleep(for: .milliseconds(300))
      #expect(changes.count == count, "\(changes)")
    }
  }

  @Test func aRetryIsSentOnce() async throws {
    let scene = try await Scene(on: "결제 failed dev", columns: 80, rows: 24)
    try await scene.tmux.press("r")
    try await scene.tmux.wait(for: "failed jobs")
    try await scene.tmux.press("D", "Enter")
    try await scene.tmux.wait(for: "what is sent")
    try await scene.tmux.press("y")
    let change = try await scene.waitForChanges()[0]
    #expect(change.hasPrefix("POST /repos/acme/"))
    #expect(change.hasSuffix("/rerun-failed-jobs {\"enable_debug_logging\":true}"))
    try await scene.leave()
  }

  @Test func aCancelIsSentOnce() async throws {
    let scene = try await Scene(on: "web dev running")
    try await scene.tmux.press("x")
    try await scene.tmux.wait(for: "its jobs are told to end")
    try await scene.tmux.press("Enter")
    try await scene.tmux.wait(for: "y to cancel it")
    try await scene.tmux.press("y")
    let change = try await scene.waitForChanges()[0]
    #expect(change.wholeMatch(of: /POST \/repos\/acme\/web\/actions\/runs\/\d+\/cancel/) != nil)
    try await scene.leave()
  }

  @Test func anIdleBuildIsStoppedOnce() async throws {
    let scene = try await Scene(on: "shop dev cancelled")
    try await scene.tmux.wait(for: "its build goes on")
    try await scene.tmux.press("x")
    try await scene.tmux.wait(for: "for its job build")
    try await scene.tmux.press("Enter")
    try await scene.tmux.wait(for: "y to stop the build")
    try await scene.tmux.press("y")
    let change = try await scene.waitForChanges()[0]
    #expect(change.hasPrefix("POST / codebuild:StopBuild {\"id\":\"acme-dev-runner:"), "\(change)")
    try await scene.leave()
  }

  @Test func anApprovalAsksForTheEnvironmentsName() async throws {
    let scene = try await Scene(on: "shop prd approval", columns: 80, rows: 24)
    try await scene.tmux.press("P")
    try await scene.tmux.wait(for: "you may answer")
    try await scene.tmux.press("Enter", "Enter", "Enter")
    try await scene.tmux.wait(for: "type prd, then enter")
    try await scene.tmux.type("stg")
    try await scene.tmux.press("Enter")
    #expect(scene.changes.isEmpty)
    try await scene.tmux.press("C-u")
    try await scene.tmux.type("prd")
    try await scene.tmux.press("Enter")
    let change = try await scene.waitForChanges()[0]
    #expect(change.contains("/pending_deployments {\"comment\":\"\",\"environment_ids\":["))
    #expect(change.hasSuffix("\"state\":\"approved\"}"))
    try await scene.leave()
  }

  @Test func aDispatchIsFollowedOnTheBoard() async throws {
    let scene = try await Scene(on: "api dev success")
    try await scene.tmux.press("d")
    try await scene.tmux.wait(for: "nothing is sent yet")
    try await scene.tmux.press("Enter")
    try await scene.tmux.wait(for: "y to dispatch it")
    try await scene.tmux.press("y")
    let change = try await scene.waitForChanges()[0]
    #expect(change.contains("/dispatches {\"ref\":\"api-dev-"))
    #expect(change.contains("\"return_run_details\":true"))
    try await scene.tmux.wait(for: "dispatched action-api-dev-deploy")
    // The filter hides the new run; without it the cursor goes there.
    try await scene.tmux.press("Escape")
    try await scene.tmux.wait { $0.contains { $0.hasPrefix("▐") && $0.contains("queued") } }
    #expect(scene.changes.count == 1)
  }

  @Test(arguments: [(80, 24), (200, 60)])
  func aPromotionCreatesTheNextTag(columns: Int, rows: Int) async throws {
    let scene = try await Scene(columns: columns, rows: rows)
    try await scene.tmux.press("v")
    let matrix = try await scene.tmux.wait { $0.contains { $0.contains("!=") } }
    #expect(matrix.contains { $0.contains("결제") && $0.contains("2026") || $0.contains("결제") })
    for environment in ["dev", "stg", "prd"] {
      #expect(matrix[1].contains(environment), "\(matrix[1])")
    }
    // The second row, and from wherever the cursor was to the middle column.
    try await scene.tmux.press("g", "Down", "Left", "Left", "Right")
    try await scene.tmux.wait { $0.contains { $0.contains("api in stg") } }
    try await scene.tmux.press("p")
    try await scene.tmux.wait(for: "commits would go")
    try await scene.tmux.press("Enter")
    try await scene.tmux.wait(for: "type prd, then enter")
    try await scene.tmux.type("prd")
    try await scene.tmux.press("Enter")
    let change = try await scene.waitForChanges()[0]
    #expect(
      change.firstMatch(
        of: /POST \/repos\/acme\/shop\/git\/refs \{"ref":"refs\/tags\/api-prd-\d{8}-\d{2}","sha":"/)
        != nil,
      "\(change)")
    try await scene.tmux.wait(for: "tagged api-prd-")
    #expect(scene.changes.count == 1)
  }

  @Test func severalAreCalledBackAndThenSentOneASecond() async throws {
    let scene = try await Scene(on: "결제 failed dev", columns: 80, rows: 24)
    try await scene.tmux.press("*")
    try await scene.tmux.wait(for: "marked")
    try await scene.tmux.press("r")
    try await scene.tmux.wait(for: "the list comes next")
    try await scene.tmux.press("Enter")
    try await scene.tmux.wait(for: "y to run them again")
    try await scene.tmux.press("y")
    try await scene.tmux.wait(for: "nothing is sent yet")
    try await scene.tmux.press("u")
    try await scene.tmux.wait(for: "called back")
    #expect(scene.changes.isEmpty)
    try await scene.tmux.press("r", "Enter")
    try await scene.tmux.wait(for: "y to run them again")
    try await scene.tmux.press("y")
    let changes = try await scene.waitForChanges(2)
    #expect(Set(changes).count == 2)
    #expect(changes.allSatisfy { $0.contains("/rerun-failed-jobs") })
  }

  @Test func readOnlySaysWhyAndSendsNothing() async throws {
    let tmux = try await Tmux("'\(Program.path)' demo --seed 7 --read-only")
    try await tmux.wait(for: "no runner for")
    for key in ["x", "P", "t", "d"] {
      try await tmux.press(key)
      try await tmux.wait(for: "read-only: --read-only was given")
      try await tmux.press("z")
      try await tmux.wait(for: "z does nothing here")
    }
  }
}
