import Testing

@testable import Canvas

@Suite("Frame changes")
struct FrameChangesTests {
  @Test("turn the old frame into the new one, whatever was drawn")
  func property() {
    var generator = SeededGenerator(seed: 7)
    let size = Size(columns: 23, rows: 5)
    var old = Frame(size: size)
    var changed = 0
    for _ in 0..<3_000 {
      var new = old
      for _ in 0..<Int.random(in: 0...3, using: &generator) {
        scribble(on: &new, using: &generator)
      }
      #expect(new.isWhole)
      let runs = new.changes(since: old)
      #expect(applied(runs, to: old) == new.cells)
      #expect(runs.allSatisfy { $0.cells.first?.isRightHalf == false })
      #expect(runs.isEmpty == (old.cells == new.cells))
      changed += runs.reduce(0) { $0 + $1.cells.count }
      old = new
    }
    #expect(changed > 0)
  }

  @Test("hold every cell when there is no older frame, or one of another size")
  func whole() {
    var frame = Frame(size: Size(columns: 5, rows: 2))
    frame.put("한국", at: .zero)
    for old in [nil, Frame(size: Size(columns: 4, rows: 2))] {
      let runs = frame.changes(since: old)
      #expect(runs.map(\.origin) == [.zero, Point(column: 0, row: 1)])
      #expect(runs.flatMap(\.cells) == frame.cells)
    }
  }

  @Test("hold only what changed")
  func minimal() {
    var old = Frame(size: Size(columns: 20, rows: 2))
    old.put("elapsed 1m02s ok", at: .zero)
    var new = old
    new.put("3", at: Point(column: 11, row: 0))
    #expect(
      new.changes(since: old) == [
        CellRun(origin: Point(column: 11, row: 0), cells: [Cell("3")])
      ])
    #expect(new.changes(since: new).isEmpty)
  }

  private func scribble(on frame: inout Frame, using generator: inout SeededGenerator) {
    let point = Point(
      column: .random(in: -3...24, using: &generator), row: .random(in: -1...5, using: &generator))
    let role = Role.allCases.randomElement(using: &generator) ?? .text
    let rect = Rect(
      origin: point,
      size: Size(
        columns: .random(in: 0...9, using: &generator), rows: .random(in: 0...2, using: &generator))
    )
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: frame.fill(rect, with: Cell(Bool.random(using: &generator) ? " " : "한"))
    case 1: frame.restyle(rect) { $0.isSelected.toggle() }
    case 2: frame.box(rect, title: "한", glyphs: .unicode)
    default:
      let width = Bool.random(using: &generator) ? Int.random(in: 0...9, using: &generator) : nil
      frame.put(
        Nasty.text(using: &generator), at: point, style: Style(role), width: width)
    }
  }

  private func applied(_ runs: [CellRun], to frame: Frame) -> [Cell] {
    var cells = frame.cells
    for run in runs {
      let start = run.origin.row * frame.size.columns + run.origin.column
      cells.replaceSubrange(start..<(start + run.cells.count), with: run.cells)
    }
    return cells
  }
}
