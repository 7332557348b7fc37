import Deploys
import Operations

/// Everything beyond jobs and builds that there is to know about an attempt, read at once.
struct RunFacts: Sendable {
  /// What there is to say about one job.
  struct JobFacts: Sendable {
    var excerpts: [StepExcerpt] = []
    var annotations: [Annotation] = []
    var marker: MarkerContent?
    var files: [StoredFile] = []
  }

  /// By job id.
  var jobs: [Int64: JobFacts] = [:]
  /// What the run has left on GitHub.
  var artifacts: [Artifact] = []
  /// What could not be read, each once.
  var failures: [ReadFailure] = []

  /// Asks everything that concerns an attempt.
  static func read(_ run: InspectedRun, by inspector: Inspector) async -> RunFacts {
    let questions = questions(about: run)
    let key = run.deploy.run.key
    let attempt = run.deploy.run.attempt
    var facts = RunFacts()
    await withTaskGroup(of: (Int64?, InspectionAnswer).self) { group in
      for (job, question) in questions {
        group.addTask { (job, await inspector.answer(question, of: key, attempt: attempt)) }
      }
      for await (job, answer) in group { facts.take(answer, of: job) }
    }
    return facts
  }

  private static func questions(about run: InspectedRun) -> [(Int64?, InspectionQuestion)] {
    var questions: [(Int64?, InspectionQuestion)] = [(nil, .artifacts)]
    for item in run.deploy.jobs where item.job.status == .completed {
      guard item.job.conclusion?.isFailure == true else { continue }
      questions.append((item.id, .annotations(item.job)))
      if item.job.failedStep != nil { questions.append((item.id, .excerpts(item.job))) }
      switch item.marker {
      case .failed, .other:
        if let build = item.build, let place = item.markerLocation {
          questions.append((item.id, .marker(build.key, place)))
        }
      case .absent, .notLooked, .unreadable: break
      }
    }
    for (item, container) in run.failureFiles {
      guard case .failureFiles(let build, let place) = container else { continue }
      questions.append((item.id, .failureFiles(build, place)))
    }
    return questions
  }

  private mutating func take(_ answer: InspectionAnswer, of job: Int64?) {
    switch answer {
    case .artifacts(let found): artifacts = found
    case .annotations(let found): change(job) { $0.annotations = found }
    case .excerpts(let found): change(job) { $0.excerpts = found }
    case .marker(let found): change(job) { $0.marker = found }
    case .files(let found): change(job) { $0.files = found }
    case .failed(let failure):
      if !failures.contains(failure) { failures.append(failure) }
    case .attempt: break
    }
  }

  private mutating func change(_ job: Int64?, _ change: (inout JobFacts) -> Void) {
    if let job { change(&jobs[job, default: JobFacts()]) }
  }
}
