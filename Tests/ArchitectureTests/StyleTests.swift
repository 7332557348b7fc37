import Testing

@Suite("The house style")
struct StyleTests {
  let sources: [SwiftSource]
  let tests: [SwiftSource]

  init() throws {
    let checkout = try Checkout.current.get()
    sources = checkout.sources
    tests = checkout.tests
  }

  @Test("No source is longer than 400 lines")
  func length() {
    let long = sources.filter { $0.lines.count > 401 }
      .map { $0.finding(400, "\($0.lines.count - 1) lines; cut the file along its topics") }
    #expect(!sources.isEmpty)
    report(long)
  }

  @Test("No code uses what can crash or lie about safety")
  func constructs() {
    let banned: [(word: String, advice: String)] = [
      ("try!", "handle the error"), (" as!", "use as?"), ("fatalError(", "return or throw"),
      ("@unchecked Sendable", "use a value, an actor or a Mutex"),
      ("nonisolated(unsafe)", "use a value, an actor or a Mutex"),
    ]
    // A fixture that cannot be made may stop its tests; the program may not stop its operator.
    let inProgram = banned + [("preconditionFailure(", "return or throw")]
    let all = sources.map { ($0, inProgram) } + tests.map { ($0, banned) }
    let findings = all.flatMap { source, banned in
      source.code.enumerated().flatMap { index, line in
        banned.filter { line.contains($0.word) }
          .map { source.finding(index, "`\($0.word)`; \($0.advice)") }
      }
    }
    report(findings)
  }

  @Test("No comment puts work off")
  func postponed() {
    let postponing = ["TODO", "FIXME", "XXX", "HACK"]
    let findings = sources.flatMap { source in
      source.lines.enumerated()
        .filter { line in postponing.contains { line.element.contains($0) } }
        .map { source.finding($0.offset, "do it, or write it into an issue") }
    }
    report(findings)
  }

  @Test("Nothing is public: targets share by package access")
  func access() {
    let banned = ["public ", "open class ", "open func ", "open var ", "package extension "]
    let findings = sources.flatMap { source in
      source.code.enumerated()
        .filter { banned.contains(where: $0.element.contains) }
        .map { source.finding($0.offset, "write `package` before the members instead") }
    }
    report(findings)
  }

  @Test("No type is named after its module")
  func names() {
    let findings = sources.flatMap { source in
      source.code.enumerated().compactMap { index, line -> String? in
        guard line.contains(source.target) else { return nil }
        let pattern = /\b(?:struct|class|enum|actor|protocol|typealias)\s+(\w+)/
        guard line.firstMatch(of: pattern)?.1 == source.target[...] else { return nil }
        return source.finding(index, "a type called \(source.target) hides its module's name")
      }
    }
    report(findings)
  }

  @Test("Every declaration that other targets see has a doc comment")
  func documentation() {
    let findings = sources.flatMap(\.undocumented)
    report(findings)
  }

  @Test("Missing doc comments are found")
  func documentationIsChecked() {
    let source = SwiftSource(
      path: "Sources/T/F.swift",
      text: """
        package import Foundation
        /// Said.
        @available(macOS 15, *)
        @MainActor
        package struct A {
          package var bare: Int
          /// Said.
          package private(set) var said: Int
          private var own: Int
          package static func bareToo() {}
          /** Said. */
          package init() {}
        }
        package enum B {
          case bare
          /// Said.
          indirect case said(B)
          var x: Int {
            switch self {
            case .bare: 1
            }
          }
        }
        /// Said.
        package protocol P {
          func bare()
          /// Said.
          var said: Int { get }
        }
        enum Own {
          case bare
        }
        """)
    #expect(
      source.undocumented == [
        "Sources/T/F.swift:6: no doc comment: package var bare: Int",
        "Sources/T/F.swift:10: no doc comment: package static func bareToo() {}",
        "Sources/T/F.swift:14: no doc comment: package enum B {",
        "Sources/T/F.swift:15: no doc comment: case bare",
        "Sources/T/F.swift:26: no doc comment: func bare()",
      ])
  }
}
