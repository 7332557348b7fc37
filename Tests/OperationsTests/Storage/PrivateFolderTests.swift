import Foundation
import Testing

@testable import Operations

@Suite("The private folder")
struct PrivateFolderTests {
  private func deadProcess() throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exit 0"]
    try process.run()
    process.waitUntilExit()
    return process.processIdentifier
  }

  private func makeFolder(_ path: String, mode: Int = 0o700) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: mode])
    try Data("secret".utf8).write(to: URL(filePath: "\(path)/log-1"))
  }

  @Test("It is made with the first file and goes with its end; a file goes with its last reference")
  func life() throws {
    let parent = try Scene.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: parent) }
    let folder = PrivateFolder(in: parent)
    #expect(folder.path == nil)
    var file: PrivateFile? = try folder.makeFile("log")
    let path = try #require(folder.path)
    #expect(path.hasPrefix("\(parent)/cdtop-\(getpid())-"))
    #expect(mode(path) == 0o700)
    let name = try #require(file?.path)
    #expect(mode(name) == 0o600)
    try file?.bytes.append("text")
    #expect(FileManager.default.contents(atPath: name) == Data("text".utf8))
    file = nil
    #expect(mode(name) == nil)
    let last = try folder.makeFile("zip")
    folder.close()
    #expect(mode(path) == nil)
    #expect(throws: FileError.self) { try folder.makeFile("log") }
    #expect(last.count == 0)
  }

  @Test("What dead processes have left is swept, and nothing else")
  func sweep() throws {
    let parent = try Scene.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: parent) }
    let dead = try deadProcess()
    let left = "\(parent)/cdtop-\(dead)-abc"
    let kept = [
      "\(parent)/cdtop-\(getpid())-other", "\(parent)/cdtop-1-abc", "\(parent)/cdtop-\(dead)",
      "\(parent)/cdtop-0\(dead)x-abc", "\(parent)/other-\(dead)-abc",
    ]
    for path in kept + [left] { try makeFolder(path) }
    let open = "\(parent)/cdtop-\(dead)-open"
    try makeFolder(open, mode: 0o755)
    let link = "\(parent)/cdtop-\(dead)-link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: kept[4])
    let held = "\(parent)/cdtop-\(dead)-held"
    try makeFolder(held)
    let number = Foundation.open(held, O_RDONLY | O_DIRECTORY)
    defer { close(number) }
    #expect(flock(number, LOCK_EX | LOCK_NB) == 0)

    let folder = PrivateFolder(in: parent)
    _ = try folder.makeFile("log")
    #expect(mode(left) == nil)
    for path in kept + [open, link, held] { #expect(mode(path) != nil, "\(path)") }
    #expect(FileManager.default.contents(atPath: "\(kept[4])/log-1") != nil)
  }

  @Test("A place that cannot be written is told")
  func unwritable() {
    let folder = PrivateFolder(in: "/proc/nowhere")
    #expect(throws: FileError.self) { try folder.makeFile("log") }
  }

  @Test("It belongs where large files go")
  func place() {
    #expect(PrivateFolder.usualParent(["TMPDIR": "/somewhere"]) == "/somewhere")
    #expect(PrivateFolder.usualParent(["TMPDIR": "relative"]).hasPrefix("/"))
    #expect(["/var/tmp", "/tmp"].contains(PrivateFolder.usualParent([:])))
  }
}
