package import Deploys
import Foundation
import GitHub
import LogText
import Synchronization

extension Inspector {
  /// How far apart news of the same kind are at least: more would not be seen.
  static let beat = Duration.milliseconds(50)

  /// Brings a text here and keeps it growing.
  ///
  /// The stream ends after ``LogDelivery/ended`` or ``LogDelivery/failed(_:)``, but for a text that
  /// is not there yet. The text itself stays until ``close(_:)-(LogSource)``. Whoever stops reading
  /// the stream gives the text up, unless somebody else waits for it.
  package func open(_ source: LogSource) -> AsyncStream<LogDelivery> {
    bring(source, for: .viewer)?.news ?? AsyncStream { $0.finish() }
  }

  /// Nobody looks at a text any more: its streams end, and it is forgotten.
  package func close(_ source: LogSource) {
    takeBack(source)
    shelf.leave(.log(source), keeps: source.neverChanges)
  }

  /// Where a copy of an open text stands, for a program that shows it; `nil` where it is not open,
  /// or where no copy can be made.
  package func path(of source: LogSource) -> String? {
    try? lend(source)
  }

  /// Makes a copy of an open text for a program that shows it.
  ///
  /// Whatever that does to it, the text stays as it was served. It may only be read, and by its
  /// owner alone. It goes with ``takeBack(_:)``, or with ``close(_:)-(LogSource)``.
  /// - Returns: Where it stands; `nil` where the text is not open.
  /// - Throws: `ReadFailure`.
  package func lend(_ source: LogSource) throws -> String? {
    guard let file = shelf[.log(source)]?.file else { return nil }
    do {
      let copy = try folder.makeFile("lent")
      try file.bytes.forEachPiece(of: 0..<file.count) { try copy.bytes.append($0) }
      guard fchmod(copy.bytes.number, 0o400) == 0 else {
        throw FileError(.create, copy.path, for: .looking)
      }
      lent.withLock { $0[source] = copy }
      return copy.path
    } catch {
      throw ReadFailure(reading: error)
    }
  }

  /// The program that was shown a text has ended: its copy is removed.
  package func takeBack(_ source: LogSource) {
    // The file goes when the last reference does, which is not while the state is locked.
    let copy = lent.withLock { $0.removeValue(forKey: source) }
    withExtendedLifetime(copy) {}
  }

  /// Waits for a text, which is fetched where nobody has it.
  func bring(
    _ source: LogSource, for role: Bringing.Role
  ) -> (thing: Bringing, news: AsyncStream<LogDelivery>)? {
    shelf.news(of: .log(source), for: role) {
      Bringing(interval: Self.beat, sleep: sleep) { [self] thing in
        switch source {
        case .job(let run, let job): try await bring(job: job, of: run, to: thing)
        case .attempt(let run, let attempt): try await bring(attempt: attempt, of: run, to: thing)
        case .build(let build): try await BuildTail(build, by: self).bring(to: thing)
        case .file(let container, let path):
          try await bring(path, of: container, to: thing)
        case .local(let path):
          throw ReadFailure(
            message: "\(path) is a file of this machine", remedy: "`cdtop view` shows it.")
        }
      }
    }
  }

  /// A text that work needs whole, as a file.
  /// - Throws: `ReadFailure`, also where it is not there yet.
  func whole(_ source: LogSource) async throws -> PrivateFile {
    guard let (thing, news) = bring(source, for: .reader) else { throw CancellationError() }
    defer { shelf.settle(.log(source), keeps: source.neverChanges) }
    return try await thing.whole(news)
  }

  /// Fetches a file into one that is shown while it comes.
  func show(_ remote: Remote, kind: StaticString, in thing: Bringing) async throws {
    let file = try folder.makeFile(kind)
    let receiver = Receiver(file.bytes, .comparing) { transfer in
      // Before the first byte a server may still turn out to have none.
      if transfer.received > 0 { try thing.show(file) }
    }
    try await remote.download(into: receiver)
    try receiver.finish()
    try thing.show(file)
  }
}

extension LogSource {
  /// Whether the text, once it is whole, is the same for ever.
  var neverChanges: Bool {
    switch self {
    case .job: true
    case .attempt, .build, .file, .local: false
    }
  }
}
