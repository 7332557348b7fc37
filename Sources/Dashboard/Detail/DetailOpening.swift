import Deploys

/// What a key opens from a run's screen.
enum DetailOpening: Sendable, Equatable {
  /// A text, in the pager.
  case text(PagerRequest)
  /// Something that holds files.
  case files(FileContainer)
  /// A group of jobs, in place.
  case fold(JobRow.ID)
  /// Nothing, and why.
  case nothing(String)
}

extension RunDetail {
  /// What names the run in the pager.
  private var title: [String] { ["\(newest.service) \(newest.run.label(attempt: attempt))"] }

  /// What the enter key opens.
  var opening: DetailOpening {
    guard pane.isTable else {
      guard let row = why.selectedRow else { return .nothing("there is nothing to open") }
      switch row.target {
      case .job(let id): return log(of: id)
      case .step(let job, let number): return log(of: job, step: number)
      case .container(let container): return Self.files(container)
      case nil: return .nothing("a remark: there is nothing to open")
      }
    }
    switch table.selection {
    case .group(let path): return .fold(.group(path))
    case .job(let id): return log(of: id)
    case .step(let job, let number): return log(of: job, step: number)
    case .runner, .phase: return runnerLog
    case .note, nil: return .nothing("there is nothing to open yet")
    }
  }

  private static func files(_ container: FileContainer) -> DetailOpening {
    if case .artifact(let artifact) = container, artifact.isExpired {
      return .nothing("\(artifact.name) has expired: GitHub has deleted it")
    }
    return .files(container)
  }

  /// The log of a job; where it has failed, at its first error.
  private func log(of id: Int64) -> DetailOpening {
    guard let item = job(id) else { return .nothing("there is nothing to open yet") }
    if let step = item.job.failedStep, item.job.status == .completed {
      return text(item, start: .errorInStep(step.number))
    }
    return text(item, start: item.job.conclusion?.isFailure == true ? .firstError : .top)
  }

  private func log(of id: Int64, step number: Int) -> DetailOpening {
    guard let item = job(id), let step = item.job.steps.first(where: { $0.number == number })
    else { return .nothing("there is nothing to open yet") }
    if step.conclusion == .skipped {
      return .nothing("the step was skipped, so it has written nothing: L shows the job's log")
    }
    if step.startedAt == nil, step.status != .completed, step.status != .inProgress {
      return .nothing("the step has not begun, so it has written nothing yet")
    }
    return text(
      item, start: step.conclusion?.isFailure == true ? .errorInStep(number) : .step(number))
  }

  private func text(_ item: DeployJob, start: PagerRequest.Start) -> DetailOpening {
    if let runner = whyNoLog(of: item) { return runner }
    let title = title + [item.job.name]
    return .text(.jobLog(of: item, in: run, title: title, start: start))
  }

  /// What to open in the place of a job's log that cannot be there; `nil` where it can.
  private func whyNoLog(of item: DeployJob) -> DetailOpening? {
    let job = item.job
    switch job.status {
    case .inProgress: return nil
    case .completed:
      guard job.runningSince == nil, job.steps.isEmpty else { return nil }
      if job.conclusion == .skipped { return .nothing("the job was skipped: it has no log") }
      // Without a runner's name GitHub may have a log all the same, but for a job that never ran.
      guard job.conclusion == .cancelled else { return nil }
      return runnerLog(of: item, else: "the job never ran: it has no log")
    case .waiting, .pending, .requested:
      return .nothing("the job has not been let go yet, so there is no log and no runner")
    case .queued, .other:
      return runnerLog(of: item, else: "no log: \(Self.whyNoRunner(item))")
    }
  }

  private static func whyNoRunner(_ item: DeployJob) -> String {
    if case .unreadable(let why) = item.phase { return "its runner cannot be seen: \(why)" }
    guard let project = item.kind.label?.project else {
      return "no runner has taken the job, so nothing has run"
    }
    return "no runner has come, no build of project \(project) is known: nothing has run"
  }

  private func runnerLog(of item: DeployJob, else reason: String) -> DetailOpening {
    let request = PagerRequest.runnerLog(of: item, in: run, title: title + [item.job.name])
    return request.map(DetailOpening.text) ?? .nothing(reason)
  }

  /// The job that a key means which names none: the one under the cursor, else the leading one.
  var meantJob: DeployJob? {
    let selected = pane.isTable ? selectedJob : job(why.selectedRow?.job) ?? selectedJob
    return selected ?? (table.selection?.isGroup == true ? nil : shown?.leadingJob)
  }

  /// The whole log of the job that is meant.
  var jobLog: DetailOpening {
    guard let item = meantJob else { return .nothing("go to a job first") }
    return text(item, start: .top)
  }

  /// The log that the job's runner writes.
  var runnerLog: DetailOpening {
    guard let item = meantJob else { return .nothing("go to a job first") }
    if let request = PagerRequest.runnerLog(of: item, in: run, title: title + [item.job.name]) {
      return .text(request)
    }
    if case .unreadable(let why) = item.phase {
      return .nothing("its runner cannot be seen: \(why)")
    }
    guard let project = item.kind.label?.project else {
      return .nothing("not a CodeBuild runner: GitHub's log is the only one (L)")
    }
    return .nothing("no build of project \(project) is known for this job")
  }

  /// The logs of all jobs of the attempt.
  var attemptLog: DetailOpening {
    guard let shown else { return .nothing("the attempt has not been read yet") }
    guard shown.state.isOver else {
      return .nothing("GitHub packs the logs of all jobs when the attempt is over")
    }
    return .text(.attempt(attempt, of: run, title: title))
  }
}

extension WhyRow {
  /// The job that it is about.
  var job: Int64? {
    switch target {
    case .job(let id), .step(let id, _): id
    case .container, nil: nil
    }
  }
}
