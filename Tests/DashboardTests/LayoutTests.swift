import Canvas
import Testing

@testable import Dashboard

@Suite("Columns and lines")
struct LayoutTests {
  @Test("At every width the columns stay inside and keep their order and their minimum")
  func widths() {
    let wanted = Dictionary(uniqueKeysWithValues: Column.allCases.map { ($0, $0.maximum) })
    var shown = 0
    for width in 40...240 {
      let layout = ColumnLayout(width: width, wanted: wanted)
      #expect(layout.slots.map(\.column.rawValue) == layout.slots.map(\.column.rawValue).sorted())
      #expect((layout.slots.last?.end ?? 0) <= width)
      for (left, right) in zip(layout.slots, layout.slots.dropFirst()) {
        #expect(left.end < right.start)
      }
      for slot in layout.slots { #expect(slot.width >= slot.column.minimum) }
      let important = Column.byImportance.prefix(layout.slots.count)
      #expect(Set(layout.slots.map(\.column)) == Set(important))
      #expect(layout.slots.count >= shown, "a wider screen shows no less")
      shown = layout.slots.count
    }
    #expect(shown == Column.allCases.count)
    #expect(Set(Column.byImportance) == Set(Column.allCases))
  }

  @Test("At 40 columns the service, what goes on and the time are kept")
  func narrow() {
    let layout = Driver(columns: 40, rows: 10).model.board.layout
    #expect(layout.slots.map(\.column) == [.environment, .service, .step, .elapsed])
  }

  @Test("Text is broken at spaces, and long words anywhere")
  func wrapping() {
    #expect(TextWrap.lines("one two three", width: 7) == ["one two", "three"])
    #expect(TextWrap.lines("abcdefghij kl", width: 4) == ["abcd", "efgh", "ij", "kl"])
    #expect(TextWrap.lines("결제서비스", width: 5) == ["결제", "서비", "스"])
    #expect(TextWrap.lines("", width: 5) == [""])
    #expect(TextWrap.lines("a\nb\u{1B}[1mc", width: 9) == ["a bc"])
  }

  @Test("What matters least is left out of a line that is too short")
  func groups() {
    var groups = SpanGroups()
    groups.add([Span("left")], rank: 2)
    groups.add([Span("middle")], rank: 0)
    groups.add([Span("right")], rank: 1)
    func text(_ width: Int) -> String {
      groups.fitted(to: width, separator: Span(" ")).map(\.text).joined()
    }
    #expect(text(17) == "left middle right")
    #expect(text(16) == "middle right")
    #expect(text(9) == "middle")
    #expect(text(2) == "middle")
  }

  @Test("Lines are shared out to the first texts that need them")
  func shares() {
    #expect(DetailView.shares([3, 2, 1], of: 5) == [3, 1, 1])
    #expect(DetailView.shares([1, 1], of: 5) == [1, 1])
    #expect(DetailView.shares([], of: 5) == [])
  }
}
