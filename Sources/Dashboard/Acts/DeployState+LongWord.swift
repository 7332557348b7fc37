import Deploys

extension DeployState {
  /// The state in a sentence, where the word on the board is too short to be understood.
  var longWord: String {
    switch self {
    case .waiting: "waiting for approval"
    case .completed(.actionRequired): "approval needed on GitHub"
    case .completed(.startupFailure): "could not start"
    case .pending, .queued, .running, .completed, .other: word
    }
  }

  /// What a run does or is, after “it”.
  var predicate: String { self == .waiting ? "waits for approval" : "is \(longWord)" }
}
