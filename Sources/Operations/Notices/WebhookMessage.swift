import Deploys
import Foundation

/// The body of a notice for a Slack-compatible webhook.
///
/// It has the form of the notices that workflows send, a text and one attachment with fields, for
/// that is what others who take Slack's format understand too.
/// Source: <https://api.slack.com/reference/messaging/attachments>
struct WebhookMessage: Sendable, Hashable, Encodable {
  /// A part of the message with a coloured edge.
  struct Attachment: Sendable, Hashable, Encodable {
    var fallback: String
    var color: String
    var authorName: String
    var title: String
    var titleLink: String?
    var text: String?
    var fields: [Field]
    var mrkdwnIn = ["text", "fields"]
    var footer = "cdtop"
    /// When it happened, in seconds.
    var ts: Int
  }

  /// A fact with its name.
  struct Field: Sendable, Hashable, Encodable {
    var title: String
    var value: String
    var short = true
  }

  var text: String
  var attachments: [Attachment]

  /// Writes the notice of an event.
  init(_ event: DeployEvent) {
    let notice = NoticeText(event)
    let headline = Self.escaped(notice.headline)
    let tag = notice.tag.isEmpty ? "" : " - Tag: \(Self.escaped(notice.tag))"
    let line = "\(Self.beginning(event.kind)) \(headline)\(tag)"
    text = line
    let facts = [
      ("Service", notice.service), ("Environment", notice.environment), ("Tag", notice.tag),
      ("Repository", notice.repository), ("Actor", notice.actor),
      ("Conclusion", notice.conclusion),
    ]
    attachments = [
      Attachment(
        fallback: line, color: Self.color(event.kind),
        authorName: Self.escaped("\(notice.service)-\(notice.environment)"),
        title: Self.escaped("Run \(notice.number)"),
        titleLink: notice.url.isEmpty ? nil : Self.entities(notice.url),
        text: notice.summary.isEmpty ? nil : Self.escaped(notice.summary),
        fields: facts.filter { !$0.1.isEmpty }
          .map { Field(title: $0.0, value: Self.escaped($0.1)) },
        ts: Int((event.endedAt ?? event.startedAt).timeIntervalSince1970))
    ]
  }

  /// The message as it is sent.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return try encoder.encode(self)
  }

  /// Which of a deploy's two notices it is, as workflows count them.
  private static func beginning(_ kind: DeployEvent.Kind) -> String {
    switch kind {
    case .started: "(1 / 2) 🔥"
    case .succeeded: "(2 / 2) ✅"
    case .failed: "(2 / 2) ❌"
    case .cancelled: "(2 / 2) 🚫"
    case .needsApproval: "✋"
    }
  }

  private static func color(_ kind: DeployEvent.Kind) -> String {
    switch kind {
    case .started: "#439FE0"
    case .succeeded: "good"
    case .failed: "danger"
    case .cancelled: "#9E9E9E"
    case .needsApproval: "warning"
    }
  }

  /// A text that links nothing and calls nobody.
  ///
  /// Slack reads commands between `<` and `>`; others, and Slack where it is told to link names,
  /// call whoever follows an `@` at the beginning of a word, so a space without width goes between.
  /// Source: <https://docs.slack.dev/messaging/formatting-message-text/>
  static func escaped(_ text: String) -> String {
    var result = ""
    var isInWord = false
    for character in text {
      result.append(character)
      if character == "@", !isInWord { result.append("\u{200B}") }
      isInWord = character.isLetter || character.isNumber
    }
    return entities(result)
  }

  private static func entities(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
