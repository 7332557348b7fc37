import Canvas
import Deploys
import Foundation

/// The texts of a row that stands for a deploy or a job.
struct ItemCells: Sendable, Equatable {
  /// How the row stands in the tree.
  enum Place: Sendable, Equatable {
    case closed
    case open
    case job(isLast: Bool)
  }

  var place: Place
  var state: DeployState
  var environment: String
  /// The service; the job's name where it is a job.
  var name: String
  var ref = ""
  /// The ref without what the row says anyway; the same as ``ref`` where there is no such part.
  var shortRef = ""
  var run = ""
  var step = ""
  var stepRole = Role.text
  /// What is wrong or worth knowing; empty for nothing.
  var finding = ""
  var findingRole = Role.text
  /// Whether the finding matters more than what the runner and the marker say.
  var findingMaySpan = false
  var runner: RunnerCell
  var marker: MarkerCell
  var startedAt: Date?
  var endedAt: Date?
  var actor = ""

  var isJob: Bool {
    switch place {
    case .job: true
    case .open, .closed: false
    }
  }
}

extension ItemCells {
  /// The cells of a deploy.
  init(_ deploy: Deploy, isOpen: Bool) {
    let leading = deploy.currentJob
    self.init(
      place: isOpen ? .open : .closed, state: deploy.state,
      environment: PlainText.sanitized(deploy.environment),
      name: PlainText.sanitized(deploy.service),
      runner: leading.map(RunnerCell.init(of:)) ?? .nothing, marker: MarkerCell(of: deploy.jobs),
      startedAt: deploy.run.startedAt, endedAt: deploy.endedAt,
      actor: PlainText.sanitized(deploy.run.actor))
    ref = PlainText.sanitized(deploy.run.ref ?? String(deploy.run.headSHA.prefix(7)))
    let redundant = "\(name)-\(environment)-"
    shortRef =
      ref.hasPrefix(redundant) && ref.count > redundant.count
      ? String(ref.dropFirst(redundant.count)) : ref
    run = deploy.run.label
    let isFailure = deploy.state.conclusion?.isFailure == true
    if let leading, !deploy.state.isOver || isFailure {
      step = Self.step(of: leading, among: deploy.jobs)
      if isFailure { stepRole = .failure }
    }
    if let finding = deploy.findings.first {
      let more = deploy.findings.count > 1 ? " (+\(deploy.findings.count - 1))" : ""
      self.finding = PlainText.sanitized(finding.summary) + more
      findingRole = finding.role
      findingMaySpan = finding.needsPerson || deploy.state.isOver
    }
  }

  /// The current job's step; with the job's name where there are several jobs, and how many more
  /// of them run.
  private static func step(of leading: DeployJob, among jobs: [DeployJob]) -> String {
    guard jobs.count > 1 else { return leading.job.progress }
    let others = jobs.count { $0.job.status == .inProgress && $0.id != leading.id }
    var name = PlainText.sanitized(leading.job.name)
    // The legs of a matrix share the name before their values, which stand in the rows below.
    if others > 0, let values = name.firstRange(of: " (") {
      name = String(name[..<values.lowerBound])
    }
    if others > 0 { name += " +\(others)" }
    return [name, leading.job.progress].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The cells of a job of an open deploy.
  init(_ item: DeployJob, of deploy: Deploy, isLast: Bool) {
    self.init(
      place: .job(isLast: isLast), state: DeployState(job: item.job),
      environment: PlainText.sanitized(deploy.environment),
      name: PlainText.sanitized(item.job.name), runner: RunnerCell(of: item),
      marker: MarkerCell(item.marker),
      startedAt: item.job.runningSince ?? item.job.createdAt, endedAt: item.job.completedAt)
    step = item.job.progress
    if item.job.conclusion?.isFailure == true { stepRole = .failure }
    if item.job.status == .completed, item.job.conclusion == .skipped {
      (startedAt, endedAt) = (nil, nil)
    }
  }
}

extension Job {
  /// The step that counts now, with its place among all, such as `7/10 Run build script`.
  var progress: String {
    func place(_ step: Step) -> String {
      let index = steps.firstIndex { $0.number == step.number } ?? 0
      return "\(index + 1)/\(steps.count) \(PlainText.sanitized(step.name))"
    }
    if let failedStep { return place(failedStep) }
    if let currentStep { return place(currentStep) }
    switch status {
    case .inProgress: return steps.isEmpty ? "" : "\(stepsDone)/\(steps.count)"
    case .completed: return steps.isEmpty ? "" : "\(steps.count) steps"
    case .requested, .pending, .waiting, .queued, .other: return ""
    }
  }
}

extension WorkflowRun {
  /// The number that people know it by, with the attempt where it is not the first.
  var label: String { label(attempt: attempt) }

  /// The number that people know one of its attempts by.
  func label(attempt: Int) -> String { attempt > 1 ? "#\(number).\(attempt)" : "#\(number)" }
}

extension Finding {
  /// What it means to the eye.
  var role: Role {
    switch kind {
    case .failed, .startupFailure, .runnerFailed: .failure
    case .actionRequired, .approvalNeeded, .concurrency: .waiting
    case .noRunner, .runnerGone, .runnerTaken, .slowRunner, .idleBuild, .disagreement, .unreadable:
      .warning
    }
  }
}
