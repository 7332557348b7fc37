import ArgumentParser

/// The exit codes, as `docs/json.md` documents them.
enum Exit {
  /// The command failed or was refused; nothing was changed.
  static let failed = ExitCode(1)
  /// It answered, and a source is failing, so that something may be missing.
  static let partial = ExitCode(2)
  /// A mutation was sent and nobody can tell whether it was taken.
  static let unknown = ExitCode(3)
  /// The configuration cannot be used, or a token is missing.
  static let configuration = ExitCode(78)
}
