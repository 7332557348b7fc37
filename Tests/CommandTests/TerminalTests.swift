import Foundation
import Testing

/// The program in a real terminal, tmux.
@Suite(
  .serialized,
  .enabled(
    if: ProcessInfo.processInfo.environment["CDTOP_TERMINAL_TESTS"] != nil,
    "CDTOP_TERMINAL_TESTS is not set"))
struct TerminalTests {
  private static let demo = "'\(Program.path)' demo --seed 7"
  /// Runs the demo and afterwards says how it ended and whether the terminal is as before.
  private static let checked = """
    before=$(stty -g); \(demo); echo "ended with $?"; \
    [ "$(stty -g)" = "$before" ] && echo 'terminal as before'; exec sleep 60
    """

  @Test func theDemoShowsWhatNeedsAPersonFirst() async throws {
    let tmux = try await Tmux(Self.checked)
    let screen = try await tmux.wait(for: "no runner for")
    let attention = try #require(screen.firstIndex { $0.contains("NEED") && !$0.contains("cdtop") })
    #expect(attention <= 4)
    #expect(screen.contains { $0.contains("결제") })
    try await tmux.press("?")
    try await tmux.wait(for: "esc closes")
    try await tmux.press("Escape")
    try await tmux.wait { !$0.contains { $0.contains("esc closes") } }
    try await tmux.press("q")
    try await tmux.wait(for: "ended with 0")
    try await tmux.wait(for: "terminal as before")
  }

  @Test(arguments: [(80, 24), (40, 10), (200, 60)])
  func everySizeIsDrawnWhole(columns: Int, rows: Int) async throws {
    let tmux = try await Tmux(Self.demo, columns: columns, rows: rows)
    let screen = try await tmux.wait(for: "결제")
    #expect(screen.count <= rows + 1)
    #expect(screen[0].contains("cdtop"))
  }

  @Test func aTinyTerminalSaysWhatItNeeds() async throws {
    let tmux = try await Tmux(Self.checked, columns: 30, rows: 8)
    try await tmux.wait(for: "40x10")
    try await tmux.command("resize-window", "-x", "80", "-y", "24")
    try await tmux.wait(for: "결제")
    try await tmux.press("q")
    try await tmux.wait(for: "terminal as before")
  }

  @Test func noColorMeansNone() async throws {
    let plain = try await Tmux("NO_COLOR=1 \(Self.demo)")
    try await plain.wait(for: "no runner for")
    let text = try await plain.screen(withColors: true).joined()
    #expect(text.firstMatch(of: /\u{1B}\[[0-9;]*(3[0-7]|38;5|9[0-7])/) == nil)
    let coloured = try await Tmux(Self.demo)
    try await coloured.wait(for: "no runner for")
    let painted = try await coloured.screen(withColors: true).joined()
    #expect(painted.firstMatch(of: /\u{1B}\[[0-9;]*(3[0-7]|38;5|9[0-7])/) != nil)
  }

  @Test func aRetryByKeysIsSeenOnTheBoard() async throws {
    let tmux = try await Tmux(Self.demo, columns: 160, rows: 50)
    try await tmux.wait(for: "no runner for")
    try await tmux.press("/")
    try await tmux.type("결제 failed dev")
    try await tmux.press("Enter")
    try await tmux.press("r")
    try await tmux.wait(for: "ailed jobs")
    try await tmux.press("Enter")
    try await tmux.wait(for: "y to run it again")
    try await tmux.press("y")
    // Only the answer says so: the question speaks of the second attempt already.
    try await tmux.wait(for: "retrying the failed jobs")
    // The filter hides the run, which has failed no longer.
    try await tmux.press("Escape")
    try await tmux.wait { $0.contains { $0.contains("결제") && $0.contains("#85.2") } }
  }

  /// Opens the demo with the cursor on the deploy that a filter leaves.
  private func demo(on words: String, columns: Int = 120, rows: Int = 40) async throws -> Tmux {
    let tmux = try await Tmux(Self.demo, columns: columns, rows: rows)
    try await tmux.wait(for: columns < 80 ? "결제" : "no runner for")
    try await tmux.press("/")
    try await tmux.type(words)
    try await tmux.press("Enter")
    return tmux
  }

  @Test(arguments: [(120, 40), (80, 24), (40, 10)])
  func theFailingLinesAreTwoKeysAway(columns: Int, rows: Int) async throws {
    let tmux = try await demo(on: "api dev failed", columns: columns, rows: rows)
    try await tmux.press("Enter")
    try await tmux.wait(for: "Build and push")
    try await tmux.press("Enter")
    let log = try await tmux.wait { $0.contains { $0.contains("Error: ") } }
    #expect(log.contains { $0.contains("▐") && $0.contains("Error") })
    try await tmux.press("q")
    try await tmux.wait(for: "Build and push")
    try await tmux.press("q")
    try await tmux.wait { $0[0].contains("cdtop") }
  }

