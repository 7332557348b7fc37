import Deploys
import Foundation

extension CredentialResolver {
  /// What the command of `credential_process` prints.
  ///
  /// Its output is never quoted: it holds the secret also where it is not what was expected.
  func process(
    _ command: SharedConfig.Value, of section: SharedConfig.Section
  ) async throws -> Credentials {
    guard let words = ShellWords.split(command.text), let program = words.first else {
      throw AWSError.badConfiguration(
        file: command.file, line: command.line,
        reason: "credential_process of profile '\(section.name)' has an open quote or no command",
        remedy: "Write the command and its arguments as in a shell.")
    }
    let child = ChildProcess(
      program: program, arguments: Array(words.dropFirst()), environment: settings.environment)
    let ending = try await child.run(within: commands)
    switch ending {
    case .exited(0, let output, _):
      return try credentials(in: output, of: section)
    case .exited(let code, _, let complaint):
      throw failure(
        section,
        "'\(program)' ended with exit code \(code)\(complaint.isEmpty ? "" : ": ")"
          + complaint, "Run the command by hand; it may ask you to sign in.")
    case .killed(let signal):
      throw failure(
        section, "'\(program)' was ended by signal \(signal)", "Run the command by hand.")
    case .tookTooLong:
      throw failure(
        section, "'\(program)' did not end within \(Int(commands.duration.seconds)) s",
        "Run the command by hand; it may be waiting for an answer.")
    case .notStarted(let reason):
      throw failure(
        section, "'\(program)' cannot be started: \(reason)",
        "Install it, or write its whole path in credential_process.")
    }
  }

  private struct Output: Decodable {
    var version: Int?
    var accessKeyId: String?
    var secretAccessKey: String?
    var sessionToken: String?
    var expiration: String?

    enum CodingKeys: String, CodingKey {
      case version = "Version"
      case accessKeyId = "AccessKeyId"
      case secretAccessKey = "SecretAccessKey"
      case sessionToken = "SessionToken"
      case expiration = "Expiration"
    }
  }

  private func credentials(
    in data: Data, of section: SharedConfig.Section
  ) throws -> Credentials {
    let remedy = "See `credential_process` in the AWS SDKs and Tools Reference Guide."
    guard let output = try? JSONDecoder().decode(Output.self, from: data) else {
      throw failure(section, "its output is not the JSON that is expected", remedy)
    }
    guard output.version == 1 else {
      let version = output.version.map(String.init) ?? "missing"
      throw failure(section, "the Version of its output is \(version), not 1", remedy)
    }
    guard let id = output.accessKeyId, let secret = output.secretAccessKey else {
      throw failure(section, "its output lacks AccessKeyId or SecretAccessKey", remedy)
    }
    var expiresAt: Date?
    if let text = output.expiration {
      guard let date = Timestamp.date(iso8601: text) else {
        throw failure(section, "the Expiration of its output is no time", remedy)
      }
      expiresAt = date
    }
    return Credentials(
      accessKeyID: id, secretAccessKey: secret, sessionToken: output.sessionToken,
      expiresAt: expiresAt)
  }

  private func failure(
    _ section: SharedConfig.Section, _ reason: String, _ remedy: String
  ) -> AWSError {
    .noCredentials(
      account: scope.name,
      reason: "credential_process of profile '\(section.name)': \(reason)", remedy: remedy)
  }
}
