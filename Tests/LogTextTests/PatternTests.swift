import LogText
import Testing

@Suite("Patterns")
struct PatternTests {
  @Test(
    "A regular expression that is none says what is wrong and where",
    arguments: [
      ("(a", "missing closing parenthesis (at character 2)", 2),
      ("한[a", "missing terminating ] for character class (at character 3)", 3),
      ("*a", "quantifier does not follow a repeatable item (at character 1)", 1),
      ("a\\C", "using \\C is disabled by the application (at character 3)", 3),
    ])
  func invalid(_ text: String, _ message: String, _ position: Int) {
    do {
      _ = try LogPattern(text, isRegex: true)
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.position <= text.count)
      #expect(error.message.contains("(at character \(error.position))"))
      #expect(error.message.hasPrefix(message.prefix(12)))
    }
  }

  @Test("Nothing cannot be looked for, and plain words are never a regular expression")
  func plain() throws {
    #expect(throws: LogPatternError.self) { try LogPattern("", isRegex: false) }
    #expect(throws: LogPatternError.self) { try LogPattern("", isRegex: true) }
    var pager = LogPager("a(b*\n")
    pager.settle { $0.search(try? LogPattern("(b*", isRegex: false)) }
    #expect(pager.status.hits?.count == 1)
    #expect(try LogPattern("a", isRegex: false) != LogPattern("a", isRegex: true))
    #expect(try LogPattern("a", isRegex: true) == LogPattern("a", isRegex: true))
  }

  @Test("A pattern that would run for ever ends with a word", arguments: ["(a+)+$", "(a|aa)+$"])
  func catastrophe(_ words: String) throws {
    let text = "start\n" + String(repeating: "a", count: 5000) + "b\nend\n"
    var pager = LogPager(text)
    let pattern = try LogPattern(words, isRegex: true)
    let clock = ContinuousClock()
    let elapsed = clock.measure { pager.settle { $0.search(pattern) } }
    #expect(pager.status.message?.contains("takes too long on this log") == true)
    #expect(elapsed < .seconds(20))
    checkInvariants(pager)
    let filtering = clock.measure { pager.settle { $0.filter(pattern) } }
    #expect(filtering < .seconds(20))
    #expect(pager.filterPattern == nil)
    #expect(pager.texts.first == "start")
  }
}
