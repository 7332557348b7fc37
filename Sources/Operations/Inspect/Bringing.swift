import Deploys
import LogText
import Synchronization

/// One fetch of something, for everybody who waits for it.
///
/// It ends by itself, or when nobody waits for it any more. Who comes late is told what has happened
/// so far.
final class Bringing: Sendable {
  /// Who waits.
  enum Role: Sendable {
    /// Somebody who looks at it, and may stop looking.
    case viewer
    /// Work that needs it whole.
    case reader
  }

  fileprivate enum Beat: Sendable {
    case transfer(Transfer)
    case growth
  }

  fileprivate enum End {
    case whole
    case failed(ReadFailure)
  }

  fileprivate struct Listener {
    var role: Role
    var continuation: AsyncStream<LogDelivery>.Continuation
  }

  fileprivate struct State {
    var transfer: Transfer?
    var file: PrivateFile?
    var log: LogFile?
    var wait: ReadFailure?
    var end: End?
    var isAbandoned = false
    var listeners: [Int: Listener] = [:]
    var count = 0
    /// Brings it; taken when the first who waits is there, who then misses nothing.
    var work: (@Sendable (Bringing) async throws -> Void)?
    var task: Task<Void, Never>?
    var pace: Pace<Beat>?
  }

  private let state = Mutex(State())

  /// Something that is brought when somebody waits for it.
  /// - Parameters:
  ///   - interval: How far apart news of the same kind are at least.
  ///   - sleep: Waits that long.
  ///   - work: Brings it, telling the object that it is given.
  init(
    interval: Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    work: @escaping @Sendable (Bringing) async throws -> Void
  ) {
    state.withLock { state in
      state.pace = Pace(interval, sleep: sleep) { [weak self] in self?.tell($0) }
      state.work = work
    }
  }

  // MARK: - Those who wait

  /// Everything that has happened and will happen; `nil` where it has been given up already.
  func news(for role: Role) -> AsyncStream<LogDelivery>? {
    let (stream, continuation) = AsyncStream.makeStream(of: LogDelivery.self)
    let id: Int? = state.withLock { state in
      guard !state.isAbandoned else { return nil }
      if let log = state.log {
        continuation.yield(.opened(log))
      } else if let transfer = state.transfer {
        continuation.yield(.fetching(transfer))
      }
      switch state.end {
      case .whole: continuation.yield(.ended)
      case .failed(let failure): continuation.yield(.failed(failure))
      case nil:
        if let wait = state.wait { continuation.yield(.failed(wait)) }
        state.count += 1
        state.listeners[state.count] = Listener(role: role, continuation: continuation)
        if let work = state.work { state.task = start(work) }
        state.work = nil
        return state.count
      }
      return 0
    }
    guard let id else { return nil }
    if id == 0 {
      continuation.finish()
    } else {
      continuation.onTermination = { [weak self] _ in self?.dismiss { $0.key == id } }
    }
    return stream
  }

  private func start(_ work: @escaping @Sendable (Bringing) async throws -> Void) -> Task<
    Void, Never
  > {
    Task {
      do {
        try await work(self)
        self.finish(.whole)
      } catch {
        self.finish(.failed(ReadFailure(reading: error)))
      }
    }
  }

  /// The file, when all of it is there.
  /// - Parameters:
  ///   - news: What ``news(for:)`` gave.
  ///   - onProgress: Is told how far it has come.
  /// - Returns: The file.
  /// - Throws: `ReadFailure`, also where it is not there yet; `CancellationError`.
  func whole(
    _ news: AsyncStream<LogDelivery>, onProgress: (Transfer) -> Void = { _ in }
  ) async throws -> PrivateFile {
    for await delivery in news {
      switch delivery {
      case .fetching(let transfer): onProgress(transfer)
      case .opened, .grew: if let file { onProgress(Transfer(received: file.count)) }
      case .ended: if let file { return file }
      case .failed(let failure): throw failure
      }
    }
    throw CancellationError()
  }

  /// Nobody looks at it any more; work that needs it goes on.
  func dismissViewers() {
    dismiss { $0.value.role == .viewer }
  }

  /// Gives it up for everybody and waits until nothing goes on.
  func cancel() async {
    dismiss { _ in true }
    await state.withLock { $0.task }?.value
  }

  private func dismiss(_ isMeant: ((key: Int, value: Listener)) -> Bool) {
    let (gone, task) = state.withLock { state in
      let gone = state.listeners.filter(isMeant)
      for id in gone.keys { state.listeners[id] = nil }
      guard state.listeners.isEmpty, state.end == nil else {
        return (gone, nil as Task<Void, Never>?)
      }
      state.isAbandoned = true
      return (gone, state.task)
    }
    task?.cancel()
    for listener in gone.values { listener.continuation.finish() }
  }

  // MARK: - What has come

  /// The file, once there is one.
  var file: PrivateFile? { state.withLock(\.file) }

  /// The text, once it is open.
  var log: LogFile? { state.withLock(\.log) }

  /// Whether all of it is there.
  var isWhole: Bool {
    state.withLock { if case .whole = $0.end { true } else { false } }
  }

  /// Whether it is of no use to those who come from now on.
  var isSpent: Bool {
    state.withLock { state in
      if case .failed = state.end { return true }
      return state.isAbandoned
    }
  }

  // MARK: - Those who bring it

  /// So much has come of what is not shown itself.
  func fetching(_ transfer: Transfer) {
    let pace = state.withLock { state in
      state.transfer = transfer
      return state.pace
    }
    pace?.offer(.transfer(transfer))
  }

  /// The file that the bytes have come into.
  func hold(_ file: PrivateFile) {
    state.withLock { $0.file = file }
  }

  /// A text has come, or more of it.
  /// - Throws: `LogFileError`.
  func show(_ file: PrivateFile) throws {
    let pace: Pace<Beat>? = try state.withLock { state in
      if state.log != nil { return state.pace }
      let log = try LogFile(path: file.path)
      state.file = file
      state.wait = nil
      state.log = log
      if state.end == nil { state.say(.opened(log)) }
      return nil
    }
    pace?.offer(.growth)
  }

  /// It is not there yet, and is waited for.
  func wait(for failure: ReadFailure) {
    state.withLock { state in
      guard state.end == nil, state.wait != failure else { return }
      state.wait = failure
      state.say(.failed(failure))
    }
  }

  private func tell(_ beat: Beat) {
    state.withLock { state in
      guard state.end == nil else { return }
      switch beat {
      case .transfer(let transfer):
        if state.log == nil { state.say(.fetching(transfer)) }
      case .growth:
        if state.log != nil { state.say(.grew) }
      }
    }
  }

  private func finish(_ end: End) {
    let (listeners, pace) = state.withLock { state in
      state.end = end
      if state.log != nil { state.say(.grew) }
      switch end {
      case .whole: state.say(.ended)
      case .failed(let failure): state.say(.failed(failure))
      }
      defer {
        state.listeners = [:]
        state.task = nil
        state.pace = nil
      }
      return (state.listeners, state.pace)
    }
    pace?.stop()
    for listener in listeners.values { listener.continuation.finish() }
  }
}

extension Bringing.State {
  fileprivate func say(_ delivery: LogDelivery) {
    for listener in listeners.values { listener.continuation.yield(delivery) }
  }
}
