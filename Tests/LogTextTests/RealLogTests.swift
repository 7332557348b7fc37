import Foundation
import Testing

@testable import LogText

@Suite(
  "Real logs", .enabled(if: RealLogs.folder != nil, "the logs are not beside the package"))
struct RealLogTests {
  @Test("Every log is seen to its end without a stray byte", arguments: [false, true])
  func toTheEnd(wraps: Bool) throws {
    var lines = 0
    for (name, file) in try RealLogs.files() {
      var pager = LogPager(
        opening: file, columns: 80, rows: 24, options: .init(wraps: wraps, timestamps: .time))
      checkInvariants(pager, name)
      while !pager.status.isAtEnd {
        let before = pager.top
        _ = pager.scroll(rows: 24)
        checkInvariants(pager, name)
        if pager.top == before {
          Issue.record("\(name) is stuck at \(pager.status)")
          break
        }
      }
      lines += pager.status.lineCount ?? 0
    }
    print("looked at \(lines) lines of real logs")
  }

  @Test("The lines are those of the file")
  func lines() throws {
    for (name, file) in try RealLogs.files() {
      let bytes = file.read(0..<file.count)
      let newlines = bytes.count { $0 == 0x0A }
      let pager = LogPager(opening: file)
      #expect(pager.status.lineCount == newlines + (bytes.last == 0x0A ? 0 : 1), "\(name)")
    }
  }

  @Test("A job's log has its groups, errors and colours")
  func job() throws {
    let file = try #require(try RealLogs.file("gha-error_log1.log"))
    var pager = LogPager(opening: file, rows: 24)
    #expect(pager.index.groups.count == 74)
    #expect(pager.index.groups.allSatisfy { $0.end != nil })
    #expect(pager.status.errorCount == 2)
    pager.settle { $0.foldAll() }
    #expect(pager.texts.contains("GITHUB_TOKEN Permissions"))
    #expect(!pager.texts.contains("Actions: read"))
    pager.settle { $0.nextProblem(isBackward: false, kind: .error) }
    #expect(pager.rows.first { $0.isCursor }?.kind == .error)
    pager.settle { $0.search(try? LogPattern("docker", isRegex: false)) }
    #expect((pager.status.hits?.count ?? 0) > 100)
    #expect(pager.status.hits?.current != nil)
  }
}

/// The logs in the folder beside the package.
enum RealLogs {
  static let folder: URL? = {
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path.count > 1 {
      folder.deleteLastPathComponent()
      let logs = folder.appendingPathComponent("shared/data/logs")
      if FileManager.default.fileExists(atPath: logs.path) { return logs }
    }
    return nil
  }()

  static func files() throws -> [(name: String, file: LogFile)] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".log") }
      .map { ($0, try LogFile(path: folder.appendingPathComponent($0).path)) }
  }

  static func file(_ name: String) throws -> LogFile? {
    try files().first { $0.name == name }?.file
  }
}
