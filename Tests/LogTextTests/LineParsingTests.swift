import LogText
import Testing

@Suite("A line taken apart")
struct LineParsingTests {
  @Test(
    "The command says what a line is",
    arguments: [
      ("##[group]Run x", LogLine.Kind.group, "Run x"), ("##[error]bad", .error, "Error: bad"),
      ("##[warning]hm", .warning, "Warning: hm"), ("##[notice]so", .notice, "Notice: so"),
      ("##[debug]deep", .debug, "Debug: deep"), ("##[section]Start", .section, "Start"),
      ("##[command]git", .command, "git"), ("[command]git", .command, "git"),
      ("##[endgroup]rest", .endGroup, "rest"), ("##[other]x", .text, "##[other]x"),
      ("text ##[error]x", .text, "text ##[error]x"), ("##[error", .text, "##[error"),
    ])
  func kinds(_ line: String, _ kind: LogLine.Kind, _ shown: String) {
    for prefix in ["", "2026-11-23T04:03:53.1234567Z ", "\u{FEFF}2026-11-23T04:03:53Z \u{FEFF}"] {
      let pager = LogPager("before\n\(prefix)\(line)\n", rows: 2)
      #expect(pager.rows[1].kind == kind)
      #expect(pager.texts[1] == shown)
    }
  }

  @Test("The end of a group is no row")
  func endGroup() {
    let pager = LogPager("##[group]g\na\n##[endgroup]\nb\n##[endgroup]\r\n")
    #expect(pager.texts == ["g", "a", "b"])
    #expect(pager.rows.map(\.line) == [1, 2, 4])
    #expect(pager.rows.map(\.depth) == [0, 1, 0])
    #expect(pager.status.lineCount == 5)
  }

  @Test("What CodeBuild's agent says of failures is an error")
  func buildFailures() {
    let prefix = "[Container] 2026/07/14 09:59:11.966681 "
    let lines = [
      "Command did not exit successfully python3 exit status 1",
      "Phase complete: BUILD State: FAILED",
      "Phase context status code: COMMAND_EXECUTION_ERROR Message: Error while executing",
      "Phase complete: POST_BUILD State: SUCCEEDED", "Phase context status code:  Message: ",
    ]
    let pager = LogPager(lines.map { prefix + $0 }.joined(separator: "\n"))
    #expect(pager.rows.map(\.kind) == [.error, .error, .error, .text, .text])
    #expect(pager.texts[1] == lines[1])
    #expect(pager.status.errorCount == 3)
  }

  @Test(
    "The timestamp's length is what a flag would remove",
    arguments: [
      ("2026-11-23T04:03:53.1234567Z text", 29), ("2026-11-23T04:03:53Z text", 21),
      ("2026-11-23T04:03:53.1Z text", 23), ("2026-11-23T04:03:53.1234567Z", 28),
      ("\u{FEFF}2026-11-23T04:03:53.1234567Z \u{FEFF}text", 35), ("2026-11-23 04:03:53Z text", 0),
      ("[Container] 2026/11/23 04:03:53.123456 text", 39),
      ("[Container] 2016/04/15 17:49:42 text", 32), ("[Container] Date Time text", 0), ("", 0),
      ("2026-11-23T04:03:53.Z text", 0), ("text", 0), ("2026", 0),
    ])
  func timestampLength(_ line: String, _ length: Int) {
    #expect(Array(line.utf8).withUnsafeBytes(LogLine.timestampLength) == length)
  }
}
