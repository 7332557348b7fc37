/// What kind of runner a job asks for or ran on.
package enum RunnerKind: Sendable, Hashable {
  /// A build of a CodeBuild project.
  case codeBuild(RunnerLabel)
  /// A machine of GitHub's.
  case gitHubHosted
  /// A machine of the user's that is not a CodeBuild build.
  case selfHosted
  /// Nothing is known: the job names no labels.
  case unknown

  /// Judges a job by its labels and its runner's group.
  package init(of job: Job) {
    if let label = RunnerLabel(labels: job.labels, runID: job.runID) {
      self = .codeBuild(label)
    } else if job.runnerGroup == "GitHub Actions"
      || job.labels.contains(where: Self.isHostedLabel)
    {
      self = .gitHubHosted
    } else {
      self = job.labels.isEmpty ? .unknown : .selfHosted
    }
  }

  /// The word for it in `--json`.
  package var name: String {
    switch self {
    case .codeBuild: "codebuild"
    case .gitHubHosted: "github_hosted"
    case .selfHosted: "self_hosted"
    case .unknown: "unknown"
    }
  }

  /// The CodeBuild label, where it is one.
  package var label: RunnerLabel? {
    switch self {
    case .codeBuild(let label): label
    case .gitHubHosted, .selfHosted, .unknown: nil
    }
  }

  /// GitHub's own images are named by system and version, as `ubuntu-24.04-arm` is.
  private static func isHostedLabel(_ label: String) -> Bool {
    let lowered = label.lowercased()
    return ["ubuntu-", "windows-", "macos-"].contains { prefix in
      guard lowered.hasPrefix(prefix) else { return false }
      let rest = lowered.dropFirst(prefix.count)
      return rest.hasPrefix("latest") || rest.first?.isNumber == true
    }
  }
}
