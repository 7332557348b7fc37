import Foundation
import Testing

/// What strangers and callers write, as the program repeats it.
@Suite(.serialized)
struct HarmlessTextTests {
  /// A title's escape sequence, a C1 control, a bidi override and a zero-width space.
  private static let evil = "a\u{1B}]0;x\u{07}b\u{9B}31mc\u{202E}d\u{200B}e"

  private static let forged = "a\ncdtop: forged\r\ncdtop: forged"

  /// Whether a text commands or deceives no terminal.
  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n"
        || ![.control, .format, .lineSeparator, .paragraphSeparator]
          .contains(scalar.properties.generalCategory)
    }
  }

  @Test(arguments: [
    ["runs", "--no\(evil)"], ["runs", "--no\(forged)"], ["runs", "-\(forged)"],
    ["runs", "--timeout", evil], ["runs", "--timeout=\(forged)"], ["runs", forged],
    ["audit", "--run", forged], [evil], ["retry", evil, "--no-such"],
  ])
  func theParserRepeatsArgumentsHarmlessly(_ arguments: [String]) async throws {
    let result = try await Program.run(arguments)
    #expect(result.status == 64, "\(result.errors)")
    #expect(isHarmless(result.errors), "\(result.errors.debugDescription)")
    #expect(!result.errors.contains("\ncdtop: forged"), "\(result.errors)")
    #expect(result.errors.hasPrefix("Error: "))
    #expect(result.errors.contains("\nUsage: cdtop"), "\(result.errors)")
  }

  @Test func aLineBreakFromOutsideForgesNoLine() async throws {
    let world = try await OperatedWorld()
    for arguments in [
      ["runs", "--env", Self.forged], ["retry", Self.forged], ["retry", Self.evil],
      ["dispatch", "\(Self.forged)@dev"], ["dispatch", "shop@dev", "-f", "\(Self.forged)=1"],
      ["dispatch", "shop@dev", "--confirm", Self.forged, "--yes"],
      ["runs", "--config", Self.forged], ["audit", "--env", Self.evil],
    ] {
      let result = try await world.run(arguments)
      #expect(result.status != 0)
      #expect(isHarmless(result.errors), "\(result.errors.debugDescription)")
      #expect(!result.errors.contains("\ncdtop: forged"), "\(result.errors)")
    }
    // Its own lines stay lines.
    let two = try await world.run([
      "dispatch", "shop@dev", "--ref", "main", "-f", "no_such=1", "-f", "timeout=soon",
    ])
    #expect(two.errors.contains("\ninput timeout: "), "\(two.errors)")
    #expect(two.errors.contains("\n  Give -f timeout=…"), "\(two.errors)")
  }

  @Test func jsonShowsWhatIsNotSeen() async throws {
    let text = "x\u{7F}\u{9B}\u{202E}\u{200B}\u{2028}\u{FEFF}\u{E0041}\u{1F468}\u{200D}\u{1F469}é한"
    let world = try await SimulatedWorld()
    for arguments in [["retry", text], ["retry", "1", text], ["dispatch", "\(text)@dev"]] {
      let result = try await world.run(arguments + ["--json"])
      #expect(isHarmless(result.output), "\(result.output.debugDescription)")
      #expect(result.output.contains(#"x\u007f\u009b\u202e\u200b\u2028\ufeff\udb40\udc41"#))
      #expect(result.output.contains("é한"))
      let message = try #require(try result.json()["message"] as? String)
      #expect(message.contains(text), "\(message.debugDescription)")
    }
  }

  @Test func aCommandThatPrintsOncePromisesNoRetry() async throws {
    let scratch = try Scratch()
    let scenario = try scratch.write(
      """
      faults:
        - {match: "* /repos/acme/web/*", effect: answer, status: 502}
      """, "scenario.yaml")
    let world = try await SimulatedWorld(["--scenario", scenario, "--speed", "6"])
    let listed = try await world.run(["runs"])
    #expect(listed.status == 2)
    #expect(listed.errors.contains("worth another try"), "\(listed.errors)")
    #expect(!listed.errors.contains("by itself"), "\(listed.errors)")
  }
}
