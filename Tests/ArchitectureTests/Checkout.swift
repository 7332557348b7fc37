import Foundation

/// The package's own files, as they are on disk.
struct Checkout {
  /// The folder that holds `Package.swift`.
  let root: URL

  /// Finds the package by walking up from this file.
  init() throws {
    var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: folder.appendingPathComponent(Self.mark).path) {
      guard folder.path != "/" else { throw CocoaError(.fileNoSuchFile) }
      folder = folder.deletingLastPathComponent()
    }
    root = folder
  }

  private static let mark = "Package.swift"

  /// The folders right inside a folder, by name.
  func folders(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(path).path)
      .filter { name in
        var isFolder: ObjCBool = false
        let full = root.appendingPathComponent(path).appendingPathComponent(name).path
        return FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
          && isFolder.boolValue
      }
      .sorted()
  }

  /// Every Swift file below a folder, ordered by path.
  func sources(in path: String) throws -> [SwiftSource] {
    let folder = root.appendingPathComponent(path)
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      return SwiftSource(path: "\(path)/\(name)", text: text)
    }
  }
}
