import Dashboard
import Deploys
import Foundation
import Polling
import Operations
import Settings
import TerminalIO

/// Performs the effects that `update` asks for and posts what came of them.
final class EffectRunner: Sendable {
  private let session: Session
  private let mailbox: Mailbox<Message>
  private let notices: NoticeRunner
  private let operations: OperationRunner
  private let inspections: InspectionRunner

  init(session: Session, notices: NoticeRunner, mailbox: Mailbox<Message>) {
    self.session = session
    self.notices = notices
    self.mailbox = mailbox
    operations = OperationRunner(session: session, notices: notices, mailbox: mailbox)
    inspections = InspectionRunner(session: session, mailbox: mailbox)
  }

  /// Starts an effect; called on the terminal's own thread.
  func start(_ effect: Effect, in snapshot: Snapshot) {
    switch effect {
    case .refreshNow:
      Task { await session.poller.refresh() }
    case .openInBrowser(let url):
      open(url)
    case .copy(let text):
      mailbox.post(.notice(Clipboard.copy(text)))
    case .loadDispatchForm, .loadWorkflows, .loadRefs, .loadTagPlan, .loadVersions, .loadPending,
      .preview, .mutate, .mutateAll, .stopBulk:
      operations.start(effect)
    case .follow(let run, let isWanted):
      notices.follow(run, isWanted)
    case .inspect(let run, let attempt, let question):
      inspections.inspect(run, attempt: attempt, question)
    case .openLog(let source): inspections.open(source)
    case .closeLog(let source): inspections.close(source)
    case .workOnLog(let source, let work): inspections.work(source, work)
    case .listFiles(let container): inspections.list(container)
    case .closeFiles(let container): inspections.close(container)
    case .save(let request): inspections.save(request)
    case .cancelSave(let request): inspections.cancelSave(request)
    case .quit, .suspend, .lendLog, .writeTerminal:
      break
    }
  }

  /// Waits for mutations that are under way when the board is left; no other is sent.
  func finish() async -> OperationRunner.Remains {
    async let remains = operations.finish()
    await inspections.finish()
    return await remains
  }

  /// What shows an open text in a program of the operator's, to be run while the terminal is lent.
  func lend(_ source: LogSource, to program: TextProgram) -> @Sendable () -> Void {
    let text = LentText(
      program, environment: ProcessInfo.processInfo.environment, withholding: secret)
    return { [session, mailbox] in
      guard let path = session.inspector.path(of: source) else {
        mailbox.post(.notice(Notice("nothing of it is here yet", .warning)))
        return
      }
      if let notice = text.show(path) { mailbox.post(.notice(notice)) }
      session.inspector.takeBack(source)
    }
  }

  /// The variable that holds the webhook's address, which no other program is given.
  private var secret: String? { session.configuration.notices.webhookVariable }

  // MARK: - The operator's desktop

  private func open(_ url: String) {
    guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
      mailbox.post(.notice(Notice("this run has no page", .warning)))
      return
    }
    guard let browser = Browser.find(in: ProcessInfo.processInfo.environment) else {
      mailbox.post(.notice(Notice("no browser found; y copies \(url)", .warning)))
      return
    }
    do {
      try browser.open(
        url,
        environment: ChildEnvironment.of(
          ProcessInfo.processInfo.environment, withholding: secret))
      mailbox.post(.notice(Notice("opening \(url)")))
    } catch {
      mailbox.post(.notice(Notice("\(browser.path) cannot be run; y copies the link", .warning)))
    }
  }
}

/// A program that opens pages.
struct Browser {
  let path: String

  /// The program that `BROWSER` names, else the desktop's own; `nil` where there is none.
  static func find(in environment: [String: String]) -> Browser? {
    let names = [environment["BROWSER"], "xdg-open", "open", "wslview"].compactMap(\.self)
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for name in names where !name.isEmpty {
      let candidates = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
      if let path = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) {
        return Browser(path: path)
      }
    }
    return nil
  }

  /// Opens a page without touching the terminal.
  /// - Parameters:
  ///   - url: The page.
  ///   - environment: All the variables of the browser.
  /// - Throws: The system's error where the program cannot be started.
  func open(_ url: String, environment: [String: String]) throws {
    let process = Process()
    process.environment = environment
    process.executableURL = URL(filePath: path)
    process.arguments = [url]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }
}
