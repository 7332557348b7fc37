import Canvas
import Deploys
import Foundation

/// Makes the rows of a run's jobs, each with what is drawn of it on the time axis.
struct JobRowBuilder {
  private let timeline: Timeline
  private let folds: JobFolds
  private let glyphs: GlyphSet
  private(set) var rows: [JobRow] = []

  init(_ deploy: Deploy, timeline: Timeline, folds: JobFolds, tree: [JobTree], glyphs: GlyphSet) {
    self.timeline = timeline
    self.folds = folds
    self.glyphs = glyphs
    for node in tree { add(node, parent: nil, depth: 0) }
  }

  private mutating func add(_ node: JobTree, parent: JobRow.ID?, depth: Int) {
    switch node {
    case .job(let item, let name): add(item, name: name, parent: parent, depth: depth)
    case .group(let path, let name, let nodes):
      let row = groupRow(path, name, jobs: nodes.flatMap(\.jobs), parent: parent, depth: depth)
      rows.append(row)
      guard row.isOpen == true else { return }
      for node in nodes { add(node, parent: row.id, depth: depth + 1) }
    }
  }

  // MARK: - Groups

  private func groupRow(
    _ path: String, _ name: String, jobs: [DeployJob], parent: JobRow.ID?, depth: Int
  ) -> JobRow {
    let id = JobRow.ID.group(path)
    let state = DeployState(group: jobs.map(\.job))
    var row = JobRow(
      id: id, parent: parent, depth: depth, isOpen: folds.isOpen(id), name: Self.clean(name))
    (row.sign, row.role) = (state.glyph(in: glyphs), state.role)
    let failed = jobs.count { $0.job.conclusion?.isFailure == true }
    row.hint = "\(jobs.count) jobs" + (failed > 0 ? ", \(failed) failed" : "")
    row.isFailure = failed > 0
    row.isDim = state.isOver && failed == 0
    let bars = jobs.compactMap { timeline.jobs[$0.id] }
    if let wait = Self.hull(bars.compactMap(\.queued)) {
      row.segments.append(
        JobRow.Segment(fill: .wait, bar: wait, role: .waiting, name: "queued"))
    }
    if let ran = Self.hull(bars.compactMap(\.ran)) {
      row.time = ran
      row.segments.append(JobRow.Segment(fill: .work, bar: ran, role: state.role))
    }
    return row
  }

  /// The stretch that holds all of the bars.
  private static func hull(_ bars: [TimeBar]) -> TimeBar? {
    guard let start = bars.map(\.start).min() else { return nil }
    let isOpen = bars.contains(where: \.isOpen)
    return TimeBar(start: start, end: isOpen ? nil : bars.compactMap(\.end).max())
  }

  // MARK: - Jobs

  private mutating func add(
    _ item: DeployJob, name: String, parent: JobRow.ID?, depth: Int
  ) {
    let job = item.job
    let bars = timeline.jobs[item.id]
    let state = DeployState(job: job)
    let id = JobRow.ID.job(item.id)
    let hasRunner = item.build != nil || item.kind.label != nil && job.conclusion != .skipped
    let canOpen = hasRunner || !job.steps.isEmpty
    var row = JobRow(
      id: id, parent: parent, depth: depth, isOpen: canOpen ? folds.isOpen(id) : nil,
      name: Self.clean(name))
    (row.sign, row.role) = (state.glyph(in: glyphs), state.role)
    row.isFailure = job.conclusion?.isFailure == true
    row.isDim = state.isOver && !row.isFailure
    if row.isOpen != true { row.hint = job.runningSince == nil ? state.word : job.progress }
    row.time = bars?.ran ?? bars?.queued ?? bars?.held
    row.segments = Self.segments(of: bars, state)
    row.labelled = Self.labelled(row.segments)
    rows.append(row)
    guard row.isOpen == true else { return }
    if hasRunner { addRunner(of: item, bars, depth: depth + 1) }
    for step in job.steps { add(step, of: item, bars, depth: depth + 1) }
  }

  private static func segments(
    of bars: JobBars?, _ state: DeployState
  ) -> [JobRow.Segment] {
    var segments: [JobRow.Segment] = []
    if let held = bars?.held {
      let name = state == .pending ? "pending" : "held"
      segments.append(.init(fill: .wait, bar: held, role: .waiting, name: name))
    }
    if let queued = bars?.queued {
      segments.append(.init(fill: .wait, bar: queued, role: .waiting, name: "queued"))
    }
    if let ran = bars?.ran { segments.append(.init(fill: .work, bar: ran, role: state.role)) }
    return segments
  }

  /// The wait that goes on, else the first that there was.
  private static func labelled(_ segments: [JobRow.Segment]) -> Int? {
    segments.lastIndex { $0.fill == .wait && $0.bar.isOpen }
      ?? segments.firstIndex { $0.fill == .wait }
  }

