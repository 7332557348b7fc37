package import Foundation

/// Reads small files, such as the shared configuration.
package struct FileReader: Sendable {
  /// The content of a file; `nil` where there is none, and an error where it cannot be read.
  package var read: @Sendable (_ path: String) throws -> Data?

  /// Creates a reader from a function.
  package init(read: @escaping @Sendable (_ path: String) throws -> Data?) {
    self.read = read
  }

  /// Reads from the disk.
  package static let disk = FileReader { path in
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    // A handle reads devices and pipes too: AWS_CONFIG_FILE=/dev/null is a common way to have none.
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? handle.close() }
    return try handle.readToEnd() ?? Data()
  }

  /// The content as text.
  /// - Throws: ``AWSError/badConfiguration(file:line:reason:remedy:)`` where it cannot be read.
  func text(_ path: String) throws -> String? {
    do {
      return try read(path).map { String(decoding: $0, as: UTF8.self) }
    } catch {
      throw AWSError.badConfiguration(
        file: path, line: nil, reason: "cannot be read: \(error.localizedDescription)",
        remedy: "Check the file's owner and permissions.")
    }
  }
}
