/// A commit of the simulated world.
struct SimulatedCommit: Sendable, Hashable {
  var sha: String
  /// The first and only line of its message.
  var subject: String
  var author: SimulatedPerson
  var date: Instant
}
