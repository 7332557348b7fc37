import ArgumentParser
import Canvas
import Dashboard
import Deploys
import Foundation
import LogText
import Settings
import TerminalIO

/// `cdtop view`: a file of this machine in the pager.
struct ViewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view",
    abstract: "Open a file in the pager: a log that was saved, or any text, however large.")

  @OptionGroup var look: LookOptions

  @Argument(help: "The file.")
  var file: String

  func run() async throws {
    do {
      _ = try LogFile(path: file)
    } catch {
      throw Console.failure(error.message, remedy: error.remedy)
    }
    let environment = ProcessInfo.processInfo.environment
    let screen = try Screen(look, glyphs: .auto, environment: environment)
    let mailbox = Mailbox<Message>()
    let runner = InspectionRunner(session: nil, mailbox: mailbox)
    let (model, effects) = Model.viewer(
      of: file, saveFolder: FileManager.default.currentDirectoryPath, glyphs: screen.glyphs,
      now: Date())
    for effect in effects { _ = Self.start(effect, runner, environment, mailbox) }
    let end: LoopEnd
    do {
      end = try await TerminalLoop.run(
        state: model, options: screen.terminal, mailbox: mailbox,
        handlers: LoopHandlers(
          handle: { model, event in
            var step = LoopStep.proceed
            for message in event.messages {
              for effect in update(&model, message) {
                if let wish = Self.start(effect, runner, environment, mailbox) { step = wish }
              }
            }
            return step
          },
          view: { model, _ in view(model) }))
    } catch let error as TerminalError {
      throw Console.failure(error.message, remedy: error.remedy)
    }
    await runner.finish()
    try end.leave()
  }

  /// Starts what a file needs; nothing else can be asked for without a board.
  /// - Returns: What the loop is to do, where that is not just to go on.
  @Sendable
  private static func start(
    _ effect: Effect, _ runner: InspectionRunner, _ environment: [String: String],
    _ mailbox: Mailbox<Message>
  ) -> LoopStep? {
    switch effect {
    case .openLog(let source): runner.open(source)
    case .closeLog(let source): runner.close(source)
    case .workOnLog(let source, let work): runner.work(source, work)
    case .save(let request): runner.save(request)
    case .cancelSave(let request): runner.cancelSave(request)
    case .copy(let text): mailbox.post(.notice(Clipboard.copy(text)))
    case .lendLog(let source, let program):
      guard case .local(path: let path) = source else { return nil }
      let text = LentText(program, environment: environment)
      return .lend { if let notice = text.show(path) { mailbox.post(.notice(notice)) } }
    case .suspend: return .suspend
    case .quit: return .quit
    case .refreshNow, .openInBrowser, .loadDispatchForm, .loadWorkflows, .loadRefs, .loadTagPlan,
      .loadVersions, .loadPending, .preview, .mutate, .mutateAll, .stopBulk, .follow,
      .writeTerminal, .inspect, .listFiles, .closeFiles:
      break
    }
    return nil
  }
}
