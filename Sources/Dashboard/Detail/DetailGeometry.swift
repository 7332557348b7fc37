import Canvas

/// Where the parts of a run's screen lie.
///
/// Below 80 columns, or on a low screen, the panes become tabs.
struct DetailGeometry: Sendable, Equatable {
  /// What there is to show.
  struct Wish: Sendable, Equatable {
    var verdict: Int
    var jobs: Int
    var why: Int
  }

  /// Which panes there are to go through.
  let panes: [DetailPane]
  /// Whether only one of them is seen at a time.
  let isTabbed: Bool
  /// The run: its name, its state, its times.
  let header: Rect
  /// What the run is about; empty on a low screen.
  let about: Rect
  let verdict: Rect
  /// The tabs or the attempts.
  let title: Rect
  /// The labels of the axis; empty where there are no bars.
  let axis: Rect
  /// The jobs and their bars; empty where they are not seen.
  let table: Rect
  /// What the row under the cursor is, in words.
  let facts: Rect
  /// The failing lines and the rest; empty where they are not seen.
  let why: Rect
  /// The columns of the jobs' names, and of their durations.
  let nameWidth: Int
  /// Whether the names have durations beside them.
  let showsTime: Bool

  /// The columns of the axis.
  var barWidth: Int { axis.size.columns }

  /// Nothing.
  init() { self.init(size: .zero, pane: .jobs, wish: Wish(verdict: 0, jobs: 0, why: 0)) }

  /// Lays out a screen.
  /// - Parameters:
  ///   - size: The screen without its last row.
  ///   - pane: The pane that has the keys.
  ///   - wish: How many rows each part could use.
  init(size: Size, pane: DetailPane, wish: Wish) {
    let width = size.columns
    let isNarrow = width < 80
    isTabbed = isNarrow || size.rows < 15
    panes = isNarrow ? [.jobs, .timeline, .why] : [.jobs, .why]
    let isTall = size.rows >= 30
    let (header, belowHeader) = Rect(size: size).split(topRows: 1)
    let (about, belowAbout) = belowHeader.split(topRows: isTall && !isNarrow ? 1 : 0)
    let most = isTabbed ? max(1, (size.rows - 3) / 4) : (size.rows + 1) * 3 / 10
    let (verdict, belowVerdict) = belowAbout.split(topRows: min(wish.verdict, most))
    let (title, body) = belowVerdict.split(topRows: 1)
    (self.header, self.about, self.verdict, self.title) = (header, about, verdict, title)
    let nothing = Rect(origin: body.origin, size: .zero)
    switch (isNarrow, pane) {
    case (false, _): (nameWidth, showsTime) = (min(64, width * 42 / 100), true)
    case (true, .timeline): (nameWidth, showsTime) = (max(14, width * 36 / 100), false)
    case (true, .jobs), (true, .why): (nameWidth, showsTime) = (width, true)
    }
    if isTabbed {
      let showsWhy = pane == .why
      let factRows = !showsWhy && body.size.rows >= 5 ? 1 : 0
      // Tabs leave no room beside them on a narrow screen.
      let (labels, below) = body.split(topRows: pane == .timeline ? 1 : 0)
      let (list, facts) = below.split(bottomRows: factRows)
      let line = isNarrow ? labels : showsWhy ? nothing : title
      axis = line.split(leftColumns: nameWidth + 1).rest
      self.facts = facts
      table = showsWhy ? nothing : list
      why = showsWhy ? list : nothing
    } else {
      let factRows = isTall ? 3 : 1
      let room = max(0, body.size.rows - factRows)
      let share = pane == .why ? room * 2 / 3 : room / 2
      let forWhy = wish.jobs + wish.why <= room ? wish.why : max(room - wish.jobs, share)
      let (list, rest) = body.split(topRows: max(3, min(wish.jobs, room - min(forWhy, wish.why))))
      (facts, why) = rest.split(topRows: factRows)
      table = list
      axis = title.split(leftColumns: nameWidth + 1).rest
    }
  }
}

/// A part of a run's screen that the keys can act on.
enum DetailPane: Sendable, Equatable, CaseIterable {
  /// The jobs and their steps, beside the timeline where there is room for it.
  case jobs
  /// The jobs beside the timeline, where the two are tabs of their own.
  case timeline
  /// Why it failed: the failing lines, the annotations, the marker, what the run has left.
  case why

  /// Whether the cursor is on the jobs.
  var isTable: Bool { self != .why }

  /// What it is called.
  var title: String {
    switch self {
    case .jobs: "jobs"
    case .timeline: "timeline"
    case .why: "failure"
    }
  }
}
