/// Work on a log that may take longer than a frame, so that another thread does it.
///
/// A pager asks for it and takes the findings in; whoever performs it holds no state of its own.
package struct LogWork: Sendable, Hashable {
  /// What to do.
  package enum Task: Sendable, Hashable {
    /// Take in what the file holds beyond what an index knows already.
    case index(LogIndex)
    /// Find the next place that a pattern fits, from a byte on, forward or backward.
    case find(LogPattern, from: Int, isBackward: Bool)
    /// Count the places that a pattern fits.
    case count(LogPattern)
    /// Find the lines that a pattern fits, for a view that shows no others.
    case filter(LogPattern)
  }

  /// The log.
  package var file: LogFile
  /// What to do.
  package var task: Task

  /// Creates a piece of work.
  package init(_ task: Task, on file: LogFile) {
    self.file = file
    self.task = task
  }
}
