import Deploys
import Foundation

/// When the attempts of a run began, which tells what was left by which of them.
///
/// GitHub keeps the artifacts of all attempts with the run, and does not say whose they are.
struct AttemptStarts: Sendable, Equatable {
  /// The number of the newest attempt.
  let newest: Int
  /// When attempts began, by their numbers; those that were not read are missing.
  private var starts: [Int: Date] = [:]

  /// Takes what is known of a run.
  init(_ run: WorkflowRun, _ answers: DetailAnswers) {
    newest = run.attempt
    for number in 1...max(1, newest) {
      let attempt = number == newest ? run : answers.attempt(number).value?.run
      // Where GitHub does not say when it began, the run's creation stands in its place.
      guard let attempt, number == 1 || attempt.startedAt > attempt.createdAt else { continue }
      starts[number] = attempt.startedAt
    }
  }

  /// The attempts in which something may have been made at a time.
  func attempts(at time: Date) -> ClosedRange<Int> {
    let last = (starts.filter { $0.key > 1 && $0.value > time }.keys.min() ?? newest + 1) - 1
    let first = starts.filter { $0.value <= time }.keys.max() ?? 1
    return min(max(1, first), max(1, last))...max(1, last)
  }

  /// Artifacts with the attempts that may have left them, the newest attempt first; a time that is
  /// not known tells of none.
  func sorted(_ artifacts: [Artifact]) -> [(artifact: Artifact, attempts: ClosedRange<Int>?)] {
    let told = artifacts.map { ($0, $0.createdAt.map(attempts(at:))) }
    let order = told.indices.sorted { left, right in
      let (a, b) = (told[left].1, told[right].1)
      if a != b {
        return (a?.upperBound ?? 0, a?.lowerBound ?? 0) > (b?.upperBound ?? 0, b?.lowerBound ?? 0)
      }
      return left < right
    }
    return order.map { (artifact: told[$0].0, attempts: told[$0].1) }
  }
}
