import Foundation

/// Finds out which build is which job's runner.
///
/// The build knows its run and job only inside its container, so the links are found in tiers: by
/// identifiers where a server shows them, else by the times of both sides.
package struct Correlator {
  /// How long after a job was queued its build may start; webhooks arrive within seconds, and a
  /// wider window would hand another repository's builds to a job that never got one.
  static let window: TimeInterval = 180
  /// By how much the clocks of GitHub and AWS may differ.
  static let skew: TimeInterval = 5
  /// What leaving a job without a build costs, against the square of a delay in seconds: a build
  /// that starts over a minute late rather belongs to nobody.
  static let unmatchedCost: Double = 3600

  /// The jobs that ask one project for runners, in order of their creation.
  private let jobs: [Job]
  /// The project's builds that can be runners, in order of their start.
  private let builds: [Build]

  /// Correlates the jobs that ask one project of one account with that project's builds.
  /// - Parameters:
  ///   - jobs: Jobs whose label names the project, of any run.
  ///   - builds: The project's builds in that account and region.
  /// - Returns: A correlation for each job id that has a link.
  package static func correlate(jobs: [Job], builds: [Build]) -> [Int64: Correlation] {
    Correlator(jobs: jobs, builds: builds).correlations()
  }

  private init(jobs: [Job], builds: [Build]) {
    self.jobs = jobs.filter { $0.queuedSince != nil || $0.runnerName != nil }
      .sorted { ($0.queuedSince ?? .distantPast, $0.id) < ($1.queuedSince ?? .distantPast, $1.id) }
    // Where webhooks are marked as such, a build that a person started is no runner.
    let marked = builds.filter(\.isFromWebhook)
    self.builds = (marked.isEmpty ? builds : marked)
      .sorted {
        ($0.startedAt ?? .distantFuture, $0.id.id) < ($1.startedAt ?? .distantFuture, $1.id.id)
      }
  }

  private func correlations() -> [Int64: Correlation] {
    var result: [Int64: Correlation] = [:]
    var openJobs: [Job] = []
    var takenBuilds: Set<BuildKey> = []
    for job in jobs {
      if let link = exactRequest(for: job) {
        result[job.id, default: .none].requested = link
        takenBuilds.insert(link.build)
      } else {
        openJobs.append(job)
      }
      if let link = exactRunner(of: job) { result[job.id, default: .none].ranOn = link }
    }
    let openBuilds = builds.filter { !takenBuilds.contains($0.key) && $0.webhookJobID == nil }
    let timing = TimingMatch(jobs: openJobs, builds: openBuilds)
    for (job, link) in timing.links() {
      result[job, default: .none].requested = link
    }
    let taken = Set(result.values.compactMap(\.ranOn?.build))
    for job in jobs where job.runningSince != nil && result[job.id]?.ranOn == nil {
      result[job.id, default: .none].ranOn = inferredRunner(
        of: job, requested: result[job.id]?.requested, taken: taken)
    }
    return handingOver(result)
  }

  /// Gives a queued job, whose build surely runs another one, the build that the other left.
  private func handingOver(_ links: [Int64: Correlation]) -> [Int64: Correlation] {
    var links = links
    for taker in jobs {
      guard let ranOn = links[taker.id]?.ranOn, ranOn.tier == .exact || ranOn.tier == .strong,
        let left = links[taker.id]?.requested, left.build != ranOn.build
      else { continue }
      for job in jobs where job.id != taker.id && job.runningSince == nil {
        guard let request = links[job.id]?.requested, request.build == ranOn.build,
          request.tier != .exact
        else { continue }
        links[job.id]?.requested = BuildLink(
          build: left.build, tier: .ambiguous,
          evidence: left.evidence + ["job \(taker.name) took the other runner"])
      }
    }
    return links
  }

  // MARK: - Identifiers

  private func exactRequest(for job: Job) -> BuildLink? {
    guard let build = builds.first(where: { $0.webhookJobID == job.id }) else { return nil }
    return BuildLink(
      build: build.key, tier: .exact,
      evidence: ["CODEBUILD_WEBHOOK_JOB_ID of the build is this job's id"])
  }

  private func exactRunner(of job: Job) -> BuildLink? {
    guard let name = job.runnerName?.lowercased() else { return nil }
    let build = builds.first { build in
      build.key.uuid.utf8.count >= 8
        && name.utf8.count >= build.key.uuid.utf8.count
        && name.firstRange(of: build.key.uuid.lowercased()) != nil
    }
    guard let build else { return nil }
    return BuildLink(
      build: build.key, tier: .exact, evidence: ["the runner's name holds the build's id"])
  }

  // MARK: - Where it ran

  /// Infers the build on which a job ran from the BUILD phase, which is the runner's life.
  private func inferredRunner(
    of job: Job, requested: BuildLink?, taken: Set<BuildKey>
  ) -> BuildLink? {
    let siblings = jobs.filter { $0.runID == job.runID && $0.id != job.id }
    let fitting = builds.filter { $0.canHaveRun(job) && !taken.contains($0.key) }
    if fitting.count == 1, let only = fitting.first,
      !jobs.contains(where: { $0.id != job.id && only.canHaveRun($0) })
    {
      var evidence = ["its BUILD phase begins and ends with the job, and no other build's does"]
      if let requested {
        evidence =
          requested.build == only.key
          ? requested.evidence + evidence
          : ["another build than the one that was started for it"] + evidence
      }
      return BuildLink(build: only.key, tier: .strong, evidence: evidence)
    }
    guard var link = requested else {
      guard let likeliest = fitting.first else { return nil }
      return BuildLink(
        build: likeliest.key, tier: fitting.count == 1 ? .heuristic : .ambiguous,
        evidence: ["\(fitting.count) builds of the project fit the job's times"])
    }
    // GitHub may hand a runner to any job of the run whose labels are a subset of the runner's.
    let labels = Set(job.labels)
    let rivals = siblings.filter {
      labels.isSubset(of: $0.labels) || labels.isSuperset(of: $0.labels)
    }
    if !rivals.isEmpty {
      link.tier = .ambiguous
      link.evidence.append(
        "\(rivals.count) other job\(rivals.count == 1 ? "" : "s") of the run could have its runner")
    } else if link.tier == .exact {
      link.tier = .strong
      link.evidence.append("no other job of the run could have taken its runner")
    }
    return link
  }
}

extension Build {
  /// The job that CodeBuild started the build for, where the API shows the variable.
  var webhookJobID: Int64? { variables["CODEBUILD_WEBHOOK_JOB_ID"].flatMap(Int64.init) }

  /// The run that CodeBuild started the build for, where the API shows the variable.
  var webhookRunID: Int64? { variables["CODEBUILD_WEBHOOK_RUN_ID"].flatMap(Int64.init) }

  /// Whether the BUILD phase, in which the runner lives, fits the job's own times.
  fileprivate func canHaveRun(_ job: Job) -> Bool {
    guard let running = job.runningSince,
      let phase = phases.first(where: { $0.name == "BUILD" }), let begun = phase.startedAt
    else { return false }
    if let run = webhookRunID, run != job.runID { return false }
    let wait = running.timeIntervalSince(begun)
    guard wait >= -Correlator.skew, wait <= 90 else { return false }
    guard let completed = job.completedAt, job.status == .completed else {
      return phase.endedAt == nil
    }
    guard let ended = phase.endedAt else { return true }
    let rest = ended.timeIntervalSince(completed)
    return rest >= -Correlator.skew && rest <= 60
  }
}
