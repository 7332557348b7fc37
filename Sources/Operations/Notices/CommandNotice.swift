import AWS
import Deploys
import Foundation
import GitHub

/// Runs a program of the operator's for an event.
///
/// It is run without a shell, and what others have written reaches it as variables and as JSON on
/// its standard input, never as an argument.
struct CommandNotice: NoticeChannel {
  /// How long the program may run.
  static let limit: Duration = .seconds(30)

  private let words: [String]
  private let environment: [String: String]
  private let sleep: @Sendable (Duration) async throws -> Void

  /// Prepares a program.
  /// - Parameters:
  ///   - words: The program and its arguments; `nil` comes of none.
  ///   - environment: The variables of this process.
  ///   - secret: The name of a variable that is withheld, beside those that hold tokens.
  ///   - sleep: Waits for the limit.
  init?(
    _ words: [String], environment: [String: String], withholding secret: String?,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    guard let program = words.first, !program.isEmpty else { return nil }
    self.words = words
    self.environment = ChildEnvironment.of(environment, withholding: secret)
    self.sleep = sleep
  }

  var name: String { "command \(words[0])" }
  var mayRepeat: Bool { false }

  func takes(_ kind: DeployEvent.Kind) -> Bool { true }

  func deliver(_ event: DeployEvent) async throws -> NoticeNews? {
    let notice = NoticeText(event)
    let child = ChildProcess(
      program: words[0], arguments: Array(words.dropFirst()),
      environment: environment.merging(Self.variables(event, notice)) { $1 },
      input: try Self.document(event, notice), isHeard: false)
    let ending = try await child.run(
      within: CommandLimit(duration: Self.limit, wait: sleep))
    let byHand = "Run it by hand, with CDTOP_… variables, to see what it says."
    switch ending {
    case .exited(0, _, _):
      return nil
    case .exited(let code, _, _):
      throw trouble("ended with exit code \(code)", byHand)
    case .killed(let signal):
      throw trouble("was ended by signal \(signal)", byHand)
    case .tookTooLong:
      throw trouble(
        "did not end within \(Self.limit.components.seconds) s and was stopped",
        "Let it do its work in the background, or make it faster.")
    case .notStarted(let reason):
      throw trouble(
        "cannot be run: \(reason)", "Correct notices.on_event in the configuration.")
    }
  }

  private func trouble(_ what: String, _ remedy: String) -> NoticeTrouble {
    NoticeTrouble(
      message: "the program of notices.on_event, \(words[0].plainExcerpt(limit: 80)), \(what)",
      remedy: remedy)
  }

  /// All of them are always set, so that none is inherited from a program around this one.
  private static func variables(
    _ event: DeployEvent, _ notice: NoticeText
  ) -> [String: String] {
    [
      "CDTOP_EVENT": event.kind.rawValue,
      "CDTOP_SERVICE": notice.service,
      "CDTOP_ENVIRONMENT": notice.environment,
      "CDTOP_TAG": notice.tag,
      "CDTOP_REPOSITORY": notice.repository,
      "CDTOP_ACTOR": notice.actor,
      "CDTOP_RUN_ID": "\(event.run.id)",
      "CDTOP_RUN_NUMBER": "\(event.number)",
      "CDTOP_ATTEMPT": "\(event.attempt)",
      "CDTOP_CONCLUSION": notice.conclusion,
      "CDTOP_URL": notice.url,
      "CDTOP_SUMMARY": notice.summary,
    ]
  }

  private struct Document: Encodable {
    var id: String
    var event: String
    var service: String
    var environment: String
    var tag: String
    var repository: String
    var actor: String
    var runID: Int64
    var runNumber: Int
    var attempt: Int
    var conclusion: String
    var url: String
    var summary: String
    var startedAt: Date
    var endedAt: Date?
  }

  private static func document(_ event: DeployEvent, _ notice: NoticeText) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(
      Document(
        id: event.id, event: event.kind.rawValue, service: notice.service,
        environment: notice.environment, tag: notice.tag, repository: notice.repository,
        actor: notice.actor, runID: event.run.id, runNumber: event.number,
        attempt: event.attempt, conclusion: notice.conclusion, url: notice.url,
        summary: notice.summary, startedAt: event.startedAt, endedAt: event.endedAt))
      + Data("\n".utf8)
  }
}
