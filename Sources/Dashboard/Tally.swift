import Canvas
import Deploys

/// How many deploys of an environment stand how.
struct Tally: Sendable, Equatable {
  var running = 0
  var queued = 0
  var waiting = 0
  /// The failures that nobody has dealt with.
  var failed = 0
  var total = 0

  init(_ deploys: [Deploy]) {
    total = deploys.count
    for deploy in deploys {
      switch deploy.state {
      case .running, .other: running += 1
      case .queued, .pending: queued += 1
      case .waiting: waiting += 1
      case .completed(.actionRequired): if deploy.needsPerson { waiting += 1 }
      case .completed: if deploy.needsPerson { failed += 1 }
      }
    }
  }

  /// A count of one kind, with its word, its sign and what it means to the eye.
  struct Part: Sendable, Equatable {
    var count: Int
    var word: String
    var glyph: String
    var role: Role
  }

  /// The kinds that there are any of, the most urgent first.
  func parts(in glyphs: GlyphSet) -> [Part] {
    [
      Part(count: failed, word: "failed", glyph: glyphs.failure, role: .failure),
      Part(count: waiting, word: "for approval", glyph: glyphs.waiting, role: .waiting),
      Part(count: running, word: "running", glyph: glyphs.running, role: .running),
      Part(count: queued, word: "queued", glyph: glyphs.queued, role: .waiting),
    ].filter { $0.count > 0 }
  }
}
