package import Foundation

/// Where moments lie on so many columns.
///
/// Time runs evenly but for the gaps, which are drawn shorter than they are.
package struct TimeAxis: Sendable, Hashable {
  /// A stretch that is drawn shorter than it is.
  package struct Gap: Sendable, Hashable {
    /// Where it begins.
    package var start: Date
    /// Where it ends.
    package var end: Date
    /// How long it is drawn, in seconds.
    var shownLength: TimeInterval

    /// How long it is.
    package var duration: Duration { Duration(from: start, to: end) }
  }

  /// A label under the axis.
  package struct Tick: Sendable, Hashable {
    /// What a label says.
    package enum Label: Sendable, Hashable {
      /// The time since the attempt began.
      case elapsed(Duration)
      /// The time since the last gap ended.
      case since(Duration)
      /// A gap, and how long it is.
      case gap(Duration)
    }

    /// The column that it belongs to; the middle one of a gap.
    package var column: Int
    /// What it says.
    package var label: Label
  }

  /// A bar's place: whole cells, or eighths of cells.
  package struct Place: Sendable, Hashable {
    /// The first column.
    package var column: Int
    /// The length in eighths of a column, at least one.
    package var eighths: Int

    /// The columns that it touches.
    package var columns: Range<Int> { column..<(column + (eighths + 7) / 8) }
  }

  /// The columns that there are.
  package let columns: Int
  /// The stretches that are drawn shorter, in order.
  package let gaps: [Gap]
  private let start: Date
  private let end: Date
  /// Columns for a second.
  private let scale: Double

  /// Creates an axis.
  /// - Parameters:
  ///   - start: The moment at its left edge.
  ///   - end: The moment at its right edge.
  ///   - gaps: The stretches to draw shorter, in order and apart from each other.
  ///   - columns: The columns that there are.
  init(start: Date, end: Date, gaps: [Gap], columns: Int) {
    self.start = start
    self.end = max(start, end)
    self.gaps = gaps
    self.columns = max(1, columns)
    let hidden = gaps.reduce(0) { $0 + $1.end.timeIntervalSince($1.start) - $1.shownLength }
    let shown = self.end.timeIntervalSince(start) - hidden
    scale = shown > 0 ? Double(self.columns) / shown : 0
  }

  /// The place of a moment in columns, from 0 to ``columns``; what lies outside is at the edge.
  package func position(of date: Date) -> Double {
    let date = min(max(date, start), end)
    var seconds = date.timeIntervalSince(start)
    for gap in gaps where date > gap.start {
      let length = gap.end.timeIntervalSince(gap.start)
      let inside = min(date, gap.end).timeIntervalSince(gap.start)
      seconds -= inside - gap.shownLength * (inside / max(length, .leastNonzeroMagnitude))
    }
    return min(max(0, seconds * scale), Double(columns))
  }

  /// Where a bar is drawn that ends within a column: it begins at a whole one and is never empty.
  package func place(of bar: TimeBar, at now: Date) -> Place {
    let from = position(of: bar.start)
    let to = position(of: bar.end(at: now))
    guard to - from >= 1 else {
      let column = min(Int((from + to) / 2), columns - 1)
      return Place(column: column, eighths: max(1, Int(((to - from) * 8).rounded())))
    }
    let column = min(Int(from.rounded()), columns - 1)
    return Place(column: column, eighths: max(1, Int((to * 8).rounded()) - column * 8))
  }

  /// The whole columns of a bar; none where it is shorter than half of one.
  package func cells(of bar: TimeBar, at now: Date) -> Range<Int> {
    let from = Int(position(of: bar.start).rounded())
    return from..<max(from, Int(position(of: bar.end(at: now)).rounded()))
  }

  /// The middle column of each gap, where its mark stands.
  package var gapColumns: [Int] {
    gaps.map { gap in
      min(Int((position(of: gap.start) + position(of: gap.end)) / 2), columns - 1)
    }
  }

  /// Labels at round times, at least so many columns apart, and one for each gap.
  package func ticks(apart: Int) -> [Tick] {
    let marks = zip(gapColumns, gaps).map { Tick(column: $0, label: .gap($1.duration)) }
    guard scale > 0 else { return [Tick(column: 0, label: .elapsed(.zero))] }
    let step = Self.step(atLeast: Double(max(1, apart)) / scale)
    var ticks = marks
    var begin = start
    for (index, next) in (gaps.map { ($0.start, $0.end) } + [(end, end)]).enumerated() {
      var count = 0
      while true {
        let seconds = Double(count) * step
        let date = begin.addingTimeInterval(seconds)
        guard date <= next.0, count <= columns else { break }
        let column = Int(position(of: date))
        guard column < columns else { break }
        let time = Duration.milliseconds(Int64((seconds * 1000).rounded()))
        ticks.append(Tick(column: column, label: index == 0 ? .elapsed(time) : .since(time)))
        count += 1
      }
      begin = next.1
    }
    return ticks.sorted { $0.column < $1.column }
  }

  /// A round number of seconds, at least as large as the given one.
  private static func step(atLeast seconds: Double) -> Double {
    let day = 86_400.0
    let round: [Double] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, day,
    ]
    return round.first { $0 >= seconds } ?? (seconds / day).rounded(.up) * day
  }
}
