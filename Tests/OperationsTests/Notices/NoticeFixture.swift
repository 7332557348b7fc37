import Deploys
import Foundation
import Operations
import Store
import Synchronization
import Testing
import Transport

/// Events, settings and notifiers for the tests of notices.
enum NoticeFixture {
  static let secret = "https://hooks.example/services/T0/B0/SECRETSECRET"
  static let noon = Date(timeIntervalSince1970: 1_790_000_000)
  /// Text that tries to end an escape sequence, a line, a JSON string, a shell word and markup.
  static let hostile =
    "a;b\u{1B}\\\u{7}\u{9C}\r\nc\u{202E}\"'`$(touch pwned)`<!channel> @channel & *x* $HOME"

  static func event(
    _ kind: DeployEvent.Kind = .failed, service: String = "shop",
    tag: String? = "shop-prd-20261123-01", actor: String = "kim",
    conclusion: Conclusion? = .failure, attempt: Int = 1, summary: String? = nil,
    id: Int64 = 100, url: String = "https://github.com/acme/shop/actions/runs/100"
  ) -> DeployEvent {
    let run = WorkflowRun(
      key: RunKey(repository: RepositoryName(owner: "acme", name: "shop"), id: id),
      attempt: attempt, number: 7, workflowID: 1, workflowName: "action-shop-prd-deploy",
      path: ".github/workflows/prd.yml", title: "t", event: "push", ref: tag, headSHA: "abc",
      status: conclusion == nil ? .inProgress : .completed, conclusion: conclusion, actor: actor,
      createdAt: noon, startedAt: noon, updatedAt: noon.addingTimeInterval(60), url: url)
    let findings = summary.map {
      [Finding(kind: .failed, summary: $0, action: "", needsPerson: true)]
    }
    return DeployEvent(
      kind,
      of: Deploy(
        run: run, environment: "prd", service: service,
        state: DeployState(run: run, jobs: []), findings: findings ?? []))
  }

  /// Tells some events and gives all that came of it.
  static func news(
    of events: [DeployEvent], _ settings: NoticeSettings, ledger: NoticeLedger? = nil,
    servers: StubServers = StubServers(), environment: [String: String] = [:],
    sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in }
  ) async -> [NoticeNews] {
    let notifier = Notifier(
      settings: settings, ledger: ledger, transport: servers, userAgent: "cdtop/test",
      environment: ["HOOK": secret, "TERM": "xterm-256color"].merging(environment) { $1 },
      now: { noon }, sleep: sleep)
    notifier.post(events)
    notifier.finish()
    await notifier.run()
    var news: [NoticeNews] = []
    for await one in notifier.news { news.append(one) }
    return news
  }
}

extension [NoticeNews] {
  /// The troubles among the news.
  var troubles: [NoticeTrouble] {
    compactMap { if case .trouble(let trouble) = $0 { trouble } else { nil } }
  }

  /// The texts for the terminal among the news.
  var terminal: [String] {
    compactMap { one in
      if case .terminal(let data) = one { String(decoding: data, as: UTF8.self) } else { nil }
    }
  }
}
