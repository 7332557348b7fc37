import Dashboard
import Deploys
import Foundation
import GitHub
import Operations
import Polling
import Settings
import Store
import Synchronization
import TerminalIO

/// Gives notice of what happens to the deploys that the operator started or follows.
final class NoticeRunner: Sendable {
  private let session: Session
  private let mailbox: Mailbox<Message>
  private let notifier: Notifier
  private let watch = Mutex(EventWatch())

  init(session: Session, environment: [String: String], mailbox: Mailbox<Message>) {
    self.session = session
    self.mailbox = mailbox
    notifier = Notifier(
      settings: NoticeSettings(session.configuration.notices), ledger: session.state?.notices,
      transport: session.transport, userAgent: Product.userAgent, environment: environment)
  }

  /// Follows a run, or does not any more.
  func follow(_ run: RunKey, _ isWanted: Bool) {
    watch.withLock { isWanted ? $0.follow(run) : $0.unfollow(run) }
  }

  /// Takes in what the engine knows now.
  func take(_ snapshot: Snapshot) async {
    let (events, missing) = watch.withLock { watch in
      (watch.events(in: snapshot), watch.missing)
    }
    notifier.post(events)
    // A run that fell out of the board's window is looked at until its end is known.
    for run in missing { await session.poller.show(run) }
  }

  /// Tells until the task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.notifier.run() }
      group.addTask { await self.learnLogin() }
      for await news in notifier.news {
        switch news {
        case .terminal(let bytes): mailbox.post(.attention(bytes))
        case .trouble(let trouble):
          mailbox.post(.notice(Notice(Sentences.joined(trouble.message, trouble.remedy), .warning)))
        }
      }
      group.cancelAll()
    }
  }

  /// Whose runs are the operator's own; an app's token names nobody.
  private func learnLogin() async {
    guard let login = try? await session.github.viewer() else { return }
    watch.withLock { $0.login = login }
  }
}

extension NoticeSettings {
  /// The ways that a configuration switches on.
  init(_ notices: Configuration.Notices) {
    self.init(
      rings: notices.rings, showsOnDesktop: notices.showsOnDesktop, command: notices.command,
      webhookVariable: notices.webhookVariable)
  }
}
