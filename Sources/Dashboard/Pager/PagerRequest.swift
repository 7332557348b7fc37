import Deploys

/// What the pager is asked to show.
struct PagerRequest: Sendable, Equatable {
  /// Where the reader is put.
  enum Start: Sendable, Hashable {
    /// At the first line.
    case top
    /// At the last line.
    case end
    /// At the first line that tells of an error; at the last line where none does.
    case firstError
    /// On one step of a job's log, which is shown alone; by its number in the job.
    case step(Int)
    /// On one step of a job's log, at its first error.
    case errorInStep(Int)
    /// On the line that holds this byte.
    case byte(Int)
  }

  /// The text.
  var source: LogSource
  /// What names it, from the general to the particular, such as `api #412.2` and `deploy`; without
  /// the step's name, which the pager adds.
  var title: [String]
  /// Where the reader is put.
  var start: Start
  /// The run that the job belongs to.
  var run: RunKey?
  /// The job whose log or whose runner's log it is, as it is now; its steps can be chosen, and its
  /// build's log stands beside GitHub's.
  var job: DeployJob?

  private init(
    _ source: LogSource, title: [String], start: Start, run: RunKey? = nil, job: DeployJob? = nil
  ) {
    self.source = source
    self.title = title
    self.start = start
    self.run = run
    self.job = job
  }

  /// A job's log on GitHub.
  ///
  /// While the job is not over there is none: the pager says so and shows the job's steps and its
  /// runner's own log meanwhile.
  static func jobLog(
    of job: DeployJob, in run: RunKey, title: [String], start: Start = .top
  ) -> PagerRequest {
    PagerRequest(
      .job(run, job: job.id), title: title, start: start, run: run, job: job)
  }

  /// The log that a job's runner writes in CloudWatch, with GitHub's one key away; `nil` where no
  /// build is known.
  static func runnerLog(
    of job: DeployJob, in run: RunKey, title: [String], start: Start = .top
  ) -> PagerRequest? {
    guard let build = job.build else { return nil }
    return PagerRequest(.build(build.key), title: title, start: start, run: run, job: job)
  }

  /// A build's log in CloudWatch, whoever it ran for.
  static func build(_ key: BuildKey, title: [String], start: Start = .top) -> PagerRequest {
    PagerRequest(.build(key), title: title, start: start)
  }

  /// The logs of all jobs of an attempt, out of GitHub's zip.
  static func attempt(_ attempt: Int, of run: RunKey, title: [String]) -> PagerRequest {
    PagerRequest(.attempt(run, attempt: attempt), title: title, start: .top, run: run)
  }

  /// A text file of an artifact, or one that a build has left in S3.
  static func file(
    _ path: String, in container: FileContainer, title: [String]
  ) -> PagerRequest {
    PagerRequest(.file(container, path: path), title: title, start: .top)
  }

  /// A file of this machine.
  static func local(_ path: String) -> PagerRequest {
    PagerRequest(.local(path: path), title: [path], start: .top)
  }
}
