import Deploys

/// The state of a screen.
struct Pager: Sendable, Equatable {
  var source: LogSource
  /// The line that is being typed; `nil` for none.
  var prompt: Prompt?
}
