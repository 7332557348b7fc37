import Foundation
import Yams

/// Finds, reads and checks the configuration file.
package enum ConfigurationFile {
  /// The most bytes that a configuration may have.
  static let sizeLimit = 1_048_576

  /// Reads and checks a file.
  /// - Throws: A ``ConfigurationError`` that holds every problem of the file at once.
  package static func load(
    _ location: ConfigurationLocation
  ) throws(ConfigurationError) -> Configuration {
    try parse(text(of: content(of: location), file: location.path), file: location.path)
  }

  /// Checks a configuration's text.
  /// - Parameters:
  ///   - text: YAML.
  ///   - file: The path to name in messages.
  /// - Returns: What the text says, with every default filled in.
  /// - Throws: ``ConfigurationError/invalid(_:)`` with every problem of the text at once.
  package static func parse(
    _ text: String, file: String
  ) throws(ConfigurationError) -> Configuration {
    // A secret is reported even where the rest is not YAML.
    let secrets = SecretScan.problems(in: text, file: file)
    let root: Node?
    do {
      // The encoding is named because Yams otherwise asks the environment and prints what it found.
      root = try Yams.compose(yaml: text, .default, .default, .utf8)
    } catch {
      let problem = ConfigurationProblem(error, in: text, file: file)
      throw .invalid((secrets + [problem]).sorted(by: isBefore))
    }
    guard let root else {
      let empty = ConfigurationProblem(
        file: file, problem: "the file says nothing",
        remedy: "Write at least:\n\n\(Configuration.minimalExample)")
      throw .invalid(secrets + [empty])
    }
    var reader = ConfigurationReader(file: file)
    let configuration = reader.read(root)
    let problems = (secrets + reader.problems).sorted(by: isBefore)
    guard problems.isEmpty, let configuration else { throw .invalid(problems) }
    return configuration
  }

  private static func content(
    of location: ConfigurationLocation
  ) throws(ConfigurationError) -> Data {
    do {
      // A handle reads pipes too, so that `--config <(…)` works.
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: location.path))
      defer { try? handle.close() }
      let data = try handle.read(upToCount: sizeLimit + 1) ?? Data()
      guard data.count <= sizeLimit else {
        throw ConfigurationError.tooLarge(file: location.path, limit: sizeLimit)
      }
      return data
    } catch {
      throw failure(error, reading: location)
    }
  }

  /// Judges an error that came while a file was opened or read.
  static func failure(
    _ error: any Error, reading location: ConfigurationLocation
  ) -> ConfigurationError {
    if let known = error as? ConfigurationError { return known }
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile, .fileNoSuchFile:
      return .notFound(location)
    case .fileReadNoPermission:
      return .unreadable(file: location.path, reason: "permission denied")
    default:
      // The system's own words for the rest say nothing to a person: look what is there.
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: location.path, isDirectory: &isFolder) else {
        return .notFound(location)
      }
      return .unreadable(
        file: location.path,
        reason: isFolder.boolValue ? "it is a folder" : "the system refuses to open or to read it")
    }
  }

  /// Decodes a file's bytes.
  static func text(of data: Data, file: String) throws(ConfigurationError) -> String {
    guard let text = String(validating: data, as: UTF8.self) else {
      // The valid part ends where the decoder puts its first replacement.
      let valid = String(decoding: data, as: UTF8.self).prefix { $0 != "\u{FFFD}" }
      let place = TextPlace(endOf: valid)
      throw .invalid([
        ConfigurationProblem(
          file: file, line: place.line, column: place.column, problem: "the text is not UTF-8",
          remedy: "Save the file as UTF-8.")
      ])
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  private static func isBefore(
    _ left: ConfigurationProblem, _ right: ConfigurationProblem
  ) -> Bool {
    (left.line ?? 0, left.column ?? 0) < (right.line ?? 0, right.column ?? 0)
  }
}
