import Archives
import Deploys
import Foundation
import Testing

@Suite("Archives")
struct ArchiveFileTests {
  /// A file's bytes.
  static func content(_ path: String, of archive: ArchiveFile) throws -> [UInt8] {
    var content: [UInt8] = []
    try archive.read(path) { content += $0 }
    return content
  }

  @Test("Files are listed with sizes and times, folders are not, and each is read whole")
  func plain() throws {
    let long = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let zip = ZipBuilder(
      .init("logs/", "").with { $0.mode = 0o040755 }, .init("logs/배포.log", "됐다\n").deflated,
      .init("empty.txt", ""), .init("data.bin", long).deflated.described,
      .init("stored.bin", long).with { $0.directoryExtra = ZipBuilder.time(1_794_489_806) })
    try withFile(zip.bytes) { path in
      let archive = ArchiveFile(path: path)
      let files = try archive.entries()
      let time = Date(timeIntervalSince1970: 1_794_489_806)
      #expect(
        files == [
          StoredFile(path: "logs/배포.log", size: 7, modifiedAt: time),
          StoredFile(path: "empty.txt", size: 0, modifiedAt: time),
          StoredFile(path: "data.bin", size: 300_000, modifiedAt: time),
          StoredFile(path: "stored.bin", size: 300_000, modifiedAt: time),
        ])
      #expect(try Self.content("logs/배포.log", of: archive) == Array("됐다\n".utf8))
      #expect(try Self.content("empty.txt", of: archive).isEmpty)
      #expect(try Self.content("data.bin", of: archive) == long)
      #expect(try Self.content("stored.bin", of: archive) == long)
    }
  }

  @Test("An archive of nothing, one of zip64, one behind other bytes, and one with a comment")
  func forms() throws {
    let none = try withFile(ZipBuilder().bytes) { try ArchiveFile(path: $0).entries() }
    #expect(none.isEmpty)
    var zip = ZipBuilder(.init("a.txt").with { $0.isZip64 = true }, .init("b.txt", "b"))
    zip.isZip64 = true
    try withFile(zip.bytes) { path in
      let archive = ArchiveFile(path: path)
      let files = try archive.entries()
      #expect(files.map(\.size) == [6, 1])
      #expect(try Self.content("a.txt", of: archive) == Array("hello\n".utf8))
    }
    zip = ZipBuilder(.init("a.txt"), .init("b.txt", "b"))
    zip.prefix = [UInt8](repeating: 7, count: 1000)
    zip.comment = Array("a comment".utf8)
    try withFile(zip.bytes) { path in
      let content = try Self.content("b.txt", of: ArchiveFile(path: path))
      #expect(content == Array("b".utf8))
    }
  }

  @Test("Names come out whole in every locale", arguments: ["C", "C.UTF-8", "POSIX"])
  func locales(_ name: String) throws {
    let locale = try #require(newlocale(LC_CTYPE_MASK, name, nil))
    let before = uselocale(locale)
    defer {
      uselocale(before)
      freelocale(locale)
    }
    let zip = ZipBuilder(
      .init("보고서/결과.txt"), .init("보고서/요약.txt").with { $0.flags = 0 },
      .init("보고서/한글/").with { $0.mode = 0o040755 },
      .init("\\결과\\윈도.txt").with { $0.system = 0 })
    try withFile(zip.bytes) { path in
      let archive = ArchiveFile(path: path)
      let files = try archive.entries()
      #expect(files.map(\.path) == ["보고서/결과.txt", "보고서/요약.txt", "/결과/윈도.txt"])
      #expect(files.map { $0.refusal == nil } == [true, true, false])
      #expect(try Self.content("보고서/결과.txt", of: archive).count == 6)
    }
    #expect(uselocale(nil) == locale)
  }

  @Test("What is thrown while a file is handed over stops the reading")
  func stopping() throws {
    struct Enough: Error {}
    let zip = ZipBuilder(.init("long", [UInt8](repeating: 1, count: 1_000_000)))
    try withFile(zip.bytes) { path in
      var pieces = 0
      #expect(throws: Enough.self) {
        try ArchiveFile(path: path).read("long") { piece in
          #expect(piece.count < 1_000_000)
          pieces += 1
          throw Enough()
        }
      }
      #expect(pieces == 1)
    }
  }

  @Test("Errors say what failed, why, and what to do")
  func errors() throws {
    let folder = FileManager.default.temporaryDirectory.path
    #expect(throws: ArchiveError.unreadable(path: "/no/such", reason: "No such file or directory"))
    {
      try ArchiveFile(path: "/no/such").entries()
    }
    #expect(
      throws: ArchiveError.unreadable(path: folder, reason: "it is not a file but something else")
    ) {
      try ArchiveFile(path: folder).entries()
    }
    let pipe = "\(folder)/pipe-\(UUID().uuidString)"
    #expect(mkfifo(pipe, 0o600) == 0)
    defer { unlink(pipe) }
    #expect(throws: ArchiveError.self) { try ArchiveFile(path: pipe).entries() }
    try withFile(ZipBuilder(.init("a/b.txt")).bytes) { path in
      let archive = ArchiveFile(path: path, name: "logs")
      let unknown = ArchiveError.unknownEntry("c", archive: "logs")
      #expect(throws: unknown) { try archive.read("c") { _ in } }
      #expect(unknown.message == "logs holds no file c.")
      #expect(throws: ArchiveError.unknownEntry("a", archive: "logs")) {
        try archive.read("a") { _ in }
      }
      let few = ArchiveFile(path: path, limits: ArchiveLimits(mostEntries: 0), name: "logs")
      let limit = ArchiveError.limit(.mostEntries, allowed: 0, subject: "logs")
      #expect(throws: limit) { try few.entries() }
      #expect(limit.message == "logs holds more than 0 files and folders.")
      #expect(limit.remedy.contains("files.most_entries"))
      #expect(limit.failure.message == limit.message)
    }
  }

  @Test("A real zip of GitHub's logs is read, where there is one")
  func real() throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = package.deletingLastPathComponent()
      .appending(path: "shared/data/logs/gh-run_log.zip").path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: ../shared/data/logs/gh-run_log.zip is not here")
      return
    }
    let archive = ArchiveFile(path: path)
    let files = try archive.entries()
    #expect(!files.isEmpty)
    for file in files {
      #expect(file.refusal == nil)
      #expect(try Self.content(file.path, of: archive).count == file.size)
    }
    print("real zip: \(files.count) files")
  }

  @Test("20,000 files are listed, and the last one read; the time is printed")
  func many() throws {
    let zip = ZipBuilder((0..<20_000).map { .init("folder/\($0 / 100)/file-\($0).txt", "\($0)") })
    try withFile(zip.bytes) { path in
      let archive = ArchiveFile(path: path)
      let clock = ContinuousClock()
      var count = 0
      let listing = try clock.measure { count = try archive.entries().count }
      var last: [UInt8] = []
      let reading = try clock.measure {
        last = try Self.content("folder/199/file-19999.txt", of: archive)
      }
      print("\(count) files of a zip: listed in \(listing), the last one read in \(reading)")
      #expect(count == 20_000 && last == Array("19999".utf8))
    }
  }
}