  private mutating func add(
    _ step: Step, of item: DeployJob, _ bars: JobBars?, depth: Int
  ) {
    let state = DeployState(step: step)
    var row = JobRow(
      id: .step(item.id, step.number), parent: .job(item.id), depth: depth,
      name: Self.clean(step.name))
    (row.sign, row.role) = (state.glyph(in: glyphs), state.role)
    row.isFailure = step.conclusion?.isFailure == true
    row.isDim = !row.isFailure && step.status != .inProgress
    row.time = bars?.steps[step.number]
    if let bar = row.time { row.segments = [.init(fill: .work, bar: bar, role: state.role)] }
    rows.append(row)
  }

  // MARK: - Runners

  private mutating func addRunner(of item: DeployJob, _ bars: JobBars?, depth: Int) {
    let id = JobRow.ID.runner(item.id)
    let phases = bars?.phases ?? []
    let isPresent = item.build != nil
    var row = JobRow(
      id: id, parent: .job(item.id), depth: depth,
      isOpen: phases.isEmpty ? nil : folds.isOpen(id), name: "runner")
    let cell = RunnerCell(of: item)
    row.hint = cell.word.isEmpty ? "no build is known" : cell.word
    let isOver = item.job.status == .completed
    (row.sign, row.role) =
      isPresent ? sign(item.build?.status) : (glyphs.unknown, isOver ? .dim : .warning)
    row.isDim = item.build?.status == .succeeded
    row.isFailure = item.build?.failedPhase != nil
    row.segments = phases.map { segment($0) }
    if let start = phases.first?.bar.start {
      row.time = TimeBar(start: start, end: phases.last?.bar.end)
    } else if let since = cell.since {
      row.time = TimeBar(start: since, end: nil)
    }
    row.labelled = Self.labelled(phases)
    rows.append(row)
    guard row.isOpen == true else { return }
    for (index, phase) in phases.enumerated() {
      var row = JobRow(
        id: .phase(item.id, index), parent: id, depth: depth + 1, name: Self.clean(phase.name))
      let status = phase.status ?? end(of: item)
      (row.sign, row.role) = sign(status)
      row.isDim = status == .succeeded
      row.isFailure = phase.status?.isFailure == true
      row.time = phase.bar
      row.segments = [segment(phase, isNamed: true)]
      rows.append(row)
    }
  }

  /// How a phase went that has no status of its own: AWS gives none to COMPLETED, which only says
  /// that the build is over, nor to one that a lost build was in.
  private func end(of item: DeployJob) -> BuildStatus? {
    guard let build = item.build, !build.isActive else { return nil }
    return build.status
  }

  private func sign(_ status: BuildStatus?) -> (String, Role) {
    switch status {
    case .succeeded: (glyphs.success, .success)
    case .failed, .fault, .timedOut: (glyphs.failure, .failure)
    case .stopped: (glyphs.cancelled, .dim)
    case .inProgress, nil: (glyphs.running, .running)
    case .other: (glyphs.unknown, .warning)
    }
  }

  private func segment(_ phase: JobBars.Phase, isNamed: Bool = false) -> JobRow.Segment {
    let isFailed = phase.status?.isFailure == true
    let sign = isFailed ? "\(glyphs.failure) " : ""
    let name = isNamed ? "" : sign + Self.clean(phase.name)
    if phase.isWait {
      return .init(
        fill: .wait, bar: phase.bar, role: isFailed ? .failure : .waiting, name: name)
    }
    let isAround = phase.name == "BUILD"
    return .init(
      fill: isAround ? .around : .setup, bar: phase.bar,
      role: isFailed ? .failure : isAround ? .dim : .info, name: name)
  }

  /// The phase that goes on or failed, else the one before BUILD that took longest.
  private static func labelled(_ phases: [JobBars.Phase]) -> Int? {
    if let failed = phases.firstIndex(where: { $0.status?.isFailure == true }) { return failed }
    if let open = phases.lastIndex(where: \.bar.isOpen), phases[open].name != "BUILD" {
      return open
    }
    let past = Date.distantPast
    let longest = phases.indices.filter { phases[$0].name != "BUILD" && !phases[$0].bar.isOpen }
      .max { phases[$0].bar.duration(at: past) < phases[$1].bar.duration(at: past) }
    return longest.flatMap { phases[$0].bar.duration(at: past) >= .seconds(1) ? $0 : nil }
  }

  private static func clean(_ text: String) -> String { PlainText.sanitized(text) }
}

extension BuildStatus {
  /// Whether something went wrong.
  var isFailure: Bool {
    switch self {
    case .failed, .fault, .timedOut: true
    case .succeeded, .inProgress, .stopped, .other: false
    }
  }
}

extension DeployState {
  /// The state of several jobs taken together: what goes on, else the worst end.
  init(group jobs: [Job]) {
    let states = jobs.map(DeployState.init(job:))
    let open = states.filter { !$0.isOver }
    func first(of wanted: [DeployState]) -> DeployState? { wanted.first(where: open.contains) }
    func ended(_ wanted: [Conclusion]) -> DeployState? {
      wanted.map(DeployState.completed).first(where: states.contains)
    }
    self =
      first(of: [.running, .queued, .waiting, .pending]) ?? open.first
      ?? ended([.failure, .timedOut, .startupFailure, .actionRequired, .cancelled, .success])
      ?? states.first ?? .pending
  }
}
