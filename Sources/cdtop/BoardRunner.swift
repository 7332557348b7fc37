import ArgumentParser
import Canvas
import Dashboard
import Deploys
import Foundation
import Polling
import Settings
import TerminalIO
import Transport

/// Runs the board: the terminal's loop on one side, the polling engine on the other.
struct BoardRunner {
  let session: Session
  let screen: Screen
  /// What is watched, in a few words, for the header.
  let context: String

  /// Runs until the operator quits, a signal arrives or the terminal is gone.
  /// - Throws: An exit code where it did not end by the operator's wish.
  func run() async throws {
    let mailbox = Mailbox<Message>()
    let effects = EffectRunner(session: session, mailbox: mailbox)
    let engine = Task { await session.poller.run() }
    let news = Task {
      for await snapshot in session.poller.snapshots {
        mailbox.post(.snapshot(snapshot))
        mailbox.post(.nextRefresh(await session.poller.nextListing()))
      }
    }
    let model = Model(
      snapshot: .empty(session.configuration.environments, at: Date()), context: context,
      glyphs: screen.glyphs, timeZone: .current, now: Date())
    let end: LoopEnd
    do {
      end = try await TerminalLoop.run(
        state: model, options: screen.terminal, mailbox: mailbox, handlers: handlers(effects))
    } catch let error as TerminalError {
      await stop(engine, news)
      throw Console.failure(error.message, remedy: error.remedy)
    }
    for outcome in await effects.finish() { try? outcome.report(url: nil) }
    await stop(engine, news)
    switch end {
    case .quit, .finished: return
    case .signal(let number): throw ExitCode(128 + number)
    case .hangup: throw ExitCode(128 + SIGHUP)
    }
  }

  /// Ends the engine and what it has under way before the connections go.
  private func stop(_ engine: Task<Void, Never>, _ news: Task<Void, Never>) async {
    engine.cancel()
    news.cancel()
    await engine.value
    await session.transport.shutdown()
  }

  private func handlers(_ effects: EffectRunner) -> LoopHandlers<Model, Message> {
    LoopHandlers(
      handle: { model, event in
        let messages: [Message]
        switch event {
        case .keys(let keys): messages = keys.map { .key($0) }
        case .pasted(let text): messages = text.map { .key(Key(.character($0))) }
        case .messages(let posted): messages = posted
        case .resized(let size): messages = [.resized(size)]
        case .tick, .resumed: messages = [.tick(Date())]
        }
        var step = LoopStep.proceed
        for message in messages {
          for effect in update(&model, message) {
            switch effect {
            case .quit: return .quit
            case .suspend: step = .suspend
            case .lendLog: break
            case .refreshNow, .openInBrowser, .copy, .loadDispatchForm, .dispatch, .retry,
              .inspect, .openLog, .closeLog, .workOnLog, .listFiles, .closeFiles, .save,
              .cancelSave:
              effects.start(effect, in: model.snapshot)
            }
          }
        }
        return step
      },
      view: { model, _ in view(model) })
  }
}
