/// How sure a link between a job and a build is.
package enum CorrelationTier: String, Sendable, Hashable, CaseIterable {
  /// An identifier says so.
  case exact
  /// Several independent facts say so.
  case strong
  /// Project and times fit, and nothing else does.
  case heuristic
  /// Several builds fit equally well.
  case ambiguous
}

/// A link from a job to a build.
package struct BuildLink: Sendable, Hashable {
  /// The build; where the link is ambiguous, the likeliest.
  package var build: BuildKey
  /// How sure it is.
  package var tier: CorrelationTier
  /// Why, in words for a person.
  package var evidence: [String]

  /// Creates a link.
  package init(build: BuildKey, tier: CorrelationTier, evidence: [String]) {
    self.build = build
    self.tier = tier
    self.evidence = evidence
  }
}

/// The two links that a job can have to builds.
///
/// They differ where GitHub hands the runner that one job asked for to another job with the same
/// labels, or with fewer.
package struct Correlation: Sendable, Hashable {
  /// The build that CodeBuild started because the job was queued.
  package var requested: BuildLink?
  /// The build on which the job ran.
  package var ranOn: BuildLink?

  /// No link at all.
  package static let none = Correlation()

  /// Creates a correlation.
  package init(requested: BuildLink? = nil, ranOn: BuildLink? = nil) {
    self.requested = requested
    self.ranOn = ranOn
  }

  /// The link to show: where the job ran, else what was started for it.
  package var best: BuildLink? { ranOn ?? requested }
}
