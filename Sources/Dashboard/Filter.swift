import Canvas
import Deploys
import Foundation

/// Words that a deploy must have, all of them and anywhere.
struct Filter: Sendable, Equatable {
  private var words: [String]

  init(_ text: String) {
    var seen: Set<String> = []
    words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
      .filter { seen.insert($0).inserted }
  }

  /// Whether it lets everything through.
  var isEmpty: Bool { words.isEmpty }

  func matches(_ deploy: Deploy) -> Bool { rank(of: deploy) != nil }

  /// How far the words are from what a person means first, summed up; less is better.
  ///
  /// What fits the service, the environment or the state counts least, for there a word is meant
  /// most often; what fits the repository alone counts most, for there it fits everything of it.
  /// - Returns: `nil` where a word fits nothing.
  func rank(of deploy: Deploy) -> Int? {
    guard !words.isEmpty else { return 0 }
    let run = deploy.run
    let groups = [
      [deploy.service, deploy.environment, deploy.state.word, deploy.state.name],
      [run.ref ?? "", run.actor, run.workflowName, run.label, run.title]
        + deploy.findings.map(\.summary),
      [run.key.repository.description],
    ].map { $0.map(PlainText.sanitized).joined(separator: "\n").lowercased() }
    var rank = 0
    for word in words {
      guard let group = groups.firstIndex(where: { $0.contains(word) }) else { return nil }
      rank += group
    }
    return rank
  }
}
