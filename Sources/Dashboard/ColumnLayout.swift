import Canvas

/// Which columns are shown, where, and how wide; the same for every row of a screen.
struct ColumnLayout: Sendable, Equatable {
  /// A column's place.
  struct Slot: Sendable, Equatable {
    var column: Column
    var start: Int
    var width: Int
    var end: Int { start + width }
  }

  /// The columns at the left: the cursor's sign, the tree, the sign of the state, a gap.
  static let gutter = 4

  private(set) var slots: [Slot] = []
  private(set) var width: Int

  /// Lays out nothing.
  init() { width = 0 }

  /// Chooses columns by importance, then widens them while there is room.
  /// - Parameters:
  ///   - width: The columns of the screen.
  ///   - wanted: The widest text of each column; a column without any is left out.
  init(width: Int, wanted: [Column: Int]) {
    self.width = width
    var wanted = wanted
    let steps = wanted[.step]
    if let finding = wanted[.finding] {
      // Findings stand in the step's column while they have none of their own.
      wanted[.step] = max(steps ?? 0, min(finding, Column.step.maximum))
    }
    var widths: [Column: Int] = [:]
    var room = width - Self.gutter + 1
    for column in Column.byImportance {
      guard let wish = wanted[column] else { continue }
      let least = min(column.minimum, wish)
      guard least + 1 <= room else { break }
      widths[column] = least
      room -= least + 1
    }
    if widths[.finding] != nil { wanted[.step] = steps }
    func widen(_ column: Column, to limit: Int) {
      guard let now = widths[column], let wish = wanted[column] else { return }
      let more = min(room, max(0, min(wish, limit) - now))
      widths[column] = now + more
      room -= more
    }
    widen(.service, to: 12)
    for column in [Column.runner, .state, .environment, .run, .marker] {
      widen(column, to: column.maximum)
    }
    for column in [Column.step, .finding] { widen(column, to: 30) }
    for column in [Column.service, .ref, .actor] { widen(column, to: column.maximum) }
    for column in [Column.finding, .step] { widen(column, to: .max) }
    var start = Self.gutter
    for column in Column.allCases {
      guard let width = widths[column] else { continue }
      slots.append(Slot(column: column, start: start, width: width))
      start += width + 1
    }
  }

  /// Whether a column is shown.
  func shows(_ column: Column) -> Bool { slots.contains { $0.column == column } }

  /// A column's place; `nil` where it is not shown.
  func slot(_ column: Column) -> Slot? { slots.first { $0.column == column } }

  /// The widest text of every column that has any.
  static func wanted(_ rows: [BoardRow]) -> [Column: Int] {
    var widths: [Column: Int] = [:]
    func note(_ column: Column, _ width: Int) {
      guard width > 0 else { return }
      widths[column] = max(widths[column] ?? 0, width)
    }
    for row in rows {
      guard case .item(let cells) = row.content else { continue }
      if row.block == .attention { note(.environment, DisplayWidth.of(cells.environment)) }
      note(.state, DisplayWidth.of(cells.state.word))
      note(.step, DisplayWidth.of(cells.step))
      note(.runner, cells.runner.width)
      note(.marker, DisplayWidth.of(cells.marker.word))
      note(.elapsed, cells.startedAt == nil ? 0 : Column.elapsed.maximum)
      note(.ago, cells.endedAt == nil ? 0 : Column.ago.maximum)
      note(.finding, DisplayWidth.of(cells.finding))
      guard !cells.isJob else { continue }
      note(.service, DisplayWidth.of(cells.name))
      note(.ref, DisplayWidth.of(cells.ref))
      note(.run, DisplayWidth.of(cells.run))
      note(.actor, DisplayWidth.of(cells.actor))
    }
    for (column, width) in widths {
      widths[column] = min(max(width, DisplayWidth.of(column.title)), column.maximum)
    }
    return widths
  }
}
