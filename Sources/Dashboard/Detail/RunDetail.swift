import Canvas
import Deploys
import Foundation

/// The screen of one run: its attempts, its jobs on a timeline, and why it failed.
struct RunDetail: Sendable, Equatable {
  /// What a screen is made from, beside the run itself.
  struct Context: Sendable {
    var size: Size
    var glyphs: GlyphSet
    var timeZone: TimeZone
    var now: Date
    /// The run's environment; `nil` where it is no longer configured.
    var environment: Deploys.Environment?
  }

  /// The environment and the run.
  let id: DeployID
  /// The newest attempt, as last seen.
  var newest: Deploy
  /// Since when the run has not been on the board; `nil` while it is.
  var goneSince: Date?
  /// The attempt that the operator looks at; `nil` for whichever is the newest.
  var chosenAttempt: Int?
  /// What was asked about the run.
  var answers = DetailAnswers()

  var pane = DetailPane.jobs
  var table = RowList<JobRow>()
  var why = RowList<WhyRow>()
  var folds = JobFolds()
  /// Whether the links between the job under the cursor and its builds are shown.
  var showsLink = false
  /// What the cursor was on in the attempts that were left.
  var places: [Int: JobRow.ID] = [:]
  /// Whether the operator has moved the cursor in the jobs of this attempt.
  var hasMoved = false
  /// The job whose lines are scrolled to; `nil` once the operator has moved among the lines.
  var whyJob: Int64?
  var hasMovedInWhy = false
  /// Whether the operator has just run it again, and waits for the new attempt.
  var expectsAttempt = false

  /// When the rows were made, which tell ages in words.
  var builtAt = Date.distantPast

  // What follows is made from the rest whenever something changes.
  var timeline: Timeline?
  var verdict: [[Span]] = []
  var geometry = DetailGeometry()

  init(_ deploy: Deploy) {
    id = deploy.boardID
    newest = deploy
  }

  /// The run.
  var run: RunKey { id.run }
  /// The number of the attempt that is looked at.
  var attempt: Int { chosenAttempt ?? newest.run.attempt }
  /// Whether it is the newest one.
  var isNewest: Bool { attempt == newest.run.attempt }

  /// The attempt that is looked at; `nil` while it has not been read.
  var shown: Deploy? {
    guard isNewest else { return answers.attempt(attempt).value }
    return isUnread ? answers.attempt(attempt).value ?? newest : newest
  }

  /// Whether it is an old run whose jobs the engine has no reason to read.
  var isUnread: Bool { !newest.hasJobs && newest.state.isOver }

  /// The job that the cursor is on, or to which it belongs.
  var selectedJob: DeployJob? { job(table.selection?.job) }

  /// A job of the attempt that is looked at.
  func job(_ id: Int64?) -> DeployJob? {
    guard let id else { return nil }
    return shown?.jobs.first { $0.id == id }
  }

  /// The step that the cursor is on.
  var selectedStep: Step? {
    guard case .step(let job, let number) = table.selection else { return nil }
    return self.job(job)?.job.steps.first { $0.number == number }
  }

  /// The page of what the cursor is on; `nil` where GitHub gives none.
  var address: String? {
    if let job = selectedJob?.job, !job.url.isEmpty {
      return selectedStep.map { "\(job.url)#step:\($0.number):1" } ?? job.url
    }
    guard !newest.run.url.isEmpty else { return nil }
    return isNewest ? newest.run.url : "\(newest.run.url)/attempts/\(attempt)"
  }

  /// Why the run cannot be run again from here; `nil` where nothing speaks against it.
  var whyNoRetry: String? {
    if !isNewest {
      return
        "attempt \(attempt) of \(newest.run.attempt): only the newest can run again, ] goes to it"
    }
    // A run that is over grows too old for the board; it is read again before it is run again.
    guard goneSince != nil, !newest.state.isOver else { return nil }
    return "it left the board while it was \(newest.state.longWord): d dispatches anew"
  }

  /// The jobs that failed, and so have something to read.
  var failedJobs: [DeployJob] {
    shown?.jobs.filter(\.hasFailed) ?? []
  }

  /// Whether something failed or needs a look.
  var isTroubled: Bool {
    !failedJobs.isEmpty || shown?.findings.isEmpty == false
      || shown?.verdict.disagreement != nil
  }
}
