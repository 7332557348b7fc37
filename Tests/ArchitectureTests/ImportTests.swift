import Testing

@Suite("The arrows between modules")
struct ImportTests {
  let checkout: Checkout

  init() throws {
    checkout = try Checkout.current.get()
  }

  @Test("Every target is in the table")
  func targets() {
    #expect(checkout.targets.contains("Deploys"))
    for target in checkout.targets where ModuleTable.rows[target] == nil {
      #expect(
        ModuleTable.foreign.contains(target),
        "Sources/\(target): not in the table; add it there and to docs/architecture.md")
    }
  }

  @Test("No file imports what the table does not allow")
  func imports() {
    var findings: [String] = []
    var count = 0
    for source in checkout.sources {
      let row = ModuleTable.rows[source.target] ?? ModuleTable.Row(system: [])
      let allowed = row.own.union(row.others).union(row.system)
      for (index, line) in source.code.enumerated() {
        guard let module = ModuleTable.module(importedBy: line) else { continue }
        count += 1
        if !allowed.contains(module) {
          findings.append(
            source.finding(index, "\(source.target) may not import \(module)"))
        }
      }
    }
    #expect(count > 0)
    report(findings)
  }

  @Test("The table has no circle")
  func noCircle() {
    var settled = ModuleTable.foreign
    var waiting = ModuleTable.rows
    while let next = waiting.first(where: { settled.isSuperset(of: $0.value.own) }) {
      settled.insert(next.key)
      waiting[next.key] = nil
    }
    #expect(waiting.isEmpty, "in or behind a circle: \(waiting.keys.sorted())")
  }

  @Test(
    "Imports are found in every form",
    arguments: [
      ("import Foundation", "Foundation"), ("package import Foundation", "Foundation"),
      ("  @testable import Deploys", "Deploys"), ("import struct Foundation.Date", "Foundation"),
      ("@preconcurrency private import Yams", "Yams"), ("important(Foundation)", nil),
      ("let x = import", nil),
    ])
  func forms(line: String, module: String?) {
    #expect(ModuleTable.module(importedBy: line) == module)
  }
}
