package import Deploys
import GitHub
import LogText

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
    shelf.leave(.log(source), keeps: source.neverChanges)
  }

  /// Where the file of an open text stands, for a program that shows it; `nil` where it is not open.
  package func path(of source: LogSource) -> String? {
    shelf[.log(source)]?.file?.path
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
