/// Something that stands in a ``RowList``.
protocol ListRow: Identifiable, Sendable, Equatable where ID: Sendable {
  /// What the cursor goes to when this row is gone; `nil` for whatever is near.
  var parent: ID? { get }
  /// Whether the cursor stops here.
  var isSelectable: Bool { get }
}

/// Rows with a cursor that keeps to its row, whatever comes and goes around it.
struct RowList<Row: ListRow>: Sendable, Equatable {
  private(set) var rows: [Row] = []
  /// What the cursor is on, by identity.
  private(set) var selection: Row.ID?
  /// The first row on the screen.
  private(set) var top = 0
  /// How many rows the screen has for the list.
  private(set) var height = 0
  private var indices: [Row.ID: Int] = [:]

  /// The row that the cursor is on.
  var selectedIndex: Int? { selection.flatMap { indices[$0] } }
  var selectedRow: Row? { selectedIndex.map { rows[$0] } }
  /// How many rows lie below what is seen.
  var below: Int { max(0, rows.count - top - height) }
  /// The rows that a page key moves by: a screenful, less one to keep the place.
  var page: Int { max(1, height - 1) }

  /// The rows on the screen.
  var visibleRows: ArraySlice<Row> {
    let start = min(max(0, top), rows.count)
    return rows[start..<min(rows.count, start + max(0, height))]
  }

  /// A row's place; `nil` where it is not there.
  func index(of id: Row.ID) -> Int? { indices[id] }
}

// MARK: - What is shown

extension RowList {
  /// Takes in rows that were made anew; the cursor stays on its row, and the row on its line.
  mutating func set(_ new: [Row]) {
    let old = rows
    let oldIndices = indices
    let oldIndex = selectedIndex
    rows = new
    indices = Dictionary(
      zip(new.map(\.id), new.indices), uniquingKeysWith: { first, _ in first })
    if selectedIndex == nil {
      selection =
        Self.heir(of: selection, in: old, oldIndices) { indices[$0] != nil }
        ?? nearest(to: oldIndex ?? 0)
    }
    if top > 0, let oldIndex, let newIndex = selectedIndex { top = newIndex - (oldIndex - top) }
    reveal()
  }

  /// Fits what is seen to another height.
  mutating func resize(height: Int) {
    self.height = max(0, height)
    reveal()
  }

  /// The nearest ancestor that is still there.
  private static func heir(
    of id: Row.ID?, in rows: [Row], _ indices: [Row.ID: Int], isThere: (Row.ID) -> Bool
  ) -> Row.ID? {
    var next = id
    // Ancestors are few; the limit keeps a ring of them from going on for ever.
    for _ in 0..<16 {
      guard let index = next.flatMap({ indices[$0] }), let parent = rows[index].parent else {
        return nil
      }
      if isThere(parent) { return parent }
      next = parent
    }
    return nil
  }

  private func nearest(to index: Int) -> Row.ID? {
    let start = min(max(0, index), max(0, rows.count - 1))
    return
      (rows.dropFirst(start).first(where: \.isSelectable)
      ?? rows.prefix(start).last(where: \.isSelectable))?.id
  }
}

// MARK: - The cursor

extension RowList {
  /// Puts the cursor on a row, if it is there.
  @discardableResult
  mutating func select(_ id: Row.ID) -> Bool {
    guard let index = indices[id], rows[index].isSelectable else { return false }
    selection = id
    reveal()
    return true
  }

  /// Moves by rows on which the cursor can stop; stays at the ends.
  mutating func move(by count: Int) {
    guard let now = selectedIndex, count != 0 else { return }
    let step = count > 0 ? 1 : -1
    var left = abs(count)
    var index = now + step
    while rows.indices.contains(index), left > 0 {
      if rows[index].isSelectable {
        selection = rows[index].id
        left -= 1
      }
      index += step
    }
    reveal()
  }

  /// Puts the cursor on the next row after this one that passes the test, going round.
  @discardableResult
  mutating func selectNext(backward: Bool = false, where test: (Row) -> Bool) -> Bool {
    guard !rows.isEmpty else { return false }
    let count = rows.count
    let now = selectedIndex ?? (backward ? count : -1)
    for step in 1...count {
      let index = (((now + (backward ? -step : step)) % count) + count) % count
      guard rows[index].isSelectable, test(rows[index]) else { continue }
      selection = rows[index].id
      reveal()
      return true
    }
    return false
  }

  /// Scrolls a row to the first line of the screen, as far as the cursor allows.
  mutating func scroll(toTop id: Row.ID) {
    guard let index = indices[id] else { return }
    top = index
    reveal()
  }

  /// Scrolls so far that the rows under the cursor are seen up to this one, as many as fit.
  mutating func reveal(upTo index: Int) {
    guard let selected = selectedIndex, height > 0, index >= top + height else { return }
    top = min(selected, index - height + 1)
    reveal()
  }

  /// Scrolls as little as brings the cursor onto the screen.
  private mutating func reveal() {
    top = min(max(0, top), max(0, rows.count - height))
    guard let selected = selectedIndex, height > 0 else { return }
    // What stands above the first row to stop at can be reached in no other way.
    let first = rows.firstIndex(where: \.isSelectable) ?? 0
    let upper = selected <= first ? 0 : selected
    if upper < top { top = upper }
    if selected >= top + height { top = selected - height + 1 }
  }
}
