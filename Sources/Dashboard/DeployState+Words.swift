import Canvas
import Deploys

extension DeployState {
  /// The word for it on the board.
  var word: String {
    switch self {
    case .pending: "pending"
    case .waiting: "approval"
    case .queued: "queued"
    case .running: "running"
    case .completed(let conclusion): conclusion.word
    case .other(let word): PlainText.sanitized(word)
    }
  }

  /// What it means to the eye.
  var role: Role {
    switch self {
    case .pending, .waiting, .queued: .waiting
    case .running: .running
    case .completed(let conclusion): conclusion.role
    case .other: .warning
    }
  }

  /// Its sign.
  func glyph(in glyphs: GlyphSet) -> String {
    switch self {
    case .pending, .queued: glyphs.queued
    case .waiting: glyphs.waiting
    case .running: glyphs.running
    case .completed(let conclusion): conclusion.glyph(in: glyphs)
    case .other: glyphs.unknown
    }
  }
}

extension Conclusion {
  /// The word for it on the board.
  var word: String {
    switch self {
    case .success: "success"
    case .failure: "failed"
    case .neutral: "neutral"
    case .cancelled: "cancelled"
    case .skipped: "skipped"
    case .timedOut: "timed out"
    case .actionRequired: "approval"
    case .startupFailure: "no start"
    case .stale: "stale"
    case .other(let word): PlainText.sanitized(word)
    }
  }

  /// What it means to the eye.
  var role: Role {
    switch self {
    case .success: .success
    case .failure, .timedOut, .startupFailure: .failure
    case .actionRequired: .waiting
    case .stale, .other: .warning
    case .neutral, .cancelled, .skipped: .dim
    }
  }

  /// Its sign.
  func glyph(in glyphs: GlyphSet) -> String {
    switch self {
    case .success, .neutral: glyphs.success
    case .failure, .timedOut, .startupFailure: glyphs.failure
    case .cancelled: glyphs.cancelled
    case .skipped: glyphs.skipped
    case .actionRequired: glyphs.waiting
    case .stale, .other: glyphs.unknown
    }
  }
}

extension DeployState {
  /// The state of one job, in the same words as a deploy's.
  init(job: Job) {
    self =
      switch job.status {
      case .requested, .pending: .pending
      case .waiting: .waiting
      case .queued: .queued
      case .inProgress: .running
      case .completed: .completed(job.conclusion ?? .other("unknown"))
      case .other(let word): .other(word)
      }
  }

  /// The state of one step, in the same words as a deploy's.
  init(step: Step) {
    self =
      switch step.status {
      case .requested, .pending, .waiting, .queued: .pending
      case .inProgress: .running
      case .completed: .completed(step.conclusion ?? .other("unknown"))
      case .other(let word): .other(word)
      }
  }
}
