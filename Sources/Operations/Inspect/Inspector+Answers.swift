import AWS
package import Deploys
import GitHub
import LogText

extension Inspector {
  /// Answers a question about an attempt of a run.
  ///
  /// ``InspectionQuestion/attempt`` is the engine's to answer, which knows the builds and markers that
  /// an attempt is joined with; here it is a failure.
  package func answer(
    _ question: InspectionQuestion, of run: RunKey, attempt: Int
  ) async -> InspectionAnswer {
    do {
      switch question {
      case .attempt:
        throw ReadFailure(
          message: "attempt \(attempt) of run \(run.id) is not read here", remedy: "Ask the engine."
        )
      case .artifacts: return .artifacts(try await github.artifacts(of: run))
      case .annotations(let job): return .annotations(try await annotations(of: job, in: run))
      case .excerpts(let job): return .excerpts(try await excerpts(of: job, in: run))
      case .marker(let build, let place):
        return .marker(try await aws.client(for: build.scope).markerContent(at: place))
      case .failureFiles(let build, let place):
        return .files(try await failureFiles(at: place, of: build))
      }
    } catch {
      return .failed(ReadFailure(reading: error))
    }
  }

  private func annotations(of job: Job, in run: RunKey) async throws -> [Annotation] {
    do {
      return try await github.annotations(of: job, in: run.repository)
    } catch let error as GitHubError {
      guard error.isMissing || error.isForbidden else { throw error }
      throw ReadFailure(
        .denied, message: "annotations cannot be read: \(error.message)",
        remedy: "A fine-grained token needs the permission Checks: read, a classic one the scope "
          + "repo; without it the ##[error] lines of the log say the same.")
    }
  }

  /// The lines that tell most of a job's failed steps; where none has failed, of the ones that were
  /// cancelled.
  private func excerpts(of job: Job, in run: RunKey) async throws -> [StepExcerpt] {
    let failed = job.steps.filter { $0.conclusion?.isFailure == true }
    let steps = failed.isEmpty ? job.steps.filter { $0.conclusion == .cancelled } : failed
    guard !steps.isEmpty else { return [] }
    let file = try await whole(.job(run, job: job.id))
    return try await BlockingWork.run { need in
      let log = try LogFile(path: file.path)
      let slices = StepSlicer.slices(of: log, steps: job.steps.map(StepTime.init))
      try need.check()
      // Where nothing tells when a step ran, its lines are somewhere in the whole log, once for all.
      let untimed = steps.first { StepTime($0).isUntimed }?.number
      return try steps.compactMap { step -> (Step, Range<Int>)? in
        let range = slices[step.number] ?? (step.number == untimed ? 0..<log.count : nil)
        return range.map { (step, $0) }
      }
      .sorted { $0.1.lowerBound < $1.1.lowerBound }
      .map { step, range in
        try need.check()
        let excerpt = LogExcerpt.of(log, range: range)
        return StepExcerpt(
          step: step.number,
          lines: excerpt.lines.map {
            // Counted as the pager does, which shows the step alone.
            StepExcerpt.Line(number: $0.number, text: $0.text, isError: $0.isError)
          },
          total: excerpt.total)
      }
    }
  }
}

extension StepTime {
  /// The time of a step.
  fileprivate init(_ step: Step) {
    self.init(
      number: step.number, name: step.name, startedAt: step.startedAt,
      completedAt: step.completedAt, isSkipped: step.conclusion == .skipped,
      hasFailed: step.conclusion?.isFailure == true)
  }
}

extension GitHubError {
  /// Whether the token may not do it.
  fileprivate var isForbidden: Bool {
    switch self {
    case .forbidden: true
    case .noToken, .malformedToken, .unauthorized, .sso, .rateLimited, .notFound, .gone, .refused,
      .server, .badPayload, .moved, .storage, .transport:
      false
    }
  }
}
