import Canvas
import Deploys

/// One row of what there is to read about a failure, made fit for drawing.
struct WhyRow: ListRow {
  /// What the rows belong to.
  enum Part: Sendable, Hashable {
    case link
    case verdict
    case job(Int64)
    case annotations
    case marker(BuildKey)
    case files(BuildKey)
    case artifacts
  }

  /// What a row stands for, whatever its place.
  enum ID: Sendable, Hashable {
    case heading(Part)
    case text(Part, Int)
    /// A line of a step's log, or a later part of one that is broken.
    case line(job: Int64, step: Int, number: Int, part: Int)
    case artifact(Int64)
    case files(BuildKey)
  }

  /// What the enter key opens.
  enum Target: Sendable, Equatable {
    case job(Int64)
    case step(job: Int64, Int)
    case container(FileContainer)
  }

  let id: ID
  var spans: [Span]
  var target: Target?
  /// Whether it is on its way, so that a sign turns before it.
  var isLoading = false
  /// Whether it is an error of the log itself.
  var isError = false

  var parent: ID? { nil }
  var isSelectable: Bool { true }

  var isHeading: Bool {
    if case .heading = id { true } else { false }
  }

  /// Whether it is an error line of a job.
  func isErrorOf(_ job: Int64) -> Bool { isError && id.isLine(of: job) }
}

extension WhyRow.ID {
  /// Whether it is a line of a job's log.
  func isLine(of wanted: Int64) -> Bool {
    if case .line(let job, _, _, _) = self { job == wanted } else { false }
  }
}
