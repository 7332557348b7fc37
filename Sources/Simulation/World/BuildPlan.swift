import Deploys

/// A CodeBuild build with everything that will become of it.
struct BuildPlan: Sendable {
  /// One phase.
  struct Phase: Sendable, Hashable {
    let type: String
    var startedAt: Instant
    /// `nil` for the last one, which only marks the end.
    var endedAt: Instant?
    var status: BuildStatus
    var code = ""
    var message = ""
  }

  let id: String
  /// The account's place in the catalogue.
  let account: Int
  /// The job that was queued when it was started.
  let requestedBy: Int64
  let runID: Int64
  let repository: RepositoryName
  let workflowName: String
  let label: String
  let runsBuildspec: Bool
  let initiator: String
  let startedAt: Instant
  var phases: [Phase]
  /// When the runner was ready for a job; `nil` where it never was.
  var listeningAt: Instant?
  /// The name of the job that it ran, since when, and until when.
  var ran: RunJob?
  var endedAt: Instant
  var status: BuildStatus
  /// When the marker was written.
  var markerAt: Instant?

  /// A job on its runner.
  struct RunJob: Sendable, Hashable {
    var name: String
    var from: Instant
    var to: Instant
    var result: Conclusion
  }

  /// The part after the colon.
  var uuid: String { String(id.split(separator: ":").last ?? "") }

  func phase(_ type: String) -> Phase? { phases.first { $0.type == type } }

  func status(at now: Instant) -> BuildStatus { endedAt <= now ? status : .inProgress }

  /// The phases that have begun.
  func phases(at now: Instant) -> [Phase] { phases.filter { $0.startedAt <= now } }
}
