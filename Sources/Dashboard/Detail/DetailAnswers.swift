import Deploys
import Foundation

/// What was asked about a run, and what came of it.
struct DetailAnswers: Sendable, Equatable {
  /// What names a question, whatever the job in it looks like now.
  enum Key: Sendable, Hashable {
    case attempt(Int)
    case artifacts
    case annotations(job: Int64)
    case excerpts(job: Int64)
    case marker(BuildKey)
    case failureFiles(BuildKey)
  }

  private struct Entry: Sendable, Equatable {
    var answer: InspectionAnswer?
    var isPending = true
    var askedAt: Date
    /// How often it was asked because the answer was not there yet.
    var retries = 0
    /// Whether the attempt was over when it was asked.
    var wasOver: Bool
    /// Whether the operator wants it asked anew.
    var isStale = false
  }

  /// How long to wait before something is asked again that was not there yet: longer each time,
  /// for GitHub may take minutes to put a log together.
  private static func patience(after retries: Int) -> Duration {
    .seconds(min(10 + 5 * retries, 60))
  }
  /// How often that is done.
  private static let retryLimit = 20

  private var entries: [Key: Entry] = [:]

  /// Takes note that a question is asked now, unless it has been answered or is on its way.
  /// - Returns: Whether to ask it.
  mutating func ask(_ key: Key, isOver: Bool, at now: Date) -> Bool {
    guard let entry = entries[key] else {
      entries[key] = Entry(askedAt: now, wasOver: isOver)
      return true
    }
    guard !entry.isPending, isDue(entry, isOver: isOver, at: now) else { return false }
    entries[key] = Entry(
      answer: entry.answer, askedAt: now, retries: entry.retries + 1, wasOver: isOver)
    return true
  }

  private func isDue(_ entry: Entry, isOver: Bool, at now: Date) -> Bool {
    guard let answer = entry.answer, !entry.isStale else { return true }
    // What a run leaves behind is complete only when it is over.
    if isOver, !entry.wasOver { return true }
    guard case .failed(let failure) = answer, failure.kind == .notYet else { return false }
    return entry.retries < Self.retryLimit
      && Duration(from: entry.askedAt, to: now) >= Self.patience(after: entry.retries)
  }

  /// Takes in an answer.
  mutating func take(_ answer: InspectionAnswer, to key: Key) {
    // A failure to read anew what is here already takes nothing away.
    if case .failed = answer, let old = entries[key]?.answer, !old.isFailure {
      entries[key]?.isPending = false
      return
    }
    entries[key, default: Entry(askedAt: .distantPast, wasOver: true)].answer = answer
    entries[key]?.isPending = false
  }

  /// Puts down what is known without having been asked.
  mutating func know(_ answer: InspectionAnswer, of key: Key) {
    entries[key] = Entry(answer: answer, isPending: false, askedAt: .distantPast, wasOver: true)
  }

  /// Makes the artifacts be asked anew, for another attempt may add some.
  mutating func expireArtifacts() {
    entries[.artifacts]?.isStale = true
  }

  /// Makes everything be asked anew; what is known is shown until the new answer comes.
  mutating func expire() {
    for (key, entry) in entries where !entry.isPending {
      guard let answer = entry.answer, !answer.isFailure else {
        entries[key] = nil
        continue
      }
      entries[key]?.isStale = true
    }
  }
}

// MARK: - What is known

extension DetailAnswers {
  func attempt(_ number: Int) -> Loadable<Deploy> {
    read(.attempt(number)) { if case .attempt(let deploy) = $0 { deploy } else { nil } }
  }

  var artifacts: Loadable<[Artifact]> {
    read(.artifacts) { if case .artifacts(let artifacts) = $0 { artifacts } else { nil } }
  }

  func annotations(job: Int64) -> Loadable<[Annotation]> {
    read(.annotations(job: job)) { if case .annotations(let found) = $0 { found } else { nil } }
  }

  func excerpts(job: Int64) -> Loadable<[StepExcerpt]> {
    read(.excerpts(job: job)) { if case .excerpts(let found) = $0 { found } else { nil } }
  }

  func marker(_ build: BuildKey) -> Loadable<MarkerContent?> {
    read(.marker(build)) {
      if case .marker(let content) = $0 { .some(content) } else { nil }
    }
  }

  func failureFiles(_ build: BuildKey) -> Loadable<[StoredFile]> {
    read(.failureFiles(build)) { if case .files(let files) = $0 { files } else { nil } }
  }

  /// Why no annotation can be read, which one job's answer says for all.
  var annotationDenial: ReadFailure? {
    for (key, entry) in entries {
      guard case .annotations = key, case .failed(let failure) = entry.answer,
        failure.kind == .denied
      else { continue }
      return failure
    }
    return nil
  }

  private func read<Value>(
    _ key: Key, _ value: (InspectionAnswer) -> Value?
  ) -> Loadable<Value> {
    guard let entry = entries[key] else { return .unasked }
    guard let answer = entry.answer else { return .loading }
    if case .failed(let failure) = answer { return entry.isPending ? .loading : .failed(failure) }
    return value(answer).map(Loadable.loaded)
      ?? .failed(
        ReadFailure(
          message: "the answer was to another question", remedy: "Ask again with R."))
  }
}

extension InspectionAnswer {
  /// Whether it says only why there is none.
  fileprivate var isFailure: Bool {
    switch self {
    case .failed: true
    case .attempt, .artifacts, .annotations, .excerpts, .marker, .files: false
    }
  }
}

extension InspectionQuestion {
  /// What names it on a run's screen.
  func key(attempt: Int) -> DetailAnswers.Key {
    switch self {
    case .attempt: .attempt(attempt)
    case .artifacts: .artifacts
    case .annotations(let job): .annotations(job: job.id)
    case .excerpts(let job): .excerpts(job: job.id)
    case .marker(let build, _): .marker(build)
    case .failureFiles(let build, _): .failureFiles(build)
    }
  }
}
