import Foundation
import Simulation

/// The configuration and the credentials by which cdtop watches a simulated world.
struct SimulatedFiles {
  /// The configuration file.
  let configuration: URL
  /// The file of AWS credentials.
  let credentials: URL

  /// What both begin with, which INI files and YAML take for a comment.
  private static let mark = "# Written by cdtop for its simulated world.\n"

  /// Sees whether both files may be written.
  /// - Throws: An exit code, after having said why not.
  static func check(in folder: URL, isForced: Bool) throws {
    for url in places(in: folder) { try file(url, isForced).check() }
  }

  /// Writes both files, readable by their owner alone.
  /// - Throws: An exit code, after having said what is wrong; the file system's error of the folder.
  init(_ simulator: Simulator, baseURL: String, folder: URL, isForced: Bool = false) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let places = Self.places(in: folder)
    (configuration, credentials) = (places[0], places[1])
    let texts = [simulator.configurationYAML(baseURL: baseURL), simulator.credentialsFile()]
    for (url, text) in zip(places, texts) {
      try Self.file(url, isForced).write(Self.mark + text)
    }
  }

  /// The variables by which the credentials are found.
  var environment: [String: String] {
    [
      "AWS_SHARED_CREDENTIALS_FILE": credentials.path(percentEncoded: false),
      "AWS_CONFIG_FILE": "/dev/null",
      "GITHUB_TOKEN": "simulated-token",
    ]
  }

  /// What to type in another terminal.
  var instructions: String {
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return """
      In another terminal:
        export \(variables.joined(separator: " "))
        cdtop --config \(configuration.path(percentEncoded: false))
      """
  }

  private static func places(in folder: URL) -> [URL] {
    [folder.appending(path: "config.yaml"), folder.appending(path: "credentials")]
  }

  private static func file(_ url: URL, _ isForced: Bool) -> GivenFile {
    GivenFile(path: url.path(percentEncoded: false), mark: mark, isForced: isForced)
  }
}
