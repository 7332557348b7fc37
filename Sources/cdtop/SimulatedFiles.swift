import Foundation
import Simulation

/// The configuration and the credentials by which cdtop watches a simulated world.
struct SimulatedFiles {
  /// The configuration file.
  let configuration: URL
  /// The file of AWS credentials.
  let credentials: URL

  /// Writes both files, readable by their owner alone.
  /// - Throws: The file system's error.
  init(_ simulator: Simulator, baseURL: String, folder: URL) throws {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    configuration = folder.appending(path: "config.yaml")
    credentials = folder.appending(path: "credentials")
    try Self.write(simulator.configurationYAML(baseURL: baseURL), to: configuration)
    try Self.write(simulator.credentialsFile(), to: credentials)
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

  private static func write(_ text: String, to url: URL) throws {
    let path = url.path(percentEncoded: false)
    try? FileManager.default.removeItem(atPath: path)
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
  }
}
