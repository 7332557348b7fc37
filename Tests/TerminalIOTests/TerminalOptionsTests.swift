import Canvas
import Testing

@testable import TerminalIO

@Suite("Terminal options")
struct TerminalOptionsTests {
  @Test(
    "use the colours that the terminal has",
    arguments: [(0, 0), (2, 0), (8, 8), (15, 8), (16, 16), (88, 16), (256, 256), (1 << 24, 256)])
  func depth(colors: Int, expected: Int) {
    let options = TerminalOptions(environment: ["TERM": "xterm"])
    #expect(options.terminalName == "xterm")
    #expect(options.depth(onTerminalWith: colors).rawValue == expected)
  }

  @Test("use none when NO_COLOR says so, which an empty one does not")
  func noColor() {
    #expect(TerminalOptions(environment: ["NO_COLOR": "1"]).depth(onTerminalWith: 256) == .none)
    #expect(TerminalOptions(environment: ["NO_COLOR": "0"]).depth(onTerminalWith: 256) == .none)
    #expect(TerminalOptions(environment: ["NO_COLOR": ""]).depth(onTerminalWith: 256) == .indexed)
  }

  @Test("errors name TERM and what to do")
  func errors() {
    #expect(TerminalError.unknownTerminal("foo").message.contains("TERM is “foo”"))
    #expect(TerminalError.unknownTerminal("foo").remedy.contains("TERM=xterm-256color"))
    #expect(TerminalError.terminalNotNamed.message.contains("TERM"))
    #expect(TerminalError.notATerminal.remedy.contains("cdtop runs"))
  }

  @Test("colour pairs are numbered once and run out quietly")
  func pairs() {
    var pairs = ColorPairs(limit: 3)
    var defined: [Int] = []
    func number(_ foreground: Int?, _ background: Int?) -> Int {
      pairs.number(foreground: foreground, background: background) { number, _ in
        defined.append(number)
        return true
      }
    }
    #expect(number(nil, nil) == 0)
    #expect(number(1, nil) == 1)
    #expect(number(1, 4) == 2)
    #expect(number(1, nil) == 1)
    #expect(number(7, nil) == 0)
    #expect(defined == [1, 2])
  }

  @Test("signals come with those that end the program first")
  func signals() {
    let bits: UInt64 = 1 << 28 | 1 << 15 | 1 << 2
    #expect(TerminalSignal.decode(bits) == [.end(15), .end(2), .resize])
    #expect(TerminalSignal.decode(0).isEmpty)
  }
}
