import Foundation
import Synchronization

/// One run of a child process: waits for its end and for all that it prints, whichever come last.
final class ChildRun: Sendable {
  private struct State {
    var ending: (status: Int32, isBySignal: Bool)?
    var output: Data?
    var complaint: Data?
    var continuation: CheckedContinuation<ChildProcess.Ending, Never>?
    var isStopped = false
  }

  private let process: Process
  private let isHeard: Bool
  private let state = Mutex(State())

  /// More than any credentials need; the rest is read and thrown away.
  private static let limit = 65_536

  /// Prepares a run.
  /// - Parameters:
  ///   - process: The process, not started.
  ///   - isHeard: Whether what it prints is collected.
  init(_ process: Process, isHeard: Bool) {
    self.process = process
    self.isHeard = isHeard
  }

  /// Starts the process and resumes the continuation once, when all is over.
  func start(_ continuation: CheckedContinuation<ChildProcess.Ending, Never>) {
    let output = isHeard ? Pipe() : nil
    let complaint = isHeard ? Pipe() : nil
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = complaint ?? FileHandle.nullDevice
    process.terminationHandler = { [weak self] process in
      self?.end(process.terminationStatus, isBySignal: process.terminationReason == .uncaughtSignal)
    }
    let hasStarted = state.withLock { state in
      guard !state.isStopped else {
        continuation.resume(returning: .tookTooLong)
        return false
      }
      do {
        try process.run()
        state.continuation = continuation
        return true
      } catch {
        process.terminationHandler = nil
        continuation.resume(returning: .notStarted(error.localizedDescription))
        return false
      }
    }
    guard hasStarted else { return }
    watch()
    collect(output) { $0.output = $1 }
    collect(complaint) { $0.complaint = $1 }
  }

  /// Ends the process and stops waiting, also for children of its own that hold the pipes open.
  func stop() {
    let continuation = state.withLock { state in
      defer { state.continuation = nil }
      state.isStopped = true
      return state.continuation
    }
    guard let continuation else { return }
    if process.isRunning {
      let id = process.processIdentifier
      // Where it leads a group of its own, the programs that it has started end with it.
      kill(getpgid(id) == id ? -id : id, SIGKILL)
    }
    continuation.resume(returning: .tookTooLong)
  }

  /// Reads a pipe to its end on a thread of its own, because reading blocks.
  private func collect(
    _ pipe: Pipe?, into store: @escaping @Sendable (inout State, Data) -> Void
  ) {
    guard let pipe else {
      finish { store(&$0, Data()) }
      return
    }
    let handle = pipe.fileHandleForReading
    Thread.detachNewThread {
      var content = Data()
      while let data = try? handle.read(upToCount: 4_096), !data.isEmpty {
        content.append(data.prefix(max(0, Self.limit - content.count)))
      }
      let whole = content
      self.finish { store(&$0, whole) }
    }
  }

  /// Notices the end of the process itself, on a thread of its own.
  ///
  /// Foundation on Linux sees it only once every program that it has started has ended too, for it
  /// waits until all have let go of a socket. It goes on to do so, and clears the process away.
  private func watch() {
    #if canImport(Glibc)
    let id = process.processIdentifier
    Thread.detachNewThread {
      var information = siginfo_t()
      while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0 {
        guard errno == EINTR else { return }
      }
      self.end(
        information._sifields._sigchld.si_status,
        isBySignal: information.si_code != Int32(CLD_EXITED))
    }
    #endif
  }

  private func end(_ status: Int32, isBySignal: Bool) {
    finish { $0.ending = $0.ending ?? (status, isBySignal) }
  }

  private func finish(_ change: (inout State) -> Void) {
    let finished = state.withLock { state in
      change(&state)
      guard let continuation = state.continuation, let ending = Self.ending(state) else {
        return nil as (CheckedContinuation<ChildProcess.Ending, Never>, ChildProcess.Ending)?
      }
      state.continuation = nil
      return (continuation, ending)
    }
    if let (continuation, ending) = finished { continuation.resume(returning: ending) }
  }

  private static func ending(_ state: State) -> ChildProcess.Ending? {
    guard let ending = state.ending, let output = state.output, let complaint = state.complaint
    else { return nil }
    if ending.isBySignal { return .killed(signal: ending.status) }
    let words = String(decoding: complaint, as: UTF8.self)
    let line = words.drop(while: \.isWhitespace).prefix { !$0.isNewline }.prefix(200)
    return .exited(ending.status, output: output, complaint: String(line))
  }
}
