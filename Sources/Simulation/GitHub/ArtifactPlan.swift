import Deploys

/// An artifact that a job leaves behind.
struct ArtifactPlan: Sendable, Hashable {
  /// What is in it.
  enum Kind: String, Sendable, Hashable {
    case testReport = "test-report"
    case failureLogs = "failure-logs"
    case imageManifest = "image-manifest"
    case dockerCache = "docker-cache"
    case rollOutEvents = "roll-out-events"
  }

  let id: Int64
  let name: String
  let kind: Kind
  let job: JobPlan
  /// When it was there.
  let createdAt: Instant

  static func == (left: Self, right: Self) -> Bool { left.id == right.id }
  func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// The services whose builds keep their layers, which takes megabytes.
  private static let caching = ["api", "shop", "web"]

  /// What a job uploads, whenever it does.
  static func all(of job: JobPlan, in workflow: SimulatedWorkflow) -> [ArtifactPlan] {
    guard let template = workflow.jobs.first(where: { $0.key == job.key }),
      let step = job.steps.first(where: { $0.name.hasPrefix("Upload ") }),
      step.conclusion == .success
    else { return [] }
    let hasFailed = job.steps.contains { $0.conclusion == .failure }
    var kinds: [Kind] = []
    switch template.steps {
    case .check, .smoke: kinds = [.testReport]
    case .rollOut: kinds = [.rollOutEvents]
    case .deploy, .build:
      kinds = [.testReport, hasFailed ? .failureLogs : .imageManifest]
      if caching.contains(workflow.service) { kinds.append(.dockerCache) }
    }
    return kinds.enumerated().map { index, kind in
      ArtifactPlan(
        id: job.workID * 10 + Int64(index), name: "\(kind.rawValue)-\(suffix(of: job))", kind: kind,
        job: job, createdAt: step.completedAt)
    }
  }

  /// A matrix's legs need names of their own.
  private static func suffix(of job: JobPlan) -> String {
    guard let open = job.name.firstIndex(of: "(") else { return job.key }
    return "\(job.key)-\(job.name[job.name.index(after: open)...].dropLast())"
  }
}

extension World {
  /// What all attempts of a run have left by now, the newest first.
  func artifacts(of run: RunPlan, at now: Instant) -> [ArtifactPlan] {
    let workflow = workflow(of: run)
    return run.attempts.flatMap(\.jobs).filter { !$0.isCarried }
      .flatMap { ArtifactPlan.all(of: $0, in: workflow) }
      .filter { $0.createdAt <= now }
      .sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
  }

  /// An artifact by its id, with its run.
  func artifact(_ id: Int64, at now: Instant) -> (RunPlan, ArtifactPlan)? {
    guard let run = runOfJob[id / 10].flatMap({ runs[$0] }),
      let found = artifacts(of: run, at: now).first(where: { $0.id == id })
    else { return nil }
    return (run, found)
  }
}
