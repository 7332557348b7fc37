import Deploys
import Foundation
import Operations
import Testing

@Suite("Notices on the terminal")
struct TerminalNoticeTests {
  private static let first = "cdtop: shop to prd failed"
  private static let second = "#7 shop-prd-20261123-01 by kim: failed at: docker build"
  private static let event = NoticeFixture.event(summary: "failed at: docker build")

  private func text(
    rings: Bool = false, shows: Bool = true, _ environment: [String: String],
    _ event: DeployEvent = event
  ) -> String {
    let notice = TerminalNotice(rings: rings, showsOnDesktop: shows, environment: environment)
    return String(decoding: notice.bytes(for: event), as: UTF8.self)
  }

  @Test("A bell, OSC 9 and OSC 777, each where it is switched on")
  func channels() {
    let xterm = ["TERM": "xterm-256color"]
    let both =
      "\u{1B}]9;\(Self.first), \(Self.second)\u{1B}\\"
      + "\u{1B}]777;notify;\(Self.first);\(Self.second)\u{1B}\\"
    #expect(text(xterm) == both)
    #expect(text(rings: true, xterm) == "\u{7}" + both)
    #expect(text(rings: true, shows: false, xterm) == "\u{7}")
    #expect(text(shows: false, xterm).isEmpty)
  }

  @Test("A terminal that would print what it does not know gets the bell alone")
  func plainTerminals() {
    for terminal in ["linux", "dumb", ""] {
      #expect(text(rings: true, ["TERM": terminal]) == "\u{7}")
    }
    #expect(text(rings: true, [:]) == "\u{7}")
  }

  @Test(
    "A terminal that shows both sequences gets one",
    arguments: [
      ["TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"], ["TERM": "xterm-ghostty"],
      ["TERM": "foot-extra"], ["TERM": "xterm-kitty"],
      ["TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"],
    ])
  func single(environment: [String: String]) {
    #expect(text(environment) == "\u{1B}]777;notify;\(Self.first);\(Self.second)\u{1B}\\")
  }

  @Test("tmux and screen pass the sequences on, and ring by themselves")
  func multiplexers() {
    let inner = "]777;notify;\(Self.first);\(Self.second)"
    let tmux = "\u{1B}Ptmux;\u{1B}\u{1B}\(inner)\u{1B}\u{1B}\\\u{1B}\\"
    for environment in [
      ["TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0", "WEZTERM_PANE": "1"],
      ["TERM": "tmux-256color", "WEZTERM_PANE": "1"],
    ] {
      #expect(text(rings: true, environment) == "\u{7}" + tmux)
    }
    let screen = ["TERM": "screen", "STY": "1.pts", "WEZTERM_PANE": "1"]
    #expect(text(screen) == "\u{1B}P\u{1B}\(inner)\u{7}\u{1B}\\")
  }

  @Test("No text from outside breaks a sequence")
  func hostile() {
    let event = NoticeFixture.event(
      service: NoticeFixture.hostile, tag: NoticeFixture.hostile, actor: NoticeFixture.hostile,
      summary: NoticeFixture.hostile + String(repeating: "x", count: 10_000))
    let all = text(["TERM": "xterm"], event)
    let parts = all.components(separatedBy: "\u{1B}\\").dropLast()
    #expect(parts.count == 2)
    let fields = parts.map { $0.split(separator: ";", omittingEmptySubsequences: false) }
    #expect(fields.map(\.count) == [2, 4])
    #expect(fields.map { String($0[0]) } == ["\u{1B}]9", "\u{1B}]777"])
    let controls = all.unicodeScalars.filter {
      [.control, .format].contains($0.properties.generalCategory)
    }
    #expect(controls.count == 4)
    #expect(all.utf8.count < 3000)
    #expect(fields[1][2].hasPrefix("cdtop: a,b \\ c \"'`$(touch pwned)"))
    let wrapped = text(["TERM": "xterm", "TMUX": "x"], event)
    let pieces = wrapped.components(separatedBy: "\u{1B}\u{1B}\\\u{1B}\\")
    #expect(pieces.count == 3)
  }

  @Test("A name that reads like one of ConEmu's commands is none")
  func numbers() {
    #expect(
      text(["TERM": "xterm"], NoticeFixture.event(service: "4;1;50")).hasPrefix(
        "\u{1B}]9;cdtop: 4,1,50 to prd"))
  }

  @Test(
    "Events in words",
    arguments: [
      (DeployEvent.Kind.succeeded, Conclusion.success, "shop to prd succeeded"),
      (.failed, .timedOut, "shop to prd timed out"),
      (.failed, .startupFailure, "shop to prd could not start"),
      (.failed, .other("exploded\u{7}"), "shop to prd ended as exploded;"),
      (.cancelled, .cancelled, "shop to prd was cancelled"),
      (.cancelled, .skipped, "shop to prd was skipped"),
      (.cancelled, .stale, "shop to prd was given up by GitHub"),
      (.needsApproval, .actionRequired, "shop to prd needs approval"),
    ])
  func words(kind: DeployEvent.Kind, conclusion: Conclusion, words: String) {
    let event = NoticeFixture.event(kind, conclusion: conclusion)
    #expect(text(["TERM": "xterm-kitty"], event).hasPrefix("\u{1B}]777;notify;cdtop: \(words)"))
  }

  @Test("A start is no reason to ring")
  func start() {
    let event = NoticeFixture.event(.started, conclusion: nil)
    #expect(text(rings: true, ["TERM": "xterm"], event).isEmpty)
  }
}
