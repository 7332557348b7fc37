import Dashboard
import Deploys
import Dispatch
import Foundation
import GitHub
import LogText
import Operations
import Polling
import Synchronization
import TerminalIO

/// Performs the effects of looking into runs: each is a task that can be called off by its key.
final class InspectionRunner: Sendable {
  /// What names a task.
  private enum Key: Hashable {
    case question(RunKey, attempt: Int, InspectionQuestion)
    case log(LogSource)
    case work(LogSource, LogWork.Kind)
    case files(FileContainer)
    case save(SaveRequest)
  }

  /// Where runs are read; `nil` where there are only files of this machine.
  private let session: Session?
  private let mailbox: Mailbox<Message>
  private struct Running {
    var id: Int
    var task: Task<Void, Never>
  }

  private struct State {
    var tasks: [Key: Running] = [:]
    var count = 0
  }

  private let state = Mutex(State())

  init(session: Session?, mailbox: Mailbox<Message>) {
    self.session = session
    self.mailbox = mailbox
  }

  /// Reads something about an attempt.
  func inspect(_ run: RunKey, attempt: Int, _ question: InspectionQuestion) {
    guard let session else { return }
    start(.question(run, attempt: attempt, question)) { [mailbox] in
      let answer =
        question == .attempt
        ? await session.attempt(attempt, of: run)
        : await session.inspector.answer(question, of: run, attempt: attempt)
      mailbox.post(.inspected(run, attempt: attempt, question, answer))
    }
  }

  /// Brings a text here and keeps it growing.
  func open(_ source: LogSource) {
    if case .local(path: let path) = source {
      open(path, as: source)
      return
    }
    guard let session else { return }
    start(.log(source)) { [mailbox] in
      for await delivery in session.inspector.open(source) {
        mailbox.post(.log(source, LogNews(delivery)))
      }
    }
  }

  private func open(_ path: String, as source: LogSource) {
    do {
      mailbox.post(.log(source, .opened(try LogFile(path: path))))
      mailbox.post(.log(source, .ended))
    } catch {
      mailbox.post(
        .log(source, .failed(ReadFailure(message: error.message, remedy: error.remedy))))
    }
  }

  /// Forgets a text and gives up what is done on it.
  func close(_ source: LogSource) {
    cancel { key in
      switch key {
      case .log(let other), .work(let other, _): other == source
      case .question, .files, .save: false
      }
    }
    session?.inspector.close(source)
  }

  /// Does some work on a text.
  func work(_ source: LogSource, _ work: LogWork) {
    start(.work(source, work.kind)) { [mailbox] in
      await Self.onThread { isCancelled in
        work.perform(isCancelled: isCancelled) { finding in
          mailbox.post(.log(source, .worked(work, finding)))
        }
      }
    }
  }

  /// Lists what a container holds.
  func list(_ container: FileContainer) {
    guard let session else { return }
    start(.files(container)) { [mailbox] in
      for await delivery in session.inspector.list(container) {
        mailbox.post(.files(container, FilesNews(delivery)))
      }
    }
  }

  /// Forgets a container.
  func close(_ container: FileContainer) {
    cancel { $0 == .files(container) }
    session?.inspector.close(container)
  }

  /// Writes something to a file.
  func save(_ request: SaveRequest) {
    guard let session else {
      let failure = ReadFailure(
        message: "not saved: it is a file of this machine already",
        remedy: "Copy it where you want it.")
      mailbox.post(.saved(request, .failed(failure)))
      return
    }
    start(.save(request)) { [mailbox] in
      for await news in session.inspector.save(request) {
        mailbox.post(.saved(request, news))
      }
    }
  }

  /// Stops writing something.
  func cancelSave(_ request: SaveRequest) {
    cancel { $0 == .save(request) }
  }

  /// Runs what is all computing on a thread that may be kept busy, unlike those that await.
  private static func onThread(
    _ work: @escaping @Sendable (_ isCancelled: @Sendable () -> Bool) -> Void
  ) async {
    let flag = CancelFlag()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        DispatchQueue.global(qos: .userInitiated).async {
          work { flag.isRaised.load(ordering: .relaxed) }
          continuation.resume()
        }
      }
    } onCancel: {
      flag.isRaised.store(true, ordering: .relaxed)
    }
  }

  private final class CancelFlag: Sendable {
    let isRaised = Atomic(false)
  }

  /// Calls everything off and waits for it.
  func finish() async {
    let tasks = state.withLock { state in
      defer { state.tasks = [:] }
      return state.tasks.values.map(\.task)
    }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }

  private func start(_ key: Key, _ work: @escaping @Sendable () async -> Void) {
    state.withLock { state in
      state.tasks[key]?.task.cancel()
      state.count += 1
      let id = state.count
      let task = Task {
        await work()
        self.state.withLock { state in
          if state.tasks[key]?.id == id { state.tasks[key] = nil }
        }
      }
      state.tasks[key] = Running(id: id, task: task)
    }
  }

  private func cancel(where isMeant: (Key) -> Bool) {
    state.withLock { state in
      for (key, running) in state.tasks where isMeant(key) {
        running.task.cancel()
        state.tasks[key] = nil
      }
    }
  }
}

extension LogNews {
  /// What the screen is told of a delivery.
  fileprivate init(_ delivery: LogDelivery) {
    self =
      switch delivery {
      case .fetching(let transfer): .fetching(transfer)
      case .opened(let file): .opened(file)
      case .grew: .grew
      case .ended: .ended
      case .failed(let failure): .failed(failure)
      }
  }
}

extension FilesNews {
  /// What the screen is told of a delivery.
  fileprivate init(_ delivery: FilesDelivery) {
    self =
      switch delivery {
      case .fetching(let transfer): .fetching(transfer)
      case .listed(let files): .listed(files)
      case .failed(let failure): .failed(failure)
      }
  }
}

extension Session {
  /// Reads an attempt and joins it.
  func attempt(_ attempt: Int, of run: RunKey) async -> InspectionAnswer {
    do {
      async let jobs = github.jobs(of: run, inAttempt: attempt)
      let attempt = try await github.run(run, attempt: attempt)
      guard let deploy = await poller.joined(attempt, jobs: try await jobs) else {
        return .failed(
          ReadFailure(
            message: "the run belongs to no configured environment",
            remedy: "Correct the environments' patterns."))
      }
      return .attempt(deploy)
    } catch let error as GitHubError {
      return .failed(ReadFailure(message: error.message, remedy: error.remedy))
    } catch {
      return .failed(ReadFailure(.cancelled, message: "not read", remedy: "R asks again."))
    }
  }
}
