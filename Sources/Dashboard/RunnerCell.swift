import Canvas
import Deploys
import Foundation

/// What the RUNNER column says of a job: a word, and since when.
struct RunnerCell: Sendable, Equatable {
  /// AWS's own word for a phase, else ours.
  var word: String
  /// Since when the phase lasts; `nil` where no time is shown.
  var since: Date?
  var role: Role

  static let nothing = RunnerCell(word: "", since: nil, role: .dim)

  init(word: String, since: Date?, role: Role) {
    self.word = word
    self.since = since
    self.role = role
  }

  init(of item: DeployJob) {
    // A link that could as well name another build is marked where it is used.
    let doubt = item.correlation.best?.tier == .ambiguous ? "?" : ""
    self =
      switch item.phase {
      case .notNeeded: RunnerCell(word: "not yet", since: nil, role: .dim)
      case .unclaimed(let since): RunnerCell(word: "unclaimed", since: since, role: .warning)
      case .inPhase(let name, let since):
        RunnerCell(word: PlainText.sanitized(name) + doubt, since: since, role: .running)
      case .ended(let status, _):
        RunnerCell(word: PlainText.sanitized(status.rawValue) + doubt, since: nil, role: .dim)
      case .gone(let status, let at):
        RunnerCell(
          word: (item.job.status == .inProgress ? "ended " : "gone ")
            + PlainText.sanitized(status.rawValue) + doubt, since: at, role: .warning)
      case .unreadable: RunnerCell(word: "unreadable", since: nil, role: .warning)
      case .outside: RunnerCell(word: Self.outsideWord(item.kind), since: nil, role: .dim)
      }
  }

  private static func outsideWord(_ kind: RunnerKind) -> String {
    switch kind {
    case .gitHubHosted: "GitHub"
    case .selfHosted: "self-hosted"
    case .codeBuild, .unknown: ""
    }
  }

  /// The columns that it takes at most, with room for the time.
  var width: Int { DisplayWidth.of(word) + (since == nil ? 0 : 7) }

  /// The cell's text in a width; the word gives way to the time, which is the news.
  func text(at now: Date, in width: Int, glyphs: GlyphSet) -> String {
    guard let since else { return word }
    let time = Duration(from: since, to: now).shortText
    let room = width - time.count - 1
    guard room >= 4 else { return word }
    guard DisplayWidth.of(word) > room else { return "\(word) \(time)" }
    return DisplayWidth.prefix(word, fitting: room - 1).text + glyphs.ellipsis + " " + time
  }
}
