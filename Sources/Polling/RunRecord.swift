import Deploys
import Foundation

/// What the engine knows of one run.
struct RunRecord: Sendable {
  /// The run.
  var run: WorkflowRun
  /// The jobs of ``jobsAttempt``.
  var jobs: [Job] = []
  /// The attempt that the jobs belong to; `nil` while none were read.
  var jobsAttempt: Int?
  /// Whether the jobs were read after the run had ended and will not change any more.
  var areJobsFinal = false
  /// How often the jobs of the ended run were read and still not over.
  var unfinishedReads = 0
  /// Whether the newest page of its repository's runs shows it.
  var isOnNewestPage = true

  /// The jobs of the newest attempt; empty while they were not read.
  var currentJobs: [Job] { jobsAttempt == run.attempt ? jobs : [] }

  /// Whether the jobs of the newest attempt were read.
  var hasJobs: Bool { jobsAttempt == run.attempt }

  /// Takes in what a listing or a look at the run says.
  ///
  /// Listings lag: an older attempt or an older time of change never replaces a newer one.
  mutating func update(_ new: WorkflowRun) {
    guard new.attempt >= run.attempt else { return }
    if new.attempt == run.attempt, new.updatedAt < run.updatedAt { return }
    if new.attempt != run.attempt || (run.status == .completed && new.status != .completed) {
      areJobsFinal = false
      unfinishedReads = 0
    }
    run = new
  }

  /// Takes in the jobs of one attempt.
  mutating func update(jobs new: [Job], attempt: Int, at now: Date) {
    guard attempt == run.attempt else { return }
    let released = Set(currentJobs.filter { $0.status == .waiting }.map(\.id))
    let times = Dictionary(
      currentJobs.compactMap { job in job.releasedAt.map { (job.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    jobs = new.map { job in
      var job = job
      job.releasedAt =
        times[job.id] ?? (released.contains(job.id) && job.status != .waiting ? now : nil)
      return job
    }
    jobsAttempt = attempt
    settle()
  }

  /// Decides, after a look at the jobs, whether another one can bring anything new.
  mutating func settle() {
    guard run.status == .completed, jobsAttempt == run.attempt else { return }
    if jobs.allSatisfy({ $0.status == .completed }) {
      areJobsFinal = true
    } else {
      unfinishedReads += 1
      // GitHub can leave a job open for ever when its run was killed.
      areJobsFinal = unfinishedReads >= 10
    }
  }
}
