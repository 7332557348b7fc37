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

  /// Finds what looks like a secret by its form.
  ///
  /// Source of the forms: GitHub "About authentication to GitHub", token formats; AWS IAM "Unique
  /// identifiers".
  static func problems(in text: String, file: String) -> [ConfigurationProblem] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return lines.enumerated().flatMap { index, line in
      [
        (line.firstMatch(of: /(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{16,}/)?.range, true),
        (line.firstMatch(of: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/)?.range, false),
      ].compactMap { range, isToken in
        guard let range else { return nil }
        return ConfigurationProblem(
          file: file, line: index + 1,
          column: line[..<range.lowerBound].unicodeScalars.count + 1,
          problem: isToken
            ? "a GitHub token stands in the file" : "an AWS access key stands in the file",
          remedy: isToken ? tokenRemedy : awsRemedy)
      }
    }
  }

  /// The advice for a key that is meant to hold a secret; `nil` for any other key.
  static func remedy(forKey key: String) -> String? {
    let word = key.lowercased().filter { $0.isLetter }
    if word.contains("accesskey") || word.contains("secretkey") || word.contains("sessiontoken") {
      return awsRemedy
    }
    let tells = ["token", "password", "passwd", "secret", "apikey", "credential", "privatekey"]
    return tells.contains { word.contains($0) } || word == "pat" ? tokenRemedy : nil
  }
}
