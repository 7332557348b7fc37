import LogText
import Testing

@Suite("Colours of a log")
struct LogStyleTests {
  private func spans(_ text: String) -> [LogSpan] { LogPager(text).rows.first?.spans ?? [] }

  private func style(_ parameters: String) -> LogStyle {
    spans("\u{1B}[\(parameters)mx").first?.style ?? .plain
  }

  @Test("Sequences become styles, and none of them is text")
  func sgr() {
    let spans = spans("a\u{1B}[31mb\u{1B}[1;4mc\u{1B}[0md\u{1B}[m")
    #expect(spans.map(\.text) == ["a", "b", "c", "d"])
    #expect(spans[1].style == LogStyle(hue: .red))
    #expect(spans[2].style == LogStyle(hue: .red, isBold: true, isUnderlined: true))
    #expect(spans[3].style == .plain)
  }

  @Test("A line begins anew")
  func reset() {
    #expect(LogPager("\u{1B}[31ma\nb").rows.map { $0.spans[0].style.hue } == [.red, nil])
  }

  @Test("8, 16, 256 and 16 million colours, with either separator")
  func colours() {
    #expect(style("32").hue == .green)
    #expect(style("92").hue == .green)
    #expect(style("90") == LogStyle(isDim: true))
    #expect(style("38;5;196").hue == .red)
    #expect(style("38;5;21").hue == .blue)
    #expect(style("38:5:208").hue == .red || style("38:5:208").hue == .yellow)
    #expect(style("38;2;0;200;0").hue == .green)
    #expect(style("38:2::0:200:200").hue == .cyan)
    #expect(style("38:2:200:0:200").hue == .magenta)
    #expect(style("38;5;240") == LogStyle(isDim: true))
    #expect(style("38;5;999") == .plain)
    #expect(style("38;5") == .plain)
    #expect(style("38;2;1") == .plain)
    #expect(style("1;38;5;9;4") == LogStyle(hue: .red, isBold: true, isUnderlined: true))
    #expect(style("31;39") == .plain)
    #expect(style("4:3").isUnderlined)
    #expect(!style("4;4:0").isUnderlined)
  }

  @Test("A coloured ground is the text's inverse")
  func grounds() {
    #expect(style("41;97") == LogStyle(hue: .red, isInverse: true))
    #expect(style("7") == LogStyle(isInverse: true))
    #expect(style("7;31") == LogStyle(hue: .red, isInverse: true))
    #expect(style("40;32") == LogStyle(hue: .green))
    #expect(style("41;49") == .plain)
  }

  @Test(
    "No other sequence is seen or acts",
    arguments: [
      "a\u{1B}[2Kb", "a\u{1B}[10;20Hb", "a\u{1B}]0;title\u{7}b", "a\u{1B}]8;;https://x\u{1B}\\b",
      "a\u{1B}(Bb", "a\u{1B}=b", "a\u{1B}[?25lb", "a\u{1B}Pq#0\u{1B}\\b",
      "a\u{1B}[38;5;1;m\u{1B}[mb",
      "a\u{1B}]1337;File=:AAAA\u{9C}b",
    ])
  func others(_ text: String) {
    #expect(LogPager(text).texts == ["ab"])
  }

  @Test("A sequence that is broken hides nothing")
  func broken() {
    #expect(LogPager("a\u{1B}]0;title without end").texts == ["a0;title without end"])
    #expect(LogPager("a\u{1B}[31\u{1}b").texts == ["a\u{FFFD}b"])
    #expect(LogPager("a\u{1B}").texts == ["a\u{FFFD}"])
    #expect(LogPager("a\u{1B}[").texts == ["a"])
    #expect(LogPager("a\u{1B}\u{1B}[31mb").texts == ["a\u{FFFD}b"])
  }

  @Test("The word for a command is bold, and the line goes on as it is")
  func words() {
    let spans = spans("##[error]\u{1B}[33mbad")
    #expect(spans.map(\.text) == ["Error: ", "bad"])
    #expect(spans.map(\.style) == [LogStyle(isBold: true), LogStyle(hue: .yellow)])
  }
}
