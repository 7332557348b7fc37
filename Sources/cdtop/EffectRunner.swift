import Dashboard
import Deploys
import Foundation
import Operations
import Polling
import Synchronization
import TerminalIO

/// Performs the effects that `update` asks for and posts what came of them.
final class EffectRunner: Sendable {
  private let session: Session
  private let mailbox: Mailbox<Message>
  private let inspections: InspectionRunner
  private let mutations = Mutex<[Int: Task<Void, Never>]>([:])
  private let counter = Mutex(0)
  /// How the newest operation ended, until a screen has shown it.
  private let unshown = Mutex<[OperationOutcome]>([])

  init(session: Session, mailbox: Mailbox<Message>) {
    self.session = session
    self.mailbox = mailbox
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
    case .loadDispatchForm(let key):
      loadForm(key, in: snapshot)
    case .dispatch(let request):
      mutate {
        let outcome = await $0.operations.dispatch(request)
        await $0.follow(outcome, in: request.repository)
        return (.dispatchFinished(request, outcome), outcome)
      }
    case .retry(let request):
      mutate {
        let outcome = await $0.operations.retry(request)
        await $0.follow(outcome, in: request.run.repository)
        return (.retryFinished(request, outcome), outcome)
      }
    case .inspect(let run, let attempt, let question):
      inspections.inspect(run, attempt: attempt, question)
    case .openLog(let source): inspections.open(source)
    case .closeLog(let source): inspections.close(source)
    case .workOnLog(let source, let work): inspections.work(source, work)
    case .listFiles(let container): inspections.list(container)
    case .closeFiles(let container): inspections.close(container)
    case .save(let request): inspections.save(request)
    case .cancelSave(let request): inspections.cancelSave(request)
    case .quit, .suspend, .lendLog:
      break
    }
  }

  /// Waits for mutations that are under way when the board is left.
  /// - Returns: How they ended, which no screen has shown.
  func finish() async -> [OperationOutcome] {
    let open = mutations.withLock { Array($0.values) }
    await inspections.finish()
    unshown.withLock { $0 = [] }
    for task in open { await task.value }
    return unshown.withLock { $0 }
  }

  /// What shows an open text in a program of the operator's, to be run while the terminal is lent.
  func lend(_ source: LogSource, to program: TextProgram) -> @Sendable () -> Void {
    let text = LentText(program, environment: ProcessInfo.processInfo.environment)
    return { [session, mailbox] in
      guard let path = session.inspector.path(of: source) else {
        mailbox.post(.notice(Notice("nothing of it is here yet", .warning)))
        return
      }
      if let notice = text.show(path) { mailbox.post(.notice(notice)) }
    }
  }

  private func mutate(_ work: @escaping @Sendable (Session) async -> (Message, OperationOutcome)) {
    let id = counter.withLock { count in
      count += 1
      return count
    }
    mutations.withLock { tasks in
      tasks[id] = Task {
        let (message, outcome) = await work(session)
        unshown.withLock { $0.append(outcome) }
        mailbox.post(message)
        mutations.withLock { $0[id] = nil }
      }
    }
  }

  private func loadForm(_ key: RunKey, in snapshot: Snapshot) {
    guard let deploy = snapshot.deploy(key) else {
      mailbox.post(
        .dispatchFormLoaded(
          key, .failed(message: "the run is not on the board any more", remedy: "Choose another.")))
      return
    }
    let isProtected = snapshot.environment(deploy.environment)?.isProtected ?? true
    Task {
      let answer = await session.operations.dispatchForm(for: deploy, isProtected: isProtected)
      mailbox.post(.dispatchFormLoaded(key, answer))
    }
  }

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
      try browser.open(url)
      mailbox.post(.notice(Notice("opening \(url)")))
    } catch {
      mailbox.post(.notice(Notice("\(browser.path) cannot be run; y copies the link", .warning)))
    }
  }
}

extension Session {
  /// Makes the engine follow what an operation has created.
  fileprivate func follow(_ outcome: OperationOutcome, in repository: RepositoryName) async {
    switch outcome {
    case .done(_, let run?): await poller.track(run)
    case .done(_, nil), .unknown: await poller.expectRun(in: repository)
    case .refused: await poller.refresh()
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
  /// - Throws: The system's error where the program cannot be started.
  func open(_ url: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = [url]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }
}
