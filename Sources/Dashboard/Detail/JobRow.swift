import Canvas
import Deploys

/// One row of a run's jobs, made fit for drawing: its texts are harmless and its choices are made.
struct JobRow: ListRow {
  /// What a row stands for, whatever its place.
  enum ID: Sendable, Hashable {
    case group(String)
    case job(Int64)
    case runner(Int64)
    case phase(Int64, Int)
    case step(Int64, Int)
    case note(Int)
  }

  /// A piece of a row's bar.
  struct Segment: Sendable, Equatable {
    /// What it is drawn with, so that colour is not the only signal.
    enum Fill: Sendable, Equatable {
      case wait
      case setup
      case around
      case work
    }

    var fill: Fill
    var bar: TimeBar
    var role: Role
    /// What it is; empty where the row says it.
    var name = ""
  }

  let id: ID
  var parent: ID?
  /// How far it is set in.
  var depth: Int
  /// Whether it is open; `nil` where there is nothing to open.
  var isOpen: Bool?
  /// The sign of its state; empty for none.
  var sign = ""
  var role = Role.text
  var name: String
  /// Whether it steps back, for nothing about it needs a look.
  var isDim = false
  /// What else to say, after the name.
  var hint = ""
  /// What is measured at the right of the name.
  var time: TimeBar?
  var segments: [Segment] = []
  /// The segment that is labelled beside the bar where its own cells have no room.
  var labelled: Int?
  /// Whether it is something that failed.
  var isFailure = false

  var isSelectable: Bool { id.job != nil || id.isGroup }
}

extension JobRow.ID {
  /// The job that it is or belongs to.
  var job: Int64? {
    switch self {
    case .job(let id), .runner(let id), .phase(let id, _), .step(let id, _): id
    case .group, .note: nil
    }
  }

  /// Whether it stands for a job as a whole.
  var isJob: Bool {
    if case .job = self { true } else { false }
  }

  /// Whether it stands for several jobs.
  var isGroup: Bool {
    if case .group = self { true } else { false }
  }
}
