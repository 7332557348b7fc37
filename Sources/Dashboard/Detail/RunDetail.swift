import Deploys

/// The state of a screen.
struct RunDetail: Sendable, Equatable {
  var run: RunKey
}
