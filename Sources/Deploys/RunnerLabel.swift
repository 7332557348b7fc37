/// The label by which a job asks CodeBuild for a runner.
///
/// AWS documents three wire forms: separate labels, one label that holds several words, and one
/// label with the overrides as a suffix
/// (CodeBuild user guide, "Label overrides supported with the CodeBuild-hosted runner").
package struct RunnerLabel: Sendable, Hashable {
  /// The CodeBuild project that is asked.
  package var project: String
  /// The attempt that the label was made for.
  ///
  /// It can be older than the job's: a label computed by an upstream job keeps its value when only
  /// the failed jobs run again.
  package var attempt: Int
  /// What follows the attempt in the single-label form, such as `arm-3.0-small` or `with-buildspec`.
  package var suffix: String?
  /// The overrides that stand beside it, such as `instance-size` to `small`.
  package var overrides: [String: String]

  /// Whether the runner executes the project's buildspec too, so that a marker can be read by it.
  package var runsBuildspec: Bool {
    overrides["buildspec-override"] == "true"
      || suffix.map { $0 == "with-buildspec" || $0.hasSuffix("-with-buildspec") } ?? false
  }

  /// Creates a label from its parts.
  package init(
    project: String, attempt: Int, suffix: String? = nil, overrides: [String: String] = [:]
  ) {
    self.project = project
    self.attempt = attempt
    self.suffix = suffix
    self.overrides = overrides
  }

  /// Finds the label among a job's labels.
  ///
  /// The search is anchored on the run's id, because a project's name may itself end in digits.
  /// - Parameters:
  ///   - labels: The job's labels as GitHub gives them.
  ///   - runID: The id of the run that the job belongs to.
  package init?(labels: [String], runID: Int64) {
    let words = labels.flatMap { $0.split(whereSeparator: \.isWhitespace) }
    guard let found = words.lazy.compactMap({ Self.parse($0, runID: runID) }).first else {
      return nil
    }
    self = found
    for word in words {
      guard let colon = word.firstIndex(of: ":"), colon != word.startIndex else { continue }
      overrides[String(word[..<colon])] = String(word[word.index(after: colon)...])
    }
  }

  private static func parse(_ word: Substring, runID: Int64) -> RunnerLabel? {
    let prefix = "codebuild-"
    guard word.hasPrefix(prefix) else { return nil }
    let rest = word.dropFirst(prefix.count)
    let anchor = "-\(runID)-"
    guard let range = lastRange(of: anchor, in: rest), range.lowerBound > rest.startIndex else {
      return nil
    }
    let tail = rest[range.upperBound...]
    let digits = tail.prefix { $0.isASCII && $0.isNumber }
    guard let attempt = Int(digits) else { return nil }
    let after = tail.dropFirst(digits.count)
    guard after.isEmpty || (after.hasPrefix("-") && after.count > 1) else { return nil }
    return RunnerLabel(
      project: String(rest[..<range.lowerBound]), attempt: attempt,
      suffix: after.isEmpty ? nil : String(after.dropFirst()))
  }

  private static func lastRange(of needle: String, in text: Substring) -> Range<Substring.Index>? {
    var found: Range<Substring.Index>?
    var rest = text
    while let range = rest.firstRange(of: needle) {
      found = range
      rest = rest[rest.index(after: range.lowerBound)...]
    }
    return found
  }
}
