import Deploys

/// Which rows of a run are open.
///
/// What was opened once stays open until the operator closes it, so that no row goes away under the
/// cursor only because its job has ended.
struct JobFolds: Sendable, Equatable {
  /// How many jobs open by themselves.
  private static let limit = 3
  /// The legs of a matrix that are shown one by one from the start.
  private static let smallGroup = 8

  private var opened: Set<JobRow.ID> = []
  /// What the operator has opened or closed; nothing of it changes by itself.
  private var chosen: Set<JobRow.ID> = []

  func isOpen(_ id: JobRow.ID) -> Bool { opened.contains(id) }

  mutating func set(_ id: JobRow.ID, isOpen: Bool) {
    chosen.insert(id)
    if isOpen { opened.insert(id) } else { opened.remove(id) }
  }

  /// Opens what tells most: failed jobs, the one that leads, and a runner that a job waits for.
  mutating func openWhatMatters(in deploy: Deploy, _ tree: [JobTree]) {
    let failed = deploy.jobs.filter { $0.job.conclusion?.isFailure == true }
    var jobs = failed.prefix(Self.limit).map(\.id)
    let isRoomy = deploy.jobs.count { isOpen(.job($0.id)) } < Self.limit
    if jobs.isEmpty, isRoomy, let leading = deploy.leadingJob, leading.job.conclusion != .skipped {
      jobs.append(leading.id)
    }
    for id in jobs { open(.job(id)) }
    for item in deploy.jobs where jobs.contains(item.id) {
      let isWaiting = item.job.runningSince == nil && item.job.status != .completed
      if item.build != nil, isWaiting { open(.runner(item.id)) }
    }
    openGroups(of: tree, holding: Set(jobs))
  }

  private mutating func openGroups(of tree: [JobTree], holding wanted: Set<Int64>) {
    for case .group(let path, _, let nodes) in tree {
      let jobs = nodes.flatMap(\.jobs)
      if jobs.count <= Self.smallGroup || jobs.contains(where: { wanted.contains($0.id) }) {
        open(.group(path))
      }
      openGroups(of: nodes, holding: wanted)
    }
  }

  private mutating func open(_ id: JobRow.ID) {
    if !chosen.contains(id) { opened.insert(id) }
  }
}
