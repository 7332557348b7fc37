import Deploys

/// How something ended that did not go as wished, for the operator to read.
struct Ending: Sendable, Equatable {
  var message: String
  var remedy: String
  /// Whether it is certain that nothing was done, so that it may be tried again.
  var isHarmless: Bool

  init(message: String, remedy: String, isHarmless: Bool) {
    self.message = message
    self.remedy = remedy
    self.isHarmless = isHarmless
  }

  /// The ending to show; `nil` for an outcome that is as wished.
  init?(_ outcome: OperationOutcome) {
    switch outcome {
    case .done: return nil
    case .refused(let message, let remedy):
      self.init(message: message, remedy: remedy, isHarmless: true)
    case .unknown(let message):
      self.init(
        message: message,
        remedy: "Close this and look on GitHub (o) whether it was done, before you do it again.",
        isHarmless: false)
    }
  }
}
