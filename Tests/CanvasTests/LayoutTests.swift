import Testing

@testable import Canvas

@Suite("Layout")
struct LayoutTests {
  private let rect = Rect(column: 2, row: 3, columns: 10, rows: 6)

  @Test("cuts a rectangle without losing a cell, however much is asked")
  func splitting() {
    for count in -1...12 {
      let (top, below) = rect.split(topRows: count)
      let (above, bottom) = rect.split(bottomRows: count)
      let (left, after) = rect.split(leftColumns: count)
      let (before, right) = rect.split(rightColumns: count)
      let rows = min(max(count, 0), 6)
      let columns = min(max(count, 0), 10)
      #expect(top.rows == 3..<(3 + rows) && below.rows == (3 + rows)..<9)
      #expect(above.rows == 3..<(9 - rows) && bottom.rows == (9 - rows)..<9)
      #expect(left.columns == 2..<(2 + columns) && after.columns == (2 + columns)..<12)
      #expect(before.columns == 2..<(12 - columns) && right.columns == (12 - columns)..<12)
    }
  }

  @Test("insets, centres and intersects without going negative")
  func shapes() {
    #expect(rect.inset(by: 1) == Rect(column: 3, row: 4, columns: 8, rows: 4))
    #expect(rect.inset(by: 9).isEmpty)
    #expect(
      rect.centered(Size(columns: 4, rows: 2)) == Rect(column: 5, row: 5, columns: 4, rows: 2))
    #expect(rect.centered(Size(columns: 40, rows: 20)) == rect)
    #expect(rect.intersection(Rect(column: 20, row: 0, columns: 5, rows: 5)).isEmpty)
    #expect(
      rect.intersection(Rect(column: 0, row: 0, columns: 5, rows: 5))
        == Rect(column: 2, row: 3, columns: 3, rows: 2))
    #expect(rect.row(5).rows == 8..<9 && rect.row(6).isEmpty)
    #expect(rect.contains(Point(column: 2, row: 3)) && !rect.contains(Point(column: 12, row: 3)))
  }

  @Test("draws boxes with a title that fits")
  func boxes() {
    var frame = Frame(size: Size(columns: 12, rows: 3), glyphs: .ascii)
    frame.box(frame.bounds, title: "deployments", glyphs: .ascii)
    #expect(frame.lines == ["+- deploy~-+", "|          |", "+----------+"])
    frame.box(Rect(column: 0, row: 0, columns: 1, rows: 1), glyphs: .ascii)
    #expect(frame.lines.first == "+- deploy~-+")
  }
}
