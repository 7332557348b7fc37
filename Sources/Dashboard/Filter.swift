import Canvas
import Deploys

/// Words that a deploy must have, all of them and anywhere.
struct Filter: Sendable, Equatable {
  private var words: [String]

  init(_ text: String) {
    words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// Whether it lets everything through.
  var isEmpty: Bool { words.isEmpty }

  func matches(_ deploy: Deploy) -> Bool {
    guard !words.isEmpty else { return true }
    let run = deploy.run
    let parts =
      [
        deploy.service, deploy.environment, run.ref ?? "", run.actor, deploy.state.word,
        deploy.state.name, run.workflowName, run.key.repository.description, run.label, run.title,
      ] + deploy.findings.map(\.summary)
    let text = parts.map(PlainText.sanitized).joined(separator: "\n").lowercased()
    return words.allSatisfy { text.contains($0) }
  }
}
