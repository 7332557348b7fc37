/// The end of a build that no job needs, as an operator has confirmed it.
package struct StopBuildRequest: Sendable, Hashable {
  /// The build.
  package var build: BuildKey
  /// The run whose job it was started for.
  package var run: RunKey?
  /// The environment whose account it runs in, as configured.
  package var environment: String
  /// The other environments, as configured, whose names were typed or given to confirm it: what
  /// is guarded and reached without its name is refused.
  package var confirmed: [String]

  /// Creates a request.
  package init(
    build: BuildKey, run: RunKey?, environment: String, confirmed: [String] = []
  ) {
    self.build = build
    self.run = run
    self.environment = environment
    self.confirmed = confirmed
  }
}
