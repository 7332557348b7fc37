import Canvas
import Deploys

/// What there is to say about the selected row, under a rule that names it.
struct DetailView {
  var model: Model

  func draw(into frame: inout Frame, in rect: Rect) {
    guard rect.size.rows > 1 else { return }
    drawRule(into: &frame, in: rect.row(0))
    let (_, body) = rect.split(topRows: 1)
    let width = body.size.columns - 2
    let lines = Array(lines.prefix(body.size.rows))
    let wrapped = lines.map { TextWrap.lines($0.text, width: width) }
    let shares = Self.shares(wrapped.map(\.count), of: body.size.rows)
    var row = 0
    for (index, share) in shares.enumerated() {
      let all = wrapped[index]
      for line in 0..<share {
        // The last line that there is room for takes the rest, and shows that it is cut.
        let text =
          line == share - 1 ? all[line...].joined(separator: " ") : all[line]
        frame.put(
          text, at: body.origin.moved(columns: 1, rows: row), style: Style(lines[index].role),
          width: width)
        row += 1
      }
    }
  }

  /// Gives each text a line, and what is left to the first ones that need more.
  static func shares(_ wanted: [Int], of rows: Int) -> [Int] {
    var shares = wanted.map { _ in 1 }
    var left = rows - wanted.count
    for index in wanted.indices where left > 0 {
      let more = min(left, wanted[index] - 1)
      shares[index] += more
      left -= more
    }
    return shares
  }

  private func drawRule(into frame: inout Frame, in rect: Rect) {
    frame.rule(at: rect.origin, columns: rect.size.columns, glyphs: model.glyphs)
    let below = model.board.rows.count - model.board.top - model.board.height
    var room = rect.size.columns - 4
    if below > 0 {
      let text = " \(model.glyphs.down) \(below) more "
      let width = DisplayWidth.of(text)
      frame.put(
        text, at: rect.origin.moved(columns: rect.size.columns - width - 1), style: .accent)
      room -= width + 1
    }
    guard !title.isEmpty else { return }
    frame.put(" \(title) ", at: rect.origin.moved(columns: 1), style: .heading, width: room)
  }

  private var title: String {
    let separator = " \(model.glyphs.separator) "
    if let deploy = model.selectedDeploy {
      let run = deploy.run
      return [
        "\(deploy.service) \(run.label)", deploy.environment,
        run.ref ?? String(run.headSHA.prefix(7)), "by \(run.actor)",
      ].map(PlainText.sanitized).joined(separator: separator)
    }
    return section.map { PlainText.sanitized($0.environment.name) } ?? ""
  }

  private var section: Snapshot.Section? {
    guard case .section(let name) = model.board.selection else { return nil }
    return model.snapshot.sections.first { $0.environment.name == name }
  }

  private var lines: [DetailLine] {
    let writer = DetailWriter(glyphs: model.glyphs, now: model.now)
    if let section { return writer.lines(of: section, window: model.window) }
    guard let deploy = model.selectedDeploy else { return [] }
    if let job = model.selectedJob { return writer.lines(of: job, in: deploy) }
    return writer.lines(of: deploy)
  }
}
