import Foundation

/// Tells from one snapshot after another what happened to the deploys that somebody waits for: those
/// that are followed, and those that the operator started.
///
/// What was so when the watch began is no news, so that a start is silent. The watch begins with the
/// first complete snapshot; a run that GitHub numbered later is new. A followed run is told from
/// its first sight on, unless it was seen before it was followed.
package struct EventWatch: Sendable, Hashable {
  /// Whom the token belongs to, whose runs are the operator's own; `nil` where that is not known.
  package var login: String?
  /// The runs that are followed, whoever started them.
  package private(set) var followed: Set<RunKey> = []
  /// The runs somebody waits for that were under way and are in the newest snapshot no longer.
  ///
  /// Their end is seen only if the board shows them again.
  package private(set) var missing: Set<RunKey> = []

  private var records: [RunKey: EventRecord] = [:]
  /// The highest run of each repository when the watch began.
  private var newestKnown: [RepositoryName: Int64] = [:]
  private var hasBegun = false

  /// Creates a watch that has seen nothing.
  package init(login: String? = nil) {
    self.login = login
  }

  /// Follows a run, all its attempts included.
  package mutating func follow(_ run: RunKey) {
    followed.insert(run)
  }

  /// Follows a run no more; the operator's own are told of all the same.
  package mutating func unfollow(_ run: RunKey) {
    followed.remove(run)
  }

  /// Takes a snapshot in.
  /// - Returns: What has happened since the one before, each event once.
  package mutating func events(in snapshot: Snapshot) -> [DeployEvent] {
    var events: [DeployEvent] = []
    var present: Set<RunKey> = []
    var newest: [RepositoryName: Int64] = [:]
    for deploy in snapshot.deploys {
      present.insert(deploy.id)
      newest[deploy.id.repository] = max(newest[deploy.id.repository] ?? 0, deploy.id.id)
      events += take(deploy, isComplete: snapshot.isComplete, at: snapshot.takenAt)
    }
    // A repository that could not be read at first begins with its first deploys.
    newestKnown.merge(newest) { hasBegun ? $0 : max($0, $1) }
    if snapshot.isComplete { hasBegun = true }
    let open = records.filter { !$1.isOver && !present.contains($0) }
    missing = Set(open.filter { isAwaited($0, actor: $1.actor) }.keys)
    return events
  }

  private mutating func take(
    _ deploy: Deploy, isComplete: Bool, at now: Date
  ) -> [DeployEvent] {
    let run = deploy.run
    let known = records[run.key]
    // An answer from before the newest attempt says nothing any more.
    if let known, known.attempt > run.attempt { return [] }
    var record: EventRecord
    if let known, known.attempt == run.attempt {
      record = known
    } else {
      record = EventRecord(attempt: run.attempt, isSilent: isOld(run, isKnown: known != nil))
    }
    record.actor = run.actor
    let events = record.take(deploy, at: now)
    // Before its jobs are read, a run that was there at the beginning has not shown how it stood.
    if isComplete, deploy.hasJobs || deploy.state.isOver { record.isSilent = false }
    records[run.key] = record
    return isAwaited(run.key, actor: run.actor) ? events : []
  }

  /// Whether an attempt that is seen for the first time may be older than the watch.
  private func isOld(_ run: WorkflowRun, isKnown: Bool) -> Bool {
    if followed.contains(run.key) { return false }
    guard hasBegun else { return true }
    if isKnown { return false }
    guard let newest = newestKnown[run.key.repository] else { return true }
    return run.key.id <= newest
  }

  private func isAwaited(_ run: RunKey, actor: String) -> Bool {
    if followed.contains(run) { return true }
    guard let login, !login.isEmpty else { return false }
    return actor.lowercased() == login.lowercased()
  }
}
