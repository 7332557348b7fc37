import Settings
import Testing

@Suite("Secrets in a configuration")
struct ConfigurationSecretTests {
  /// Made up, in the forms that GitHub and AWS use.
  private static let token = "ghp_" + String(repeating: "x1", count: 18)
  private static let accessKey = "AKIA" + String(repeating: "Q7", count: 8)

  @Test(
    "A key that is meant for a secret is refused, and its value is not shown",
    arguments: [
      ("token", "GITHUB_TOKEN"), ("github_token", "GITHUB_TOKEN"), ("password", "GITHUB_TOKEN"),
      ("pat", "GITHUB_TOKEN"), ("aws_secret_access_key", "profile"),
      ("aws_access_key_id", "profile"), ("session-token", "profile"),
    ])
  func secretKey(key: String, advice: String) throws {
    let found = problems(
      "github: {repositories: [a/b], \(key): hunter2}\n"
        + "environments: [{name: dev, workflow: dev}]\n")
    let problem = try #require(found.first)
    #expect(found.count == 1)
    #expect(problem.key == "github.\(key)")
    #expect(problem.problem == "secrets do not belong in this file")
    #expect(problem.remedy.contains(advice))
    #expect(!(problem.message + problem.remedy).contains("hunter2"))
  }

  @Test(
    "A token is refused wherever it stands, with its line, and is not shown",
    arguments: [
      soundText + "# \(token)\n",
      soundText + "x: [\(token)\n",
      "github: {repositories: [a/b]}\n\n\n\n\nenvironments: [{name: \(token), workflow: d}]\n",
    ])
  func tokenByForm(text: String) throws {
    let found = problems(text)
    let problem = try #require(found.first { $0.problem.contains("GitHub token") })
    #expect(problem.line == 6)
    #expect(problem.remedy.contains("revoke"))
    #expect(!found.contains { ($0.message + $0.remedy).contains("ghp_") })
  }

  /// Made up, in the form of Slack's.
  private static let webhook =
    "https://hooks.slack.com/services/T0000HIDE/B0000HIDE/" + String(repeating: "hide", count: 6)

  @Test(
    "The address of a webhook is refused wherever it stands, and is not shown",
    arguments: [
      soundText + "notices: {webhook_variable: '\(webhook)'}\n",
      soundText + "notices: {webhook_variable: 'https://chat.test/hide'}\n",
      soundText + "notices: {webhook: '\(webhook)'}\n",
      soundText + "notices: {webhook_url: 'https://chat.test/hide'}\n",
      soundText + "slack_webhook: https://chat.test/hide\n",
      soundText + "notices: {on_event: [curl, '\(webhook)']}\n",
      soundText + "time_zone: https://chat.test/hide\n",
      soundText + "board: {glyphs: 'HTTPS://chat.test/hide'}\n",
      soundText + "# \(webhook)\n",
    ])
  func webhookAddress(text: String) throws {
    let found = problems(text)
    #expect(found.allSatisfy { $0.line == 6 })
    #expect(!found.contains { ($0.message + $0.remedy).lowercased().contains("hide") })
    let remedies = found.map(\.remedy).joined()
    #expect(!found.isEmpty && !remedies.isEmpty)
    if text.contains("webhook") || text.contains("hooks.") {
      #expect(remedies.contains("variable"))
    }
  }

  @Test("An AWS access key is refused, with its column")
  func accessKeyByForm() throws {
    let found = problems(soundText + "# id \(Self.accessKey)\n")
    let problem = try #require(found.first)
    #expect(found.count == 1)
    #expect(problem.problem == "an AWS access key stands in the file")
    #expect(problem.line == 6)
    #expect(problem.column == 6)
    #expect(problem.remedy.contains("profile"))
  }

  @Test(
    "User information in a URL is refused, and is not shown",
    arguments: [
      "https://ann:hunter2@ghe.test/api/v3", "https://hunter2@ghe.test", "ftp://ann:hunter2@x",
      "https://ann:hunter2@[nonsense",
    ])
  func userInformation(url: String) throws {
    let found = problems(
      "github:\n  api_url: '\(url)'\n  repositories: ['\(url)']\n"
        + "environments: [{name: dev, workflow: dev, aws: {endpoint_url: '\(url)'}}]\n")
    #expect(
      found.map(\.key) == [
        "github.api_url", "github.repositories", "environments[].aws.endpoint_url",
      ])
    #expect(found.first?.problem == "the URL holds a user name or a password")
    #expect(!found.contains { ($0.message + $0.remedy).contains("hunter2") })
  }
}
