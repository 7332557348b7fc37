import Canvas
import Deploys
import LogText

/// Where the parts of the pager stand.
struct PagerLayout: Sendable, Equatable {
  /// From how many columns on lines are numbered unless the operator says otherwise.
  static let roomForNumbers = 60

  /// The line at the top that says what is shown and where one is in it.
  let status: Rect
  /// What there is to say about a job whose log is not there yet; often without rows.
  let panel: Rect
  /// The columns for line numbers; 0 for none.
  let numbers: Int
  /// The columns at the left of the text.
  let gutter: Int
  /// The text.
  let text: Rect

  init(_ pager: Pager) {
    let (body, _) = Rect(size: pager.size).split(bottomRows: 1)
    let (status, rest) = body.split(topRows: 1)
    let (panel, text) = rest.split(topRows: Self.panelRows(pager, of: rest.size.rows))
    numbers = Self.numberColumns(pager, of: body.size.columns)
    // The cursor's mark, the number, the sign of a problem, and what parts them from the text.
    gutter = 3 + numbers
    self.status = status
    self.panel = panel
    self.text = Rect(
      column: gutter, row: text.origin.row, columns: max(1, text.size.columns - gutter),
      rows: max(1, text.size.rows))
  }

  private static func panelRows(_ pager: Pager, of rows: Int) -> Int {
    guard pager.hasPanel else { return 0 }
    guard !pager.isJobOver || pager.isLate, rows >= 14 else { return 1 }
    return min(1 + (pager.job?.job.steps.count ?? 0), rows / 4)
  }

  private static func numberColumns(_ pager: Pager, of columns: Int) -> Int {
    guard pager.habits.showsNumbers ?? (columns >= roomForNumbers), let log = pager.text?.log else {
      return 0
    }
    let largest = max(
      log.status.lineCount ?? 0, log.status.topLine.map { $0 + log.rows.count } ?? 0)
    return max(3, "\(largest)".count)
  }
}