  @Test func aRunnerThatNeverCameIsExplained() async throws {
    let tmux = try await demo(on: "결제 stg runner")
    try await tmux.press("Enter")
    try await tmux.wait(for: "no build of project")
    try await tmux.press("Enter")
    try await tmux.wait(for: "no runner has come")
  }

  @Test func aMarkerThatDisagreesIsToldFirst() async throws {
    let tmux = try await demo(on: "결제 dev failed")
    try await tmux.press("Enter")
    let screen = try await tmux.wait(for: "GitHub is right")
    let verdict = try #require(screen.firstIndex { $0.contains("GitHub is right") })
    let jobs = try #require(screen.firstIndex { $0.contains("JOBS") })
    #expect(verdict < jobs)
    try await tmux.press("Enter")
    try await tmux.wait(for: "Error: ")
  }

  @Test func aLogThatIsNotThereYetIsReplacedByTheRunnersOwn() async throws {
    let tmux = try await demo(on: "auth stg running")
    try await tmux.press("Enter")
    try await tmux.wait(for: "JOBS")
    try await tmux.press("Enter")
    try await tmux.wait(for: "Running job:")
    let screen = try await tmux.screen().joined(separator: "\n")
    #expect(screen.contains("GitHub gives its log when it is over"), "\(screen)")
  }

  @Test func aFileIsViewedSearchedAndLeft() async throws {
    let scratch = try Scratch()
    let lines = (1...5000).map { "line \($0) 결제 \u{1B}[31mred\u{1B}[0m\u{1B}]0;title\u{07}" }
    let path = try scratch.write(lines.joined(separator: "\n"), "big.log")
    let tmux = try await Tmux(
      "'\(Program.path)' view '\(path)'; echo ended with $?; exec sleep 60", columns: 80, rows: 24)
    try await tmux.wait(for: "line 1 결제")
    try await tmux.press("G")
    try await tmux.wait(for: "line 5000 결제")
    try await tmux.press("g")
    try await tmux.wait(for: "line 1 결제")
    try await tmux.press("/")
    try await tmux.type("line 4321 ")
    try await tmux.press("Enter")
    try await tmux.wait(for: "line 4321 결제")
    try await tmux.press("q")
    try await tmux.wait(for: "ended with 0")
  }

  @Test func suspendAndResumeKeepTheBoard() async throws {
    let tmux = try await Tmux("exec bash --norc -i")
    try await tmux.type(Self.demo)
    try await tmux.press("Enter")
    try await tmux.wait(for: "no runner for")
    try await tmux.press("C-z")
    try await tmux.wait(for: "topped")
    try await tmux.type("fg")
    try await tmux.press("Enter")
    try await tmux.wait { $0.first?.contains("cdtop") == true }
    try await tmux.press("q")
    try await tmux.wait { !($0.first?.contains("need you") ?? false) }
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func signalsEndItCleanly(signal: Int32) async throws {
    let tmux = try await Tmux(Self.checked)
    try await tmux.wait(for: "no runner for")
    let pid = try await tmux.pid(named: "demo")
    kill(pid, signal)
    try await tmux.wait(for: "ended with \(128 + signal)")
    try await tmux.wait(for: "terminal as before")
  }

  @Test func aClosedTerminalLeavesNoProcess() async throws {
    let tmux = try await Tmux("exec \(Self.demo)")
    try await tmux.wait(for: "no runner for")
    let pid = try await tmux.pid(named: "demo")
    try await tmux.command("kill-server")
    #expect(try await waitUntilGone(pid))
  }

  @Test func aStormOfResizesEndsInTheRightSize() async throws {
    let tmux = try await Tmux(Self.demo)
    try await tmux.wait(for: "no runner for")
    for step in 0..<40 {
      try await tmux.command("resize-window", "-x", "\(60 + step * 2)", "-y", "\(12 + step)")
    }
    try await tmux.command("resize-window", "-x", "90", "-y", "30")
    let screen = try await tmux.wait { lines in
      lines.first?.contains("cdtop") == true && lines.contains { $0.contains("결제") }
    }
    #expect(screen.count <= 31)
  }

  @Test func anUnknownTerminalIsNamed() async throws {
    let tmux = try await Tmux("TERM=nonesuch \(Self.demo); echo \"ended with $?\"; exec sleep 60")
    let screen = try await tmux.wait(for: "ended with 1")
    #expect(screen.joined().contains("nonesuch"))
  }
}
