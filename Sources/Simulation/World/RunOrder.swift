/// A run that is to start.
struct RunOrder: Sendable {
  var repository: Int
  var workflow: Int
  var event: String
  var ref: String
  var commit: SimulatedCommit
  var title: String
  var actor: SimulatedPerson
  var createdAt: Instant
  var fate = RunFate()
  /// How later attempts go, each of which runs the failed jobs again.
  var laterFates: [RunFate] = []
}
