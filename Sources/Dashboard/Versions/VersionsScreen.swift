import Canvas
import Deploys
import Foundation

/// What is live where, and where the cursor is in it.
struct VersionsScreen: Sendable, Equatable {
  /// A deploy that has succeeded.
  private struct Success: Sendable, Hashable {
    var run: RunKey
    var attempt: Int
  }

  /// A cell and where it stands.
  struct Place: Sendable, Equatable {
    var row: Int
    var column: Int
    var service: VersionGrid.Service
    var environment: String
    var cell: VersionCell?
  }

  /// What was read; `nil` before the first answer.
  private(set) var read: LiveVersions?
  /// Why cells could not be read that could not.
  private var failures: [LiveVersions.CellID: ReadFailure] = [:]
  /// Whether an answer is on its way.
  private(set) var isReading = true
  private(set) var grid: VersionGrid
  /// What the cursor is on, whatever row that has moved to.
  private(set) var cursor: LiveVersions.CellID?
  /// The first row and the first environment on the screen.
  private(set) var top = 0
  private(set) var left = 0
  /// The successes that the board has shown.
  private var seen: Set<Success>
  /// Those of them that came after the last question.
  private var fresh: Set<Success> = []
  /// What was sent from here and is not on the board yet.
  private var awaited: [LiveVersions.CellID: AwaitedDeploy] = [:]
  /// What was awaited, has come, and has not been told.
  private var arrived: [Deploy] = []

  /// Begins with what the board knows, with the cursor on a deploy's cell.
  init(_ snapshot: Snapshot, at deploy: Deploy?) {
    grid = VersionGrid(snapshot, nil, [:])
    seen = Self.successes(in: snapshot)
    cursor = deploy.map(LiveVersions.CellID.init)
    settle(from: nil)
  }

  /// Where the cursor is; `nil` while there is nothing to be on.
  var place: Place? {
    guard let cursor, let row = grid.rows.firstIndex(where: { $0.id == cursor.service }),
      let column = grid.environments.firstIndex(of: cursor.environment)
    else { return nil }
    return place(row: row, column: column)
  }

  /// The cell of a row and a column.
  func place(row: Int, column: Int) -> Place {
    Place(
      row: row, column: column, service: grid.rows[row].id,
      environment: grid.environments[column], cell: grid.rows[row].cells[column])
  }

  // MARK: - What happens

  /// Takes in what was read.
  /// - Returns: Whether to read once more, for something has succeeded meanwhile.
  mutating func take(_ answer: LiveVersions, _ snapshot: Snapshot) -> Bool {
    failures = answer.cellFailures
    read = read.map(answer.keeping) ?? answer
    isReading = false
    rebuild(snapshot)
    return readAgain(if: fresh, snapshot)
  }

  /// Takes in what the board knows now.
  /// - Returns: Whether to read anew, for something has succeeded.
  mutating func take(_ snapshot: Snapshot) -> Bool {
    let successes = Self.successes(in: snapshot)
    let new = successes.subtracting(seen)
    seen = successes.union(seen)
    rebuild(snapshot)
    guard !isReading else {
      fresh.formUnion(new)
      return false
    }
    return readAgain(if: new, snapshot)
  }

  /// Takes note that it is being read.
  mutating func ask() {
    isReading = true
    fresh = []
  }

  /// Awaits a deploy that was sent.
  mutating func await(
    _ deploy: AwaitedDeploy, in id: LiveVersions.CellID, _ snapshot: Snapshot
  ) {
    awaited[id] = deploy
    rebuild(snapshot)
  }

  /// Awaits no longer what was sent too long ago.
  mutating func forgetAwaited(at now: Date) {
    awaited = awaited.filter { !$0.value.isForgotten(at: now) }
  }

  /// What was awaited and has come, once.
  mutating func takeArrived() -> [Deploy] {
    defer { arrived = [] }
    return arrived
  }

  private mutating func meet(_ snapshot: Snapshot) {
    guard !awaited.isEmpty else { return }
    for deploy in snapshot.deploys {
      let id = LiveVersions.CellID(of: deploy)
      guard awaited[id]?.isMet(by: deploy) == true else { continue }
      awaited[id] = nil
      arrived.append(deploy)
    }
  }

  private mutating func readAgain(if new: Set<Success>, _ snapshot: Snapshot) -> Bool {
    guard !new.isEmpty, let read else { return false }
    let isNews = snapshot.deploys.contains { deploy in
      new.contains(Success(run: deploy.run.key, attempt: deploy.run.attempt))
        && read.version(of: deploy).map { deploy.run.updatedAt > $0.deployedAt } ?? true
    }
    if isNews { ask() } else { fresh = [] }
    return isNews
  }

  private static func successes(in snapshot: Snapshot) -> Set<Success> {
    Set(
      snapshot.deploys.filter { $0.state.conclusion == .success }
        .map { Success(run: $0.run.key, attempt: $0.run.attempt) })
  }

  private mutating func rebuild(_ snapshot: Snapshot) {
    let before = place
    meet(snapshot)
    grid = VersionGrid(snapshot, read, failures, awaited: awaited)
    settle(from: before)
  }

  /// Lets the cursor stay on its cell; where that is gone, near to it.
  private mutating func settle(from before: Place?) {
    guard place == nil else { return }
    guard let row = grid.rows.indices.last, let column = grid.environments.indices.last else {
      return
    }
    let found = grid.rows.firstIndex { $0.id == cursor?.service }
    go(to: found ?? min(before?.row ?? 0, row), min(before?.column ?? 0, column))
  }

  // MARK: - Moving

  private mutating func go(to row: Int, _ column: Int) {
    cursor = LiveVersions.CellID(service: grid.rows[row].id, environment: grid.environments[column])
  }

  /// Goes so many services down and so many environments to the right.
  mutating func move(rows: Int, columns: Int) {
    guard let place else { return }
    go(
      to: min(max(0, place.row + rows), grid.rows.count - 1),
      min(max(0, place.column + columns), grid.environments.count - 1))
  }

  /// The rows that have room, when the cursor has been revealed.
  func visibleRows(in layout: VersionsLayout) -> Range<Int> {
    var end = top
    var used = 0
    while end < grid.rows.count {
      used += layout.height(of: grid.rows[end], from: left)
      guard used <= layout.list.size.rows else { break }
      end += 1
    }
    return top..<end
  }

  /// Scrolls as little as it takes to have the cursor on the screen.
  mutating func reveal(in layout: VersionsLayout) {
    let place = place
    let (row, column) = (place?.row ?? 0, place?.column ?? 0)
    left = min(max(0, left), max(0, grid.environments.count - layout.columnCount))
    left = min(max(left, column - layout.columnCount + 1), max(0, column))
    let heights = grid.rows.map { layout.height(of: $0, from: left) }
    let room = layout.list.size.rows
    top = min(max(0, top), row)
    while top < row, heights[top...row].reduce(0, +) > room { top += 1 }
    while top > 0, heights[(top - 1)...].reduce(0, +) <= room { top -= 1 }
  }
}
