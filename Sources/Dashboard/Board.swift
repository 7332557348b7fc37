import Canvas
import Deploys

/// What the operator looks at on the board, and where the cursor is.
struct Board: Sendable, Equatable {
  /// The rows, derived from the newest snapshot.
  private(set) var rows: [BoardRow] = []
  /// The columns, for these rows and the screen's width.
  private(set) var layout = ColumnLayout()
  /// The widest text of each column since the screen last changed its size.
  ///
  /// It never shrinks meanwhile: columns that jump about with every snapshot cannot be read.
  private var widths: [Column: Int] = [:]
  /// How many deploys are shown, of all that there are.
  private(set) var matches = 0
  private(set) var total = 0
  /// What the cursor is on, by identity.
  private(set) var selection: BoardRow.ID?
  /// The first row on the screen.
  private(set) var top = 0
  /// How many rows the screen has for the board.
  private(set) var height = 0

  private(set) var expanded: Set<DeployID> = []
  private(set) var isActiveOnly = false
  /// The words that are shown only, as typed; empty for everything.
  var filterText = "" {
    didSet { if filterText != oldValue { kept = [] } }
  }
  /// The last words that were looked for, for going from one match to the next.
  var lastSearch = ""
  /// The runs that were just acted on: no filter hides them.
  private var kept: Set<RunKey> = []
  /// The one of them that the cursor was on when that was looked at last.
  private var keptUnderCursor: RunKey?
  /// What the cursor was on before a filter hid it.
  private var hiddenSelection: BoardRow.ID?
  /// Whether the operator has chosen where the cursor is.
  private var isSelectionChosen = false

  /// The row that the cursor is on.
  var selectedIndex: Int? { index(of: selection) }
  var selectedRow: BoardRow? { selectedIndex.map { rows[$0] } }

  /// The rows on the screen.
  var visibleRows: ArraySlice<BoardRow> {
    let start = min(max(0, top), rows.count)
    return rows[start..<min(rows.count, start + max(0, height))]
  }

  private func index(of id: BoardRow.ID?) -> Int? {
    guard let id else { return nil }
    return rows.firstIndex { $0.id == id }
  }
}

// MARK: - What is shown

extension Board {
  /// Takes in a new snapshot or a new choice of what to show.
  ///
  /// Where it is the operator's own choice, the cursor may return to where a filter drove it from.
  mutating func rebuild(
    from snapshot: Snapshot, width: Int, window: String?, isOwnChoice: Bool = false
  ) {
    let old = rows
    let oldIndex = selectedIndex
    let present = Set(snapshot.deploys.map(\.boardID))
    expanded.formIntersection(present)
    let builder = BoardBuilder(
      snapshot: snapshot, filter: Filter(filterText), isActiveOnly: isActiveOnly,
      expanded: expanded, kept: kept, window: window, width: width)
    rows = builder.rows
    matches = builder.matches
    total = present.count
    if width != layout.width { widths = [:] }
    widths.merge(ColumnLayout.wanted(rows)) { max($0, $1) }
    layout = ColumnLayout(width: width, wanted: widths)
    if let hidden = hiddenSelection, let id = hidden.deployID, !present.contains(id) {
      hiddenSelection = nil
    }
    reselect(
      after: old, at: oldIndex, present: present, isOwnChoice: isOwnChoice,
      isLoaded: snapshot.isComplete)
    settle(from: oldIndex)
  }

  /// Fits the viewport to another height.
  mutating func resize(height: Int) {
    self.height = max(0, height)
    reveal()
  }

  /// Scrolls so far that what was opened below the cursor is seen, as much of it as fits.
  mutating func revealOpened() {
    guard let selected = selectedIndex, let id = rows[selected].deployID, height > 0 else { return }
    let last = rows.indices.dropFirst(selected).last { index in
      rows[index].deployID == id || rows[index].id == .jobsNote(id)
    }
    guard let last, last >= top + height else { return }
    top = min(selected, last - height + 1)
  }

  mutating func toggleActiveOnly() {
    isActiveOnly.toggle()
    kept = []
  }

  mutating func expand(_ id: DeployID) { expanded.insert(id) }
  mutating func collapse(_ id: DeployID) { expanded.remove(id) }
}

// MARK: - What was just acted on

extension Board {
  /// Keeps a run in sight, whatever filter is on: until the cursor leaves it, or until what is shown
  /// is chosen anew.
  mutating func keep(_ run: RunKey) {
    kept.insert(run)
    if selection?.deployID?.run == run { keptUnderCursor = run }
  }

  /// Lets go of the run that the cursor has left.
  /// - Returns: Whether a filter hides it now, so that the rows have to be derived anew.
  mutating func releaseLeft() -> Bool {
    let run = selection?.deployID?.run
    let left = keptUnderCursor
    keptUnderCursor = run.flatMap { kept.contains($0) ? $0 : nil }
    guard let left, left != run, kept.remove(left) != nil else { return false }
    return rows.contains { $0.isOutside && $0.deployID?.run == left }
  }
}

// MARK: - The cursor

extension Board {
  /// Puts the cursor on a row, if it is there.
  @discardableResult
  mutating func select(_ id: BoardRow.ID) -> Bool {
    guard let index = index(of: id), rows[index].isSelectable else { return false }
    select(at: index)
    return true
  }

  /// Keeps the cursor on its row from now on: whoever presses a key has seen where it is.
  mutating func pinSelection() {
    isSelectionChosen = isSelectionChosen || selection?.deployID != nil
  }

  /// Moves by rows on which the cursor can stop; stays at the ends.
  mutating func move(by count: Int) {
    let stops = rows.indices.filter { rows[$0].isSelectable }
    guard !stops.isEmpty else { return }
    let now = selectedIndex.flatMap { index in stops.firstIndex { $0 >= index } } ?? 0
    select(at: stops[min(max(0, now + count), stops.count - 1)])
  }

