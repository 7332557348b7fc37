import Foundation

/// The package's own files, as they are on disk.
struct Checkout: Sendable {
  /// The names of the folders of `Sources`.
  let targets: [String]
  /// The Swift files of `Sources`, ordered by path.
  let sources: [SwiftSource]
  /// The Swift files of `Tests`, ordered by path.
  let tests: [SwiftSource]

  /// The files, read once for all tests.
  static let current = Result { try Checkout() }

  /// Finds the package by walking up from this file, and reads it.
  init() throws {
    let manager = FileManager.default
    var root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while !manager.fileExists(atPath: root.appendingPathComponent("Package.swift").path) {
      guard root.path != "/" else { throw CocoaError(.fileNoSuchFile) }
      root = root.deletingLastPathComponent()
    }
    targets =
      try manager
      .contentsOfDirectory(
        at: root.appendingPathComponent("Sources"), includingPropertiesForKeys: [.isDirectoryKey]
      )
      .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
      .map(\.lastPathComponent)
      .sorted()
    sources = try Self.files(below: "Sources", of: root)
    tests = try Self.files(below: "Tests", of: root)
  }

  private static func files(below path: String, of root: URL) throws -> [SwiftSource] {
    let folder = root.appendingPathComponent(path)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      return SwiftSource(path: "\(path)/\(name)", text: text)
    }
  }
}
