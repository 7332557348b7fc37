import ArgumentParser
import Canvas
import Dashboard
import Deploys
import Foundation
import Operations
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
    let environment = ProcessInfo.processInfo.environment
    let notices = NoticeRunner(session: session, environment: environment, mailbox: mailbox)
    let effects = EffectRunner(session: session, notices: notices, mailbox: mailbox)
    let telling = Task { await notices.run() }
    let engine = Task { await session.poller.run() }
    let news = Task {
      for await snapshot in session.poller.snapshots {
        await notices.take(snapshot)
        mailbox.post(.snapshot(snapshot))
        mailbox.post(.nextRefresh(await session.poller.nextListing()))
      }
    }
    let model = Model(
      snapshot: .empty(session.configuration.environments, at: Date()), context: context,
      saveFolder: session.configuration.files.folder
        ?? FileManager.default.currentDirectoryPath,
      limits: session.configuration.limits, glyphs: screen.glyphs,
      timeZone: session.configuration.timeZone ?? .current, now: Date())
    await tellUnfinished(in: mailbox)
    let end: LoopEnd
    do {
      end = try await TerminalLoop.run(
        state: model, options: screen.terminal, mailbox: mailbox, handlers: handlers(effects))
    } catch let error as TerminalError {
      await stop(engine, news, telling)
      throw Console.failure(error.message, remedy: error.remedy)
    }
    let remains = await effects.finish()
    for outcome in remains.outcomes { try? outcome.report(url: nil) }
    if let unsent = remains.unsent { Console.complain(unsent) }
    await session.inspector.close()
    await stop(engine, news, telling)
    try end.leave()
  }

  /// Says what an earlier process has left without an outcome: nobody knows whether it was done.
  private func tellUnfinished(in mailbox: Mailbox<Message>) async {
    let open = await session.operations.unfinished()
    guard let newest = open.first else { return }
    let count = open.count == 1 ? "an action" : "\(open.count) actions"
    mailbox.post(
      .notice(
        Notice(
          "\(count) of an earlier cdtop may or may not have been done: "
            + "\(newest.intent.summary); `cdtop audit` tells more", .error)))
  }

  /// Ends the engine and what it has under way before the connections go.
  private func stop(_ tasks: Task<Void, Never>...) async {
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
    await session.transport.shutdown()
  }

  private func handlers(_ effects: EffectRunner) -> LoopHandlers<Model, Message> {
    LoopHandlers(
      handle: { model, event in
        var step = LoopStep.proceed
        for message in event.messages {
          for effect in update(&model, message) {
            switch effect {
            case .quit: return .quit
            case .suspend: step = .suspend
            case .lendLog(let source, let program):
              step = .lend(effects.lend(source, to: program))
            case .writeTerminal(let bytes):
              try? FileHandle.standardOutput.write(contentsOf: bytes)
            case .refreshNow, .openInBrowser, .copy, .loadDispatchForm, .loadWorkflows, .loadRefs,
              .loadTagPlan, .loadVersions, .loadPending, .preview, .mutate, .mutateAll, .stopBulk,
              .follow, .inspect, .openLog, .closeLog, .workOnLog, .listFiles, .closeFiles, .save,
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

extension LoopEvent where Message == Dashboard.Message {
  /// What the model is told of it.
  var messages: [Message] {
    switch self {
    case .keys(let keys): [.keys(keys)]
    case .pasted(let text): [.pasted(text)]
    case .messages(let posted): posted
    case .resized(let size): [.resized(size)]
    case .tick, .resumed: [.tick(Date())]
    }
  }
}

extension LoopEnd {
  /// Leaves the program with the code that belongs to this end.
  /// - Throws: An exit code where it did not end by the operator's wish.
  func leave() throws {
    switch self {
    case .quit, .finished: return
    case .signal(let number): throw ExitCode(128 + number)
    case .hangup: throw ExitCode(128 + SIGHUP)
    }
  }
}
