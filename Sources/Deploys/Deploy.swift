package import Foundation

/// A job joined with its runner and its marker.
package struct DeployJob: Sendable, Hashable, Identifiable {
  /// The job as GitHub gives it.
  package var job: Job
  /// What kind of runner it asks for.
  package var kind: RunnerKind
  /// Its links to builds.
  package var correlation: Correlation
  /// The build of the best link.
  package var build: Build?
  /// What the runner is doing.
  package var phase: RunnerPhase
  /// What the marker says.
  package var marker: Marker
  /// Where the marker is or would be; `nil` while no build is known.
  package var markerLocation: S3Location?

  /// The job's id.
  package var id: Int64 { job.id }

  /// Creates a joined job.
  package init(
    job: Job, kind: RunnerKind, correlation: Correlation = .none, build: Build? = nil,
    phase: RunnerPhase = .outside, marker: Marker = .notLooked, markerLocation: S3Location? = nil
  ) {
    self.job = job
    self.kind = kind
    self.correlation = correlation
    self.build = build
    self.phase = phase
    self.marker = marker
    self.markerLocation = markerLocation
  }
}

/// A workflow run that deploys a service to an environment, with all that is known of it.
package struct Deploy: Sendable, Hashable, Identifiable {
  /// The run.
  package var run: WorkflowRun
  /// The environment's name.
  package var environment: String
  /// The service's name.
  package var service: String
  /// The jobs of the newest attempt; empty while they have not been read.
  package var jobs: [DeployJob]
  /// Whether the jobs have been read at all.
  package var hasJobs: Bool
  /// Where it stands, derived from its jobs.
  package var state: DeployState
  /// GitHub, CodeBuild and the marker held against each other.
  package var verdict: Verdict
  /// What is wrong or worth knowing, the most urgent first.
  package var findings: [Finding]

  /// What names the run.
  package var id: RunKey { run.key }

  /// When it ended; `nil` while it goes on.
  package var endedAt: Date? {
    guard state.isOver else { return nil }
    return jobs.compactMap(\.job.completedAt).max() ?? run.updatedAt
  }

  /// Whether a person is needed: see ``Finding/needsPerson``.
  package var needsPerson: Bool { findings.contains(where: \.needsPerson) }

  /// The job that says most about the run now: a failed one, else a running, waiting or queued one.
  package var leadingJob: DeployJob? {
    func first(_ test: (Job) -> Bool) -> DeployJob? { jobs.first { test($0.job) } }
    return first { $0.conclusion?.isFailure == true }
      ?? first { $0.status == .inProgress }
      ?? first { $0.status == .queued }
      ?? first { $0.status == .waiting }
      ?? first { $0.status != .completed }
      ?? jobs.last { $0.job.conclusion != .skipped } ?? jobs.last
  }

  /// The job that the run is busy with: the leading one, unless that one has failed and others
  /// still go on.
  package var currentJob: DeployJob? {
    guard !state.isOver else { return leadingJob }
    return jobs.first { $0.job.status == .inProgress }
      ?? jobs.first { $0.job.status != .completed } ?? leadingJob
  }

  /// Creates a deploy.
  package init(
    run: WorkflowRun, environment: String, service: String, jobs: [DeployJob] = [],
    hasJobs: Bool = false, state: DeployState, verdict: Verdict = .undecided,
    findings: [Finding] = []
  ) {
    self.run = run
    self.environment = environment
    self.service = service
    self.jobs = jobs
    self.hasJobs = hasJobs
    self.state = state
    self.verdict = verdict
    self.findings = findings
  }
}
