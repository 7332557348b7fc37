/// The end of a build that no job needs, as an operator has confirmed it.
package struct StopBuildRequest: Sendable, Hashable {
  /// The build.
  package var build: BuildKey
  /// The run whose job it was started for.
  package var run: RunKey?
  /// The environment whose account it runs in, as configured.
  package var environment: String

  /// Creates a request.
  package init(build: BuildKey, run: RunKey?, environment: String) {
    self.build = build
    self.run = run
    self.environment = environment
  }
}
