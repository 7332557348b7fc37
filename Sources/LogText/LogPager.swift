/// A log on a screen: what is shown of it, and how that changes.
///
/// All of a pager's behaviour is here, as a value, without a terminal. It reads the file as it is
/// asked to, a few thousand bytes at a time. What may take longer than a frame is handed out as
/// ``LogWork``; whoever performs it hands the findings to ``take(_:of:)``.
package struct LogPager: Sendable, Equatable {
  /// The log.
  package let file: LogFile
  /// What the operator has chosen about the view.
  package internal(set) var options: Options
  /// The part of the file that is shown; `nil` for all of it.
  package internal(set) var slice: Range<Int>?
  /// The columns that a row may take.
  package internal(set) var columns: Int
  /// The rows of the screen.
  package internal(set) var height: Int
  /// What is to be drawn, from the top; fewer than the screen's rows where the log is shorter.
  package internal(set) var rows: [LogRow] = []
  /// What there is to tell beside the rows.
  package internal(set) var status = LogStatus()
  /// Where the line under the cursor begins.
  package internal(set) var cursor: Int
  /// What is looked for; `nil` for nothing.
  package internal(set) var pattern: LogPattern?
  /// What the lines that are shown must fit; `nil` shows them all.
  package internal(set) var filterPattern: LogPattern?
  /// What is known of the log's lines so far.
  package internal(set) var index = LogIndex()

  /// How many bytes of the file the pager knows of; ``grow()`` brings that up to date.
  var known: Int
  /// Whether nothing more will come.
  var isFinished = false
  /// Whether the screen goes with the log's end.
  var isFollowing = false
  /// Where the first row's line begins, and which of the line's rows it is.
  var top: Top
  /// The columns that are out of sight to the left.
  var left = 0
  var folds = FoldState()
  /// The hit that the search stands at.
  var hit: LogHit?
  /// Which of the hits that is; `nil` while that is not known.
  var hitNumber: Int?
  var hits: LogHitCount?
  var filtered: LogFilter?
  /// Lines of the filter's blocks that were looked up, by the number of the block.
  var filterLines: [Int: [Int]] = [:]
  /// The number of the line to go to as soon as it is known where that is.
  var wantedLine: Int?
  /// The line to go to, or near to, when the filter has come to it.
  var wantedByte: Int?
  /// Work that was handed out and has not ended.
  var underWay: [LogWork.Kind: LogWork] = [:]
  /// The columns that the log's full timestamps take; 0 where lines have none.
  var timestampColumns = 0
  var store: LineStore

  /// A row of a line.
  struct Top: Sendable, Equatable {
    /// Where the line begins.
    var line: Int
    /// The row in the line, counted from 0.
    var row = 0
  }

  /// Opens a log at its top; hand out the work of ``start()`` after it.
  ///
  /// - Parameters:
  ///   - file: the log.
  ///   - columns: the columns that a row may take.
  ///   - rows: the rows of the screen.
  ///   - options: what the operator has chosen about the view.
  ///   - slice: the part of the file to show, such as of one step; `nil` shows all of it.
  package init(
    file: LogFile, columns: Int, rows: Int, options: Options = Options(), slice: Range<Int>? = nil
  ) {
    self.file = file
    self.columns = max(1, columns)
    self.height = max(1, rows)
    self.options = options
    self.slice = slice
    known = file.count
    let bounds = Self.bounds(of: known, slice)
    store = LineStore(file: file, bounds: bounds)
    top = Top(line: bounds.lowerBound)
    cursor = bounds.lowerBound
    indexAtOnce()
    findTimestamps()
    cursor = firstShown() ?? bounds.lowerBound
    top = Top(line: cursor)
    isFollowing = options.follows
    if isFollowing { showBottom() } else { draw() }
  }

  /// The first work to do.
  package mutating func start() -> [LogWork] {
    workOnIndex()
  }

  /// The bytes that are shown.
  var bounds: Range<Int> { store.bounds }

  static func bounds(of count: Int, _ slice: Range<Int>?) -> Range<Int> {
    slice.map { $0.clamped(to: 0..<count) } ?? 0..<count
  }
}

extension LogPager {
  /// What of a line's timestamp is shown.
  package enum Timestamps: Sendable, Hashable, CaseIterable {
    /// Nothing.
    case hidden
    /// Hours, minutes and seconds.
    case time
    /// All of it.
    case full
  }

  /// What an operator can choose about the view.
  package struct Options: Sendable, Hashable {
    /// Whether long lines are broken; else they run on to the right.
    package var wraps: Bool
    /// What of a line's timestamp is shown.
    package var timestamps: Timestamps
    /// Whether the screen goes with the log's end as it grows.
    package var follows: Bool

    /// Creates a choice.
    package init(wraps: Bool = false, timestamps: Timestamps = .hidden, follows: Bool = false) {
      self.wraps = wraps
      self.timestamps = timestamps
      self.follows = follows
    }
  }

  /// Which problems to jump to.
  package enum Problem: Sendable, Hashable, CaseIterable {
    /// Errors, by the log's mark or by the words of common tools.
    case error
    /// Errors that the log marks as such.
    case markedError
    /// Warnings.
    case warning
    /// Errors and warnings.
    case any
  }

  /// What the words of a line tell of, where the log does not mark it.
  package enum Told: Sendable, Hashable {
    /// An error.
    case error
    /// A warning.
    case warning
  }
}
