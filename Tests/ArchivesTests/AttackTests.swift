import Archives
import Testing

@Suite("Zips that nobody means well with")
struct AttackTests {
  @Test("An attack is answered with a word", arguments: Attack.all)
  func answered(_ attack: Attack) throws {
    let outcome = try attack.outcome()
    #expect(attack.isAnswered(by: outcome), "\(attack.name): \(outcome)")
  }

  @Test("The table of attacks and answers is printed")
  func table() throws {
    let rows = try Attack.all.map { attack in
      "| \(attack.name) | \(Self.printable(try attack.outcome())) |"
    }
    print((["| attack | answer |", "|---|---|"] + rows).joined(separator: "\n"))
    print("zip attacks: \(rows.count)")
    #expect(Set(Attack.all.map(\.name)).count == rows.count)
  }

  /// Names of files in a table are to be told apart, whatever this run called them.
  private static func printable(_ outcome: String) -> String {
    outcome.replacing(/archive-[0-9A-F-]+\.zip/, with: "x.zip")
  }
}
