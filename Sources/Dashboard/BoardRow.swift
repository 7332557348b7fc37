import Canvas
import Deploys
import Foundation

/// One row of the board, made fit for drawing: its texts are harmless and its choices are made.
struct BoardRow: Sendable, Equatable, Identifiable {
  /// What a row stands for, whatever its place.
  enum ID: Sendable, Hashable {
    case attention
    case section(String)
    case deploy(DeployID)
    case job(DeployID, Int64)
    case note(section: String, line: Int)
    case jobsNote(DeployID)
  }

  /// The part of the board that a row stands in.
  enum Block: Sendable, Hashable {
    case attention
    case section(String)
  }

  enum Content: Sendable, Equatable {
    /// The heading of what needs a person, with how many there are.
    case attention(Int)
    case section(SectionHeading)
    case item(ItemCells)
    /// Words where rows are missing.
    case note(String, Role)
  }

  let id: ID
  let block: Block
  let content: Content
  /// Whether the filter would hide it, and it stays because it was just acted on.
  var isOutside = false

  /// Whether the cursor stops here.
  var isSelectable: Bool {
    switch id {
    case .section, .deploy, .job: true
    case .attention, .note, .jobsNote: false
    }
  }

  /// Whether it is a deploy or a job.
  var isItem: Bool {
    switch id {
    case .deploy, .job: true
    case .section, .attention, .note, .jobsNote: false
    }
  }

  /// The deploy that it is, or whose job it is.
  var deployID: DeployID? { id.deployID }
}

extension BoardRow.ID {
  /// The deploy that it names, or whose job it names.
  var deployID: DeployID? {
    switch self {
    case .deploy(let id), .job(let id, _): id
    case .attention, .section, .note, .jobsNote: nil
    }
  }

  /// Whether it names a deploy itself.
  var isDeploy: Bool {
    switch self {
    case .deploy: true
    case .job, .attention, .section, .note, .jobsNote: false
    }
  }
}
