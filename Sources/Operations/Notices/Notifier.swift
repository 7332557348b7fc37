package import Deploys
package import Foundation
package import Store
package import Transport

/// Gives notice of events in every way that is switched on, each event once in each way.
///
/// The ways do not wait for one another, and the failure of one harms no other. Within one way,
/// notices go out in the order of the events.
package final class Notifier: Sendable {
  private struct Lane: Sendable {
    let channel: any NoticeChannel
    let events: AsyncStream<DeployEvent>
    let input: AsyncStream<DeployEvent>.Continuation
  }

  /// What comes of it, for the board; it ends with ``run()``.
  package let news: AsyncStream<NoticeNews>

  private let reporter: AsyncStream<NoticeNews>.Continuation
  private let lanes: [Lane]
  private let claims: NoticeClaims

  /// Prepares what is switched on; where something is missing for it, ``news`` says so.
  /// - Parameters:
  ///   - settings: What is switched on.
  ///   - ledger: Where several processes agree on who gives notice; `nil` for this one alone.
  ///   - transport: Sends to the webhook.
  ///   - userAgent: What this program calls itself there.
  ///   - environment: The variables: of the terminal, of the webhook, and for the program.
  ///   - now: The clock.
  ///   - sleep: Waits, for a webhook's second chance and for the end of a program.
  package init(
    settings: NoticeSettings, ledger: NoticeLedger?, transport: any HTTPTransport,
    userAgent: String, environment: [String: String],
    now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = {
      try await Task.sleep(for: $0)
    }
  ) {
    (news, reporter) = AsyncStream.makeStream()
    claims = NoticeClaims(ledger: ledger)
    var channels: [any NoticeChannel] = []
    if settings.rings || settings.showsOnDesktop {
      channels.append(
        TerminalNotice(
          rings: settings.rings, showsOnDesktop: settings.showsOnDesktop,
          environment: environment))
    }
    let command = CommandNotice(
      settings.command, environment: environment, withholding: settings.webhookVariable,
      sleep: sleep)
    if let command { channels.append(command) }
    if let variable = settings.webhookVariable {
      do {
        channels.append(
          WebhookNotice(
            try WebhookAddress(environment[variable] ?? "", variable: variable),
            variable: variable, userAgent: userAgent, transport: transport, now: now,
            sleep: sleep))
      } catch {
        reporter.yield(.trouble(error))
      }
    }
    lanes = channels.map { channel in
      let (events, input) = AsyncStream<DeployEvent>.makeStream()
      return Lane(channel: channel, events: events, input: input)
    }
  }

  deinit {
    finish()
    reporter.finish()
  }

  /// Hands events over to be told; it does not wait.
  package func post(_ events: [DeployEvent]) {
    for event in events {
      for lane in lanes where lane.channel.takes(event.kind) { lane.input.yield(event) }
    }
  }

  /// Takes no more events; ``run()`` ends once those that were posted are told.
  package func finish() {
    for lane in lanes { lane.input.finish() }
  }

  /// Gives notice until ``finish()``, or until the task is cancelled.
  package func run() async {
    await withDiscardingTaskGroup { group in
      for lane in lanes {
        group.addTask {
          for await event in lane.events { await self.deliver(event, by: lane.channel) }
        }
      }
    }
    reporter.finish()
  }

  private func deliver(_ event: DeployEvent, by channel: any NoticeChannel) async {
    do {
      guard try await mayDeliver(event, by: channel) else { return }
      if let news = try await channel.deliver(event) { reporter.yield(news) }
    } catch let trouble as NoticeTrouble {
      reporter.yield(.trouble(trouble))
    } catch is CancellationError {
      return
    } catch {
      reporter.yield(
        .trouble(
          NoticeTrouble(
            message: "a notice did not go out: unexpected \(type(of: error))",
            remedy: "Report this with the steps to see it.")))
    }
  }

  private func mayDeliver(
    _ event: DeployEvent, by channel: any NoticeChannel
  ) async throws -> Bool {
    do {
      return try await claims.claim(event.id, channel)
    } catch let error as StoreError {
      // Twice on a terminal harms less than not at all; elsewhere it is the other way round.
      if channel.mayRepeat { return true }
      let headline = NoticeText(event).headline
      throw NoticeTrouble(
        message: "no notice that \(headline): whether another cdtop gave it cannot be known, "
          + "for \(error.message)", remedy: error.remedy)
    }
  }
}
