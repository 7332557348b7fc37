extension Frame {
  /// The text of every row, without the spaces at its end.
  package var lines: [String] {
    rows { cells in
      var text = cells.map(\.text).joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// The style of every row: a letter for each cell, and what a letter cannot say after it.
  ///
  /// The letter is the role's, upper case where the cell is bold (`:` for bold ordinary text). The
  /// selected, the underlined and the reversed columns follow in brackets.
  package var stylePlane: [String] {
    rows { cells in
      var line = String(
        cells.map { cell in
          guard cell.style.isBold else { return cell.style.role.letter }
          return cell.style.role == .text
            ? ":" : Character(cell.style.role.letter.uppercased())
        })
      line += Self.note("selected", cells, \.isSelected)
      line += Self.note("underlined", cells, \.isUnderlined)
      line += Self.note("reversed", cells, \.isReversed)
      return line
    }
  }

  private func rows(_ line: (ArraySlice<Cell>) -> String) -> [String] {
    (0..<size.rows).map { row in
      line(cells[(row * size.columns)..<((row + 1) * size.columns)])
    }
  }

  private static func note(
    _ word: String, _ cells: ArraySlice<Cell>, _ mark: KeyPath<Style, Bool>
  ) -> String {
    var ranges: [Range<Int>] = []
    for (column, cell) in cells.enumerated() where cell.style[keyPath: mark] {
      if let last = ranges.last, last.upperBound == column {
        ranges[ranges.count - 1] = last.lowerBound..<(column + 1)
      } else {
        ranges.append(column..<(column + 1))
      }
    }
    guard !ranges.isEmpty else { return "" }
    let columns = ranges.map { "\($0.lowerBound)-\($0.upperBound - 1)" }
    return " [\(word) \(columns.joined(separator: ","))]"
  }
}
