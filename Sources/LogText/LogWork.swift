/// Work on a log that may take longer than a frame, so that another thread does it.
///
/// A pager asks for it and takes the findings in; whoever performs it holds no state of its own.
package struct LogWork: Sendable, Hashable {
  /// Which of a pager's pieces of work this is; a new one takes the place of an old one of its kind.
  package enum Kind: Sendable, Hashable, CaseIterable {
    /// Taking in lines and groups.
    case index
    /// Looking for the next hit or problem.
    case find
    /// Counting hits.
    case count
    /// Collecting the lines that a filter shows.
    case filter
  }

  /// What to do.
  enum Task: Sendable, Hashable {
    /// Take in what an index does not know, up to an offset.
    case index(LogIndex, upTo: Int)
    /// Find the next place that fits, from an offset on or before it.
    case find(LogQuery, from: Int, isBackward: Bool)
    /// Find the next problem, in lines that begin at an offset or after it, or before it.
    case findProblem(LogPager.Problem, LogQuery, from: Int, isBackward: Bool)
    /// Count the places that fit, beyond those counted already.
    case count(LogQuery, LogHitCount)
    /// Find the lines that fit, beyond those found already.
    case filter(LogQuery, LogFilter)
  }

  /// The log.
  package let file: LogFile
  /// What to do.
  let task: Task

  init(_ task: Task, on file: LogFile) {
    self.file = file
    self.task = task
  }

  /// Which kind of work it is.
  package var kind: Kind {
    switch task {
    case .index: .index
    case .find, .findProblem: .find
    case .count: .count
    case .filter: .filter
    }
  }

  /// Does the work on the calling thread, block by block.
  ///
  /// `isCancelled` is asked every few thousand bytes; work that is cancelled reports nothing more.
  /// Every finding is a later state of the same; the last one is complete.
  package func perform(isCancelled: () -> Bool, report: (LogFinding) -> Void) {
    // A search keeps the closure as long as it lives, which is until the work has ended.
    withoutActuallyEscaping(isCancelled) { run(isCancelled: $0, report: report) }
  }

  private func run(isCancelled: @escaping () -> Bool, report: (LogFinding) -> Void) {
    do throws(SearchFailure) {
      switch task {
      case .index(let index, let end):
        buildIndex(on: index, upTo: end, isCancelled: isCancelled, report: report)
      case .find(let query, let start, let isBackward):
        let search = try LogSearch(file, query, isCancelled: isCancelled)
        try search.find(from: start, isBackward: isBackward, report: report)
      case .findProblem(let problem, let query, let start, let isBackward):
        let search = try LogSearch(file, query, isCancelled: isCancelled)
        try search.findProblem(problem, from: start, isBackward: isBackward, report: report)
      case .count(let query, let known):
        let search = try LogSearch(file, query, isCancelled: isCancelled)
        try search.count(beyond: known, report: report)
      case .filter(let query, let known):
        let search = try LogSearch(file, query, isCancelled: isCancelled)
        try search.filter(beyond: known, report: report)
      }
    } catch {
      if !isCancelled() { report(.failed(error.message)) }
    }
  }
}

extension LogWork {
  /// So many bytes are taken in between two states of the index.
  private static let reported = 16 * 1024 * 1024
  /// After so many bytes the first state is reported, so that the first screen has its groups.
  private static let reportedFirst = 1024 * 1024

  private func buildIndex(
    on index: LogIndex, upTo end: Int, isCancelled: () -> Bool, report: (LogFinding) -> Void
  ) {
    var builder = index.settled
    var next = builder.covered + Self.reportedFirst
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: SearchBlock.length, alignment: 16)
    defer { buffer.deallocate() }
    while !isCancelled() {
      let start = builder.covered
      let wanted = min(buffer.count, end - start)
      let read = file.read(
        at: start, into: UnsafeMutableRawBufferPointer(rebasing: buffer[0..<max(0, wanted)]))
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[0..<read])
      // The last bytes of a block only tell how its last line goes on.
      let isEnd = start + read >= end || read < wanted
      builder.take(bytes, count: isEnd ? read : read - LogLine.parsedLength)
      if isEnd {
        var whole = builder
        let rest = builder.covered - start
        whole.take(
          UnsafeRawBufferPointer(rebasing: bytes[rest...]), count: read - rest, isTail: true)
        report(.indexed(LogIndex(whole, settled: builder)))
        return
      }
      if builder.covered >= next {
        report(.indexed(LogIndex(builder, settled: builder)))
        next = builder.covered + Self.reported
      }
    }
  }
}
