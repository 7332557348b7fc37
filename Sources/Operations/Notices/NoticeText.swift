import Deploys
import Foundation
import GitHub

/// The facts of an event as lines of plain text, for every way that a notice goes.
///
/// What others have written is on one line each, without what steers a terminal or hides.
struct NoticeText: Sendable, Hashable {
  let service: String
  let environment: String
  /// The branch or tag; empty where GitHub gives none.
  let tag: String
  let repository: String
  /// Who started the attempt; empty where GitHub names nobody.
  let actor: String
  /// GitHub's word for how it ended; empty while it goes on.
  let conclusion: String
  /// What is wrong or worth knowing; empty for nothing.
  let summary: String
  /// The run's page; empty where it has none that a browser would open.
  let url: String
  /// What happened, in a word or two.
  let happening: String
  /// The number of the run, and of its attempt where it is not the first.
  let number: String

  init(_ event: DeployEvent) {
    service = event.service.plainExcerpt(limit: 100)
    environment = event.environment.plainExcerpt(limit: 100)
    // As long as a ref's name can be, so that what is copied is what was meant.
    tag = (event.ref ?? "").plainExcerpt(limit: 255)
    repository = event.repository.description.plainExcerpt(limit: 150)
    actor = event.actor.plainExcerpt(limit: 100)
    conclusion = (event.conclusion?.rawValue ?? "").plainExcerpt(limit: 40)
    summary = (event.summary ?? "").plainExcerpt(limit: 300)
    url = Self.page(event.url)
    happening = Self.happening(event.kind, event.conclusion)
    number = "#\(event.number)" + (event.attempt > 1 ? ", attempt \(event.attempt)" : "")
  }

  /// The event in a few words.
  var headline: String { "\(service) to \(environment) \(happening)" }

  /// What else there is to know, on one line.
  var details: String {
    var words = number
    if !tag.isEmpty { words += " \(tag)" }
    if !actor.isEmpty { words += " by \(actor)" }
    return summary.isEmpty ? words : "\(words): \(summary)"
  }

  private static func happening(_ kind: DeployEvent.Kind, _ conclusion: Conclusion?) -> String {
    switch kind {
    case .started: "started"
    case .succeeded: "succeeded"
    case .failed, .cancelled: conclusion.map(ending) ?? kind.rawValue
    case .needsApproval: "needs approval"
    }
  }

  private static func ending(_ conclusion: Conclusion) -> String {
    switch conclusion {
    case .success, .neutral: "succeeded"
    case .failure: "failed"
    case .cancelled: "was cancelled"
    case .skipped: "was skipped"
    case .timedOut: "timed out"
    case .actionRequired: "needs approval"
    case .startupFailure: "could not start"
    case .stale: "was given up by GitHub"
    case .other(let word): "ended as \(word.plainExcerpt(limit: 40))"
    }
  }

  /// An address that a browser opens and that ends nobody's markup.
  private static func page(_ url: String) -> String {
    let isPlain = url.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "\""): false
      case 0x21...0x7E: true
      default: false
      }
    }
    let isWeb = url.hasPrefix("https://") || url.hasPrefix("http://")
    return isPlain && isWeb && url.utf8.count <= 500 ? url : ""
  }
}
