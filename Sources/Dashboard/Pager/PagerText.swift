import Deploys
import LogText

/// One text of a pager: how far it has come, and what is shown of it.
struct PagerText: Sendable, Equatable {
  /// How far a text has come.
  enum State: Sendable, Equatable {
    /// Asked for; so much has come, where that is known.
    case fetching(Transfer?)
    /// Here, and it may grow.
    case growing
    /// Here, all of it.
    case whole
    /// It cannot be read, or no further.
    case failed(ReadFailure)
  }

  let source: LogSource
  var state = State.fetching(nil)
  /// The text on the screen; `nil` until its first bytes have come.
  var log: LogPager?
  /// The bytes of a job's steps by their numbers; `nil` until they have been looked for.
  var slices: [Int: Range<Int>]?
  /// The step that is shown alone; `nil` for all of the text.
  var step: Int?
  /// Where the reader is to be put, until that has been done.
  var start: PagerRequest.Start?
  /// Whether the reader goes with the end from the beginning.
  var followsFirst = false
  /// Whether all groups were folded last, rather than opened.
  var isFolded = false
  /// Whether the first error is being looked for on the reader's behalf.
  var awaitsError = false
  /// Whether what is looked for is looked for backward.
  var searchesBackward = false

  init(_ source: LogSource, start: PagerRequest.Start = .top, followsFirst: Bool = false) {
    self.source = source
    self.start = start
    self.followsFirst = followsFirst
  }

  /// The step that the reader is to be taken to, until that has been done.
  var wantedStep: Int? {
    switch start {
    case .step(let number), .errorInStep(let number): number
    case .top, .end, .byte, .firstError, nil: nil
    }
  }

  /// Why it cannot be read, or no further.
  var failure: ReadFailure? {
    guard case .failed(let failure) = state else { return nil }
    return failure
  }

  /// Whether more may come.
  var isGrowing: Bool { state == .growing }

  /// Whether the reader waits for a place that only the whole text tells, so that nothing is shown
  /// before it is there.
  var isHeldBack: Bool {
    guard case .job = source, state == .growing else { return false }
    switch start {
    case .step, .errorInStep, .firstError: return true
    case .top, .end, .byte, nil: return false
    }
  }

  /// The text, if it may be shown.
  var visibleLog: LogPager? { isHeldBack ? nil : log }

  /// Changes what is shown, and asks for the work that follows from it.
  mutating func change(_ change: (inout LogPager) -> [LogWork]) -> [Effect] {
    // Taken out, so that what it holds is changed in place instead of being copied.
    guard var log = log.take() else { return [] }
    let work = change(&log)
    self.log = log
    return work.map { .workOnLog(source, $0) }
  }
}
