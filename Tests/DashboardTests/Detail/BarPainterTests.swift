import Canvas
@testable import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("The bars of the timeline")
struct BarPainterTests {
  private let start = Fixture.now

  private func bar(_ from: TimeInterval, _ to: TimeInterval) -> TimeBar {
    TimeBar(start: start.addingTimeInterval(from), end: start.addingTimeInterval(to))
  }

  private func drawn(_ segments: [JobRow.Segment], labelled: Int?, columns: Int) -> String {
    var row = JobRow(id: .job(1), depth: 0, name: "build")
    row.segments = segments
    row.labelled = labelled
    let axis = TimeAxis(
      start: start, end: start.addingTimeInterval(100), gaps: [], columns: columns)
    var frame = Frame(size: Size(columns: columns + 10, rows: 1))
    frame.put(String(repeating: "=", count: columns + 10), at: .zero, style: .plain)
    let painter = BarPainter(
      axis: axis, glyphs: .unicode, now: start.addingTimeInterval(100), labelsWork: false)
    painter.draw(row, into: &frame, at: .zero)
    return frame.lines[0]
  }

  private func phase(
    _ from: TimeInterval, _ to: TimeInterval, _ name: String = "DOWNLOAD_SOURCE"
  ) -> JobRow.Segment {
    .init(fill: .setup, bar: bar(from, to), role: .info, name: name)
  }

  @Test("A label stands beside the bars in full, else clipped in its middle, else not")
  func labels() {
    let work = JobRow.Segment(fill: .work, bar: bar(10, 40), role: .running)
    let whole = drawn([phase(4, 10), work], labelled: 0, columns: 46)
    #expect(whole.contains("DOWNLOAD_SOURCE 6s"))
    let clipped = drawn([phase(4, 10), work], labelled: 0, columns: 26)
    #expect(clipped.contains("DOWNL…OURCE 6s"))
    let none = drawn([phase(4, 10), work], labelled: 0, columns: 14)
    #expect(!none.contains("DOWN") && !none.contains("6s"))
    let rest = JobRow.Segment(fill: .work, bar: bar(40, 100), role: .running)
    let inside = drawn([phase(0, 40), rest], labelled: 0, columns: 46)
    #expect(inside.contains("▒DOWNLO…OURCE 40s▒"))
  }

  @Test("A label never lies over a bar, nor beyond the axis", arguments: 8...60)
  func inItsPlace(columns: Int) {
    for from in stride(from: 0.0, to: 90, by: 7) {
      for length in stride(from: 1.0, to: 60, by: 13) where from + length + 5 <= 100 {
        let work = JobRow.Segment(
          fill: .work, bar: bar(from + length, from + length + 5), role: .running)
        let end = from + length
        let bare = Array(drawn([phase(from, end, ""), work], labelled: nil, columns: columns))
        let labelled = Array(drawn([phase(from, end), work], labelled: 0, columns: columns))
        #expect(labelled.count == bare.count)
        #expect(labelled[columns...].allSatisfy { $0 == "=" })
        let bars = bare.indices.filter { bare[$0] != "=" }
        let inside = (bars.first ?? 0)...(bars.last ?? 0)
        let changed = labelled.indices.filter { labelled[$0] != bare[$0] }
        // In its own cells a label may stand; beside them nothing but the axis gives way.
        let isBeside = changed.allSatisfy { !inside.contains($0) }
        let isWithin = changed.allSatisfy(inside.contains)
        #expect(isBeside || isWithin, "\(String(labelled))")
      }
    }
  }

  @Test("A name is clipped in its middle by columns")
  func clipping() {
    #expect("build / test (node 18)".clippedInMiddle(to: 22, glyphs: .unicode).count == 22)
    #expect("build / test (node 18)".clippedInMiddle(to: 11, glyphs: .unicode) == "build…e 18)")
    for columns in 0...12 {
      let text = "이미지 빌드와 배포".clippedInMiddle(to: columns, glyphs: .unicode)
      #expect(DisplayWidth.of(text) <= columns)
    }
  }
}
