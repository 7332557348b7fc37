import Canvas
import Deploys
import LogText

/// What stands where the text would be while there is none.
struct PagerAbsence {
  var model: Model
  var pager: Pager

  func draw(into frame: inout Frame, in rect: Rect) {
    let inner = rect.inset(
      columns: rect.size.columns < 60 ? 1 : 3, rows: rect.size.rows < 12 ? 0 : 1)
    var line = 0
    for (text, style) in sentences {
      for words in TextWrap.lines(text, width: inner.size.columns) {
        guard line < inner.size.rows else { return }
        frame.put(words, at: inner.row(line).origin, style: style, width: inner.size.columns)
        line += 1
      }
    }
    guard line < inner.size.rows else { return }
    if case .fetching(let transfer?) = pager.text?.state {
      let (bar, _) = inner.row(line).split(leftColumns: 50)
      TransferBar(transfer: transfer, glyphs: model.glyphs).draw(into: &frame, in: bar)
    } else if pager.text == nil || pager.isLate && pager.shown == pager.jobSource {
      let (_, rest) = inner.split(topRows: line)
      PagerSteps(model: model, pager: pager).drawSteps(into: &frame, in: rest)
    }
  }

  private var sentences: [(String, Style)] {
    guard let text = pager.text else {
      let steps = PagerSteps(model: model, pager: pager)
      return [(steps.sentence, .waiting)] + remedies
    }
    let spinner = model.glyphs.spinner(at: model.step)
    switch text.state {
    case .fetching(let transfer):
      return [("\(spinner) Fetching \(name)\(transfer.map { ", \($0.words)" } ?? "")", .running)]
    case .growing where text.isHeldBack:
      let size = text.log?.file.count.byteText ?? ""
      return [
        ("\(spinner) Fetching \(name), \(size); then its place is looked for.", .running),
        ("\(key(.allSteps)) shows at once what is there.", .dim),
      ]
    case .growing, .whole:
      return emptiness(text)
    case .failed(let failure):
      let style: Style = failure.kind == .notYet ? .waiting : .failure
      let sign = failure.kind == .notYet ? spinner : model.glyphs.failure
      // What does not exist yet is waited for.
      let again =
        failure.kind == .notYet
        ? "It opens by itself when it is there." : "\(key(.reload)) tries again."
      return [("\(sign) \(failure.message)", style), (failure.remedy, .plain)] + remedies
        + [(again, .dim)]
    }
  }

  private func emptiness(_ text: PagerText) -> [(String, Style)] {
    if let filtered = text.log?.status.filtered {
      return [
        (filtered.isComplete ? "No line fits the filter; esc shows all lines." : "Looking.", .dim)
      ]
    }
    let isWhole = !text.isGrowing
    return [(isWhole ? "The text is empty." : "Nothing has been written yet.", .dim)]
  }

  /// What is at hand instead.
  private var remedies: [(String, Style)] {
    guard let other = pager.otherSource else { return [] }
    if case .build = other { return [("\(key(.otherLog)) shows the runner's own log.", .dim)] }
    return pager.isJobOver ? [("\(key(.otherLog)) shows the job's log.", .dim)] : []
  }

  private var name: String {
    switch pager.shown {
    case .job: "the job's log"
    case .attempt: "the logs of all jobs"
    case .build: "the runner's log"
    case .file(_, let path), .local(let path): PlainText.sanitized(path)
    }
  }

  private func key(_ command: PagerCommand) -> String {
    Command.pager(command).keys(in: .pager).first?.description ?? ""
  }
}
