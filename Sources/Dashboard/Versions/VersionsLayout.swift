import Canvas

/// Where the parts of the versions stand.
struct VersionsLayout: Sendable, Equatable {
  /// The columns before the service's name.
  static let gutter = 2
  /// The least columns of an environment: a mark, a date with its number, an age, and a gap.
  private static let least = 20
  /// The columns beyond which an environment gains nothing.
  private static let most = 56
  /// The columns from which on a version and a deploy have room on one line.
  private static let wide = 46

  /// What was read, and when.
  let header: Rect
  /// The environments' names.
  let titles: Rect
  /// The services.
  let list: Rect
  /// The line between the services and what there is to say; without rows on a small screen.
  let rule: Rect
  /// What there is to say about the cell under the cursor.
  let detail: Rect
  /// The columns of the services' names.
  let serviceWidth: Int
  /// The columns of an environment, with the gap behind it.
  let cellWidth: Int
  /// How many environments are on the screen.
  let columnCount: Int

  init(_ size: Size, _ grid: VersionGrid) {
    let (body, _) = Rect(size: size).split(bottomRows: 1)
    let isRoomy = body.size.rows >= 16
    let (header, below) = body.split(topRows: 1)
    let (titles, rest) = below.split(topRows: 1)
    let (above, detail) = rest.split(bottomRows: isRoomy ? min(9, body.size.rows / 4) : 2)
    let (list, rule) = above.split(bottomRows: isRoomy ? 1 : 0)
    self.header = header
    self.titles = titles
    self.list = list
    self.rule = rule
    self.detail = detail
    let room = size.columns - Self.gutter
    let count = max(1, grid.environments.count)
    let longest = grid.rows.map { DisplayWidth.of(PlainText.sanitized($0.label)) }.max() ?? 0
    let wish = min(max(longest, 7), 32) + 2
    // The names give way to the environments, but never altogether.
    let spare = room - Self.least * count
    serviceWidth = min(wish, spare >= 10 ? spare : max(10, room / 4))
    let left = room - serviceWidth
    columnCount = min(count, max(1, left / Self.least))
    cellWidth = max(1, min(Self.most, left / columnCount))
  }

  /// Whether a version and a deploy stand on one line.
  var isWide: Bool { cellWidth >= Self.wide }

  /// How many lines a service takes, where the environments on the screen begin at a column.
  func height(of row: VersionGrid.Row, from left: Int) -> Int {
    let hasNews = row.cells.dropFirst(left).prefix(columnCount).contains { $0?.hasNews == true }
    return hasNews && !isWide ? 2 : 1
  }

  /// Where an environment's column begins, counted from the first one on the screen.
  func start(of index: Int) -> Int { Self.gutter + serviceWidth + index * cellWidth }
}
