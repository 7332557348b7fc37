import Foundation
import Testing

/// Options that stand before the subcommand, and what is said of a command line that is wrong.
@Suite(.serialized)
struct GlobalOptionTests {
  /// Those that take no operand, which would be missed before a wrong option is seen.
  private static let bare: Set = [
    "board", "runs", "versions", "audit", "config", "demo", "simulate",
  ]

  private static let commands = [
    ["board"], ["runs"], ["run"], ["logs"], ["artifacts"], ["view"], ["versions"], ["dispatch"],
    ["tag"], ["retry"], ["cancel"], ["approve"], ["reject"], ["stop-build"], ["audit"],
    ["config", "check"], ["config", "example"], ["demo"], ["simulate"],
  ]

  @Test(arguments: commands)
  func standBeforeEverySubcommand(_ command: [String]) async throws {
    let given = ["--config", "/nonexistent", "--read-only", "--ascii"]
    let help = try await Program.run(given + command + ["--help"])
    #expect(help.status == 0, "\(help.errors)")
    let name = "cdtop \(command.joined(separator: " "))"
    #expect(help.output.contains("USAGE: \(name)"), "\(help.output)")
    let operand = Self.bare.contains(command[0]) ? [] : ["a:b@dev"]
    let wrong = try await Program.run(given + command + operand + ["--no-such-option"])
    #expect(wrong.status == 64)
    // It is that one that is complained of, and the subcommand's own usage that is shown.
    #expect(wrong.errors.contains("--no-such-option"), "\(wrong.errors)")
    #expect(wrong.errors.contains("Usage: \(name)"), "\(wrong.errors)")
  }

  @Test func meanTheSameThereAsBehindIt() async throws {
    let world = try await SimulatedWorld()
    let dispatch = ["dispatch", "shop@dev", "--ref", "main", "--yes"]
    let refused = try await world.run(["--read-only"] + dispatch)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("--read-only was given"), "\(refused.errors)")
    let answer = try await world.run(["--json", "--read-only"] + dispatch).json()
    #expect(answer["outcome"] as? String == "refused")
    let file = try #require(world.environment["CDTOP_CONFIG"])
    for given in [["--config", file], ["--config=\(file)"]] {
      let checked = try await Program.run(given + ["config", "check", "--offline"])
      #expect(checked.status == 0, "\(checked.errors)")
      #expect(checked.output.contains(file))
    }
    let between = try await Program.run(["config", "--config", file, "check", "--offline"])
    #expect(between.status == 0, "\(between.errors)")
    let audit = try await world.run(["--read-only", "audit"])
    #expect(audit.status == 0, "\(audit.errors)")
  }

  @Test func aWrongWordShowsTheUsageOfItsOwnCommand() async throws {
    let world = try await SimulatedWorld()
    for (arguments, word) in [
      (["runs", "--env", "qa"], "no environment qa"), (["retry", "nonsense"], "nonsense"),
      (["cancel", "shop@qa"], "no environment qa"), (["run", "@dev"], "names no service"),
      (["stop-build", "a:b", "--env", "qa"], "no environment qa"),
      (["audit", "--env", "qa"], "no environment qa; there are: dev, stg, prd"),
      (["retry"], "<run>"), (["config", "check", "--no-such"], "--no-such"),
    ] {
      let result = try await world.run(arguments)
      #expect(result.status == 64, "\(arguments): \(result.errors)")
      #expect(result.errors.contains(word), "\(result.errors)")
      let words = arguments.first == "config" ? arguments.prefix(2) : arguments.prefix(1)
      let name = "cdtop \(words.joined(separator: " "))"
      #expect(result.errors.contains("\nUsage: \(name) "), "\(result.errors)")
      #expect(result.errors.contains("See '\(name) --help'"), "\(result.errors)")
      #expect(!result.errors.contains("cdtop <subcommand>"))
    }
  }
}
