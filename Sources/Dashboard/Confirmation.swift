/// The question before something is done to the world; the answer is no until it is given.
struct Confirmation: Sendable, Equatable {
  var environment: String
  /// Whether the environment's name has to be typed.
  var isProtected: Bool
  var typed = TextField()

  /// Whether it may go through.
  var isSatisfied: Bool { !isProtected || typed.text == environment }
}