  /// Puts the cursor on the best of what a filter shows, where it is on something that fits less:
  /// it is what a person means, and what the next key acts on.
  mutating func selectBest(for filter: Filter, in snapshot: Snapshot) {
    guard !filter.isEmpty else { return }
    let ranks = Dictionary(
      snapshot.deploys.compactMap { deploy in
        filter.rank(of: deploy).map { (deploy.boardID, $0) }
      }, uniquingKeysWith: min)
    func rank(_ row: BoardRow) -> Int? { row.deployID.flatMap { ranks[$0] } }
    let found = rows.indices.filter { rows[$0].id.isDeploy }
    guard let best = found.min(by: { (rank(rows[$0]) ?? .max) < (rank(rows[$1]) ?? .max) }),
      let now = selectedIndex, (rank(rows[now]) ?? .max) > (rank(rows[best]) ?? .max)
    else { return }
    let hidden = hiddenSelection ?? selection
    select(at: best)
    hiddenSelection = hidden
  }

  /// The rows that a page key moves by: a screenful, less one to keep the place.
  var page: Int { max(1, height - 1) }

  /// Puts the cursor on the next row after this one that passes the test, going round.
  @discardableResult
  mutating func selectNext(backward: Bool = false, where test: (BoardRow) -> Bool) -> Bool {
    let count = rows.count
    let now = selectedIndex ?? (backward ? count : -1)
    for step in 1...max(1, count) {
      let index = ((now + (backward ? -step : step)) % max(1, count) + count) % max(1, count)
      guard rows.indices.contains(index) else { continue }
      if rows[index].isSelectable, test(rows[index]) {
        select(at: index)
        return true
      }
    }
    return false
  }

  /// Puts the cursor on the first deploy of a block; on its heading while it has none.
  @discardableResult
  mutating func select(block: BoardRow.Block) -> Bool {
    let inside = rows.indices.filter { rows[$0].block == block && rows[$0].isSelectable }
    guard let first = inside.first(where: { rows[$0].isItem }) ?? inside.first else {
      return false
    }
    select(at: first)
    // The heading says which environment this is, so it comes along when there is room.
    if height > 2, let heading = rows.firstIndex(where: { $0.block == block }), heading < top {
      top = max(heading, first - height + 1)
    }
    return true
  }

  /// The blocks, in the order of the board.
  var blocks: [BoardRow.Block] {
    rows.reduce(into: []) { blocks, row in
      if blocks.last != row.block { blocks.append(row.block) }
    }
  }

  private mutating func select(at index: Int) {
    selection = rows[index].id
    isSelectionChosen = true
    hiddenSelection = nil
    reveal()
  }

  private mutating func reselect(
    after old: [BoardRow], at oldIndex: Int?, present: Set<DeployID>, isOwnChoice: Bool,
    isLoaded: Bool
  ) {
    if isOwnChoice, let hidden = hiddenSelection, index(of: hidden) != nil {
      selection = hidden
      hiddenSelection = nil
      return
    }
    if let selection, index(of: selection) != nil {
      // While the first answers come in, a place that nobody chose gives way to the first deploy.
      if isSelectionChosen { return }
      self.selection = defaultSelection
      isSelectionChosen = isLoaded && self.selection?.deployID != nil
      return
    }
    if let selection, let id = selection.deployID, present.contains(id), hiddenSelection == nil {
      hiddenSelection = selection
    }
    selection = neighbour(in: old, of: oldIndex) ?? defaultSelection
  }

  /// What the cursor goes to when what it was on has gone: a job's deploy, else the nearest row of
  /// the same block, else the nearest row at all.
  private func neighbour(in old: [BoardRow], of oldIndex: Int?) -> BoardRow.ID? {
    guard let oldIndex, old.indices.contains(oldIndex) else { return nil }
    if case .job(let id, _) = old[oldIndex].id, index(of: .deploy(id)) != nil {
      return .deploy(id)
    }
    let near = old.indices.filter { $0 != oldIndex && old[$0].isSelectable }.sorted {
      // Of two rows equally near, the one below.
      (abs($0 - oldIndex), -$0) < (abs($1 - oldIndex), -$1)
    }
    let still = Set(rows.map(\.id))
    let block = old[oldIndex].block
    let found =
      near.first { old[$0].block == block && old[$0].isItem && still.contains(old[$0].id) }
      ?? near.first { old[$0].isItem && still.contains(old[$0].id) }
      ?? near.first { still.contains(old[$0].id) }
    return found.map { old[$0].id }
  }

  private var defaultSelection: BoardRow.ID? {
    (rows.first { $0.isItem } ?? rows.first { $0.isSelectable })?.id
  }
}

// MARK: - The viewport

extension Board {
  /// Keeps the selected row on its line of the screen when rows came or went above it.
  ///
  /// While the top of the board is in view it stays in view, so that a deploy that has just come
  /// to need a person is seen.
  private mutating func settle(from oldIndex: Int?) {
    if top > 0, let oldIndex, let newIndex = selectedIndex {
      top = newIndex - (oldIndex - top)
    }
    reveal()
  }

  /// Scrolls as little as brings the cursor onto the screen.
  private mutating func reveal() {
    top = min(max(0, top), max(0, rows.count - height))
    guard let selected = selectedIndex, height > 0 else { return }
    // What stands above the first row to stop at can be reached in no other way.
    let first = rows.firstIndex { $0.isSelectable } ?? 0
    let upper = selected <= first ? 0 : selected
    if upper < top { top = upper }
    if selected >= top + height { top = selected - height + 1 }
  }
}
