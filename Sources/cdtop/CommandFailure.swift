import ArgumentParser

/// Why a command did not do what was asked, after people have been told on standard error.
struct CommandFailure: Error {
  /// What failed and why.
  var message: String
  /// What to do about it; `nil` where there is nothing to say.
  var remedy: String?
  /// The code to leave with.
  var code: ExitCode
}
