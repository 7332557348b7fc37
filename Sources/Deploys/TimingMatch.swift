import Foundation

/// Matches jobs with builds by when each began, one to one and in order.
///
/// CodeBuild starts a build within seconds of a job's being queued. The match keeps both orders and
/// minimises the sum of squared delays, so that a job which never got a build does not take the next
/// job's: leaving it alone is cheaper.
struct TimingMatch {
  private let jobs: [Job]
  private let builds: [Build]

  /// - Parameters:
  ///   - jobs: Jobs in order of creation.
  ///   - builds: Builds in order of their start.
  init(jobs: [Job], builds: [Build]) {
    self.jobs = jobs.filter { $0.queuedSince != nil }
    self.builds = builds.filter { $0.startedAt != nil }
  }

  /// The link of each job that has one.
  func links() -> [Int64: BuildLink] {
    let pairs = alignment()
    var result: [Int64: BuildLink] = [:]
    for (jobIndex, buildIndex) in pairs {
      let job = jobs[jobIndex]
      let build = builds[buildIndex]
      guard let delay = delay(jobIndex, buildIndex) else { continue }
      var evidence = [
        "its label names project \(build.key.project)",
        "the build started \(delayText(delay)) the job was queued",
      ]
      if build.isFromWebhook { evidence.append("a GitHub webhook started the build") }
      let rivals = rivals(of: jobIndex, buildIndex, in: pairs)
      let tier: CorrelationTier
      if !rivals.isEmpty {
        tier = .ambiguous
        evidence.append(contentsOf: rivals)
      } else if build.webhookRunID == job.runID {
        tier = .strong
        evidence.append("CODEBUILD_WEBHOOK_RUN_ID of the build is this run's id")
      } else {
        tier = .heuristic
      }
      result[job.id] = BuildLink(build: build.key, tier: tier, evidence: evidence)
    }
    return result
  }

  /// Seconds from a job's being queued to a build's start; `nil` where they cannot belong together.
  private func delay(_ jobIndex: Int, _ buildIndex: Int) -> TimeInterval? {
    let job = jobs[jobIndex]
    let build = builds[buildIndex]
    guard let created = job.queuedSince, let started = build.startedAt else { return nil }
    if let run = build.webhookRunID, run != job.runID { return nil }
    let delay = started.timeIntervalSince(created)
    guard delay >= -Correlator.skew, delay <= Correlator.window else { return nil }
    if let running = job.runningSince, running.timeIntervalSince(started) < -Correlator.skew {
      return nil
    }
    if let ended = build.endedAt, let running = job.runningSince, ended < running { return nil }
    return delay
  }

  /// The cheapest alignment of the two orders, as pairs of indexes.
  private func alignment() -> [(job: Int, build: Int)] {
    let rows = jobs.count
    let columns = builds.count
    guard rows > 0, columns > 0 else { return [] }
    var cost = Array(repeating: Array(repeating: 0.0, count: columns + 1), count: rows + 1)
    for row in 1...rows {
      cost[row][0] = Double(row) * Correlator.unmatchedCost
      for column in 1...columns {
        var best = min(cost[row - 1][column] + Correlator.unmatchedCost, cost[row][column - 1])
        if let delay = delay(row - 1, column - 1) {
          best = min(best, cost[row - 1][column - 1] + Self.matchCost(delay))
        }
        cost[row][column] = best
      }
    }
    var pairs: [(job: Int, build: Int)] = []
    var (row, column) = (rows, columns)
    while row > 0, column > 0 {
      if let delay = delay(row - 1, column - 1),
        cost[row][column] == cost[row - 1][column - 1] + Self.matchCost(delay)
      {
        pairs.append((row - 1, column - 1))
        row -= 1
        column -= 1
      } else if cost[row][column] == cost[row][column - 1] {
        column -= 1
      } else {
        row -= 1
      }
    }
    return pairs.reversed()
  }

  /// The cost of a pair: never more than leaving the job alone and the build to nobody, or a lone
  /// job with a late build would stay without it.
  private static func matchCost(_ delay: TimeInterval) -> Double {
    min(delay * delay, Correlator.unmatchedCost - 1 + delay / 1000)
  }

  /// Why a pair is not certain: the others that would fit as well.
  private func rivals(
    of job: Int, _ build: Int, in pairs: [(job: Int, build: Int)]
  ) -> [String] {
    let created = jobs[job].queuedSince ?? .distantPast
    let started = builds[build].startedAt ?? .distantPast
    let rivalJobs = jobs.indices.filter { other in
      guard other != job, delay(other, build) != nil, let rival = jobs[other].queuedSince,
        abs(rival.timeIntervalSince(created)) < Correlator.skew
      else { return false }
      guard let pair = pairs.first(where: { $0.job == other }) else { return true }
      return delay(job, pair.build) != nil
    }
    let rivalBuilds = builds.indices.filter { other in
      guard other != build, delay(job, other) != nil, let rival = builds[other].startedAt,
        !pairs.contains(where: { $0.build == other })
      else { return false }
      return abs(rival.timeIntervalSince(started)) < 10
    }
    var reasons: [String] = []
    if !rivalJobs.isEmpty {
      reasons.append("\(rivalJobs.count) more jobs were queued at the same time")
    }
    if !rivalBuilds.isEmpty {
      reasons.append("\(rivalBuilds.count) more builds started at the same time")
    }
    return reasons
  }

  private func delayText(_ delay: TimeInterval) -> String {
    delay < 0
      ? "\(Int((-delay).rounded())) s before" : "\(Int(delay.rounded())) s after"
  }
}
