/// Which modules a target may import.
///
/// The same table is in docs/architecture.md: change both together, and only when the code has
/// taught that another cut is better.
struct ModuleTable {
  /// One target's arrows.
  struct Row {
    /// Targets of this package.
    var own: Set<String> = []
    /// Modules of other packages.
    var others: Set<String> = []
    /// Modules of the system; ``ModuleTable/system`` unless the target is kept pure.
    var system = ModuleTable.system
  }

  /// Modules of the system that most targets may use.
  static let system: Set<String> = ["Foundation", "Glibc", "Darwin", "Synchronization", "Dispatch"]
  /// The targets that hold values and pure functions need nothing else of the system.
  static let pure: Set<String> = ["Foundation"]
  /// The modules below the HTTP client and server, which nobody else may name.
  static let wire: Set<String> = [
    "NIOCore", "NIOPosix", "NIOConcurrencyHelpers", "NIOHTTP1", "NIOHTTP2", "NIOSSL",
    "NIOFoundationCompat", "NIOHTTPTypes", "NIOHTTPCompression", "NIOTLS", "HTTPTypes", "Logging",
  ]
  /// Every target of the package that holds Swift, but for the tests.
  static let rows: [String: Row] = [
    "Deploys": Row(system: pure),
    "Canvas": Row(system: pure),
    // Text from outside is made harmless and measured in one place.
    "LogText": Row(own: ["Canvas", "CPattern"]),
    "Archives": Row(own: ["CArchive", "Deploys"]),
    "Transport": Row(others: wire.union(["AsyncHTTPClient"])),
    "GitHub": Row(own: ["Deploys", "Transport"]),
    "AWS": Row(own: ["Deploys", "Transport"], others: ["Crypto"]),
    "Store": Row(own: ["Deploys"], others: ["GRDB"]),
    "Settings": Row(own: ["Deploys"], others: ["Yams"]),
    "TerminalIO": Row(own: ["Canvas", "CTerminal"]),
    "Polling": Row(own: ["Deploys", "GitHub", "AWS"]),
    // A workflow's inputs are read from its file.
    "Operations": Row(
      own: ["Deploys", "Transport", "GitHub", "AWS", "LogText", "Archives", "Store"],
      others: ["Yams"]),
    "Simulation": Row(
      own: ["Deploys", "Transport"],
      others: wire.union(["Crypto", "Hummingbird", "HummingbirdCore"])),
    "Dashboard": Row(own: ["Deploys", "Canvas", "LogText"], system: pure),
    "cdtop": Row(
      own: [
        "Deploys", "Canvas", "LogText", "Archives", "Transport", "GitHub", "AWS", "Settings",
        "Store", "TerminalIO", "Polling", "Operations", "Simulation", "Dashboard",
      ],
      others: ["ArgumentParser", "Yams"]),
    "Benchmarks": Row(others: ["ArgumentParser"]),
  ]
  /// Targets in other languages.
  static let foreign: Set<String> = ["CTerminal", "CArchive", "CPattern"]

  /// The module that a line of code imports; `nil` where it imports none.
  static func module(importedBy line: String) -> String? {
    // A regex is slow, and few lines import anything.
    guard line.contains("import ") else { return nil }
    let pattern =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|private|fileprivate)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)/
    return line.firstMatch(of: pattern).map { String($0.1) }
  }
}
