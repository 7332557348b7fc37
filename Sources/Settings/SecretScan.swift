/// Looks for secrets that somebody wrote into the configuration file.
///
/// The file is meant to be shared and committed, so a secret is refused wherever it stands, in a
/// comment too. Messages never hold what was found.
enum SecretScan {
  /// The advice for a token of GitHub's.
  static let tokenRemedy =
    "Take it out and revoke it; cdtop reads the token from GITHUB_TOKEN, GH_TOKEN or `gh auth token`."
  /// The advice for a key of AWS's.
  static let awsRemedy =
    "Take it out and rotate it; name a profile with `aws.profile`, or use the AWS_… variables."

  /// The advice for the address of a webhook.
  static let webhookRemedy =
    "Take it out and replace it; put the address into an environment variable, and that variable's "
    + "name into `notices.webhook_variable`."

  /// Finds what looks like a secret by its form.
  ///
  /// Source of the forms: GitHub "About authentication to GitHub", token formats; AWS IAM "Unique
  /// identifiers"; Slack "Sending messages using incoming webhooks".
  static func problems(in text: String, file: String) -> [ConfigurationProblem] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.enumerated().flatMap { index, line in
      [
        (
          line.firstMatch(of: /(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{16,}/)?.range,
          "a GitHub token", tokenRemedy
        ),
        (
          line.firstMatch(of: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/)?.range, "an AWS access key",
          awsRemedy
        ),
        (
          line.firstMatch(of: /(?i)\bhooks\.slack(?:-gov)?\.com\/[a-z]+\/[a-z0-9]/)?.range,
          "the address of a webhook", webhookRemedy
        ),
      ].compactMap { range, what, remedy in
        guard let range else { return nil }
        return ConfigurationProblem(
          file: file, line: index + 1,
          column: line[..<range.lowerBound].unicodeScalars.count + 1,
          problem: "\(what) stands in the file", remedy: remedy)
      }
    }
  }

  /// The advice for a key that is meant to hold a secret; `nil` for any other key.
  static func remedy(forKey key: String) -> String? {
    let word = key.lowercased().filter { $0.isLetter }
    if word.contains("accesskey") || word.contains("secretkey") || word.contains("sessiontoken") {
      return awsRemedy
    }
    if word.contains("webhook"), !word.contains("var") { return webhookRemedy }
    let tells = ["token", "password", "passwd", "secret", "apikey", "credential", "privatekey"]
    return tells.contains { word.contains($0) } || word == "pat" ? tokenRemedy : nil
  }
}
