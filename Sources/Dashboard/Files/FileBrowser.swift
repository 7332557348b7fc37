import Deploys

/// The state of a screen.
struct FileBrowser: Sendable, Equatable {
  var container: FileContainer
  /// The line that is being typed; `nil` for none.
  var prompt: Prompt?
}
