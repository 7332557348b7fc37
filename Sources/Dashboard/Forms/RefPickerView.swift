import Canvas
import Deploys

/// Draws the list of branches and tags.
struct RefPickerView {
  var model: Model
  var picker: RefPicker

  var sheet: Sheet {
    var sheet = Sheet(title: "Branches and tags of \(picker.repository)", screen: model.size)
    var foot = sheet.isRoomy ? [Sheet.Line()] : []
    for kind in GitRef.Kind.allCases {
      guard let failure = picker.pages[kind]?.failure else { continue }
      foot += PickerParts.failure(
        failure.message, "\(failure.remedy) Down at the end asks again, f5 for all anew.",
        rows: sheet.isRoomy ? 3 : 1, width: sheet.width, glyphs: model.glyphs)
    }
    foot += PickerParts.lines(
      status(isRoomy: sheet.isRoomy), rows: sheet.isRoomy ? 2 : 1, width: sheet.width, .dim)
    PickerParts.typing(picker.field, in: &sheet, below: foot)
    guard !picker.hits.isEmpty else {
      sheet.body = TextWrap.lines(emptyWords, width: sheet.width).map { Sheet.Line($0, .dim) }
      sheet.shrink()
      return sheet
    }
    let (width, isRoomy) = (sheet.width, sheet.isRoomy)
    PickerParts.window(of: picker.hits.count, around: picker.cursor, in: &sheet) { index in
      line(of: picker.hits[index], isSelected: index == picker.cursor, width, isRoomy)
    }
    sheet.shrink()
    return sheet
  }

  private var emptyWords: String {
    if picker.isReading { return "\(model.glyphs.spinner(at: model.step)) reading" }
    if picker.count == 0 {
      return picker.hasMore ? "Nothing could be read." : "There are no branches and no tags."
    }
    let more = picker.hasMore ? "; down reads more" : ""
    return "None of the \(picker.count) that are read has “\(picker.field.text)”\(more)."
  }

  private func line(
    of entry: RefEntry, isSelected: Bool, _ width: Int, _ isRoomy: Bool
  ) -> Sheet.Line {
    let isBranch = entry.ref.kind == .branch
    let kind = isRoomy ? (isBranch ? "branch " : "tag    ") : (isBranch ? "b " : "t ")
    let note = note(of: entry, isRoomy)
    let commit = isRoomy ? "  " + PlainText.sanitized(String(entry.ref.commit.prefix(7))) : ""
    let fixed = 2 + kind.count + DisplayWidth.of(note) + DisplayWidth.of(commit)
    let name = PickerParts.fitted(
      entry.ref.name, to: max(4, width - fixed), glyphs: model.glyphs)
    return Sheet.Line([
      Span(isSelected ? "\(model.glyphs.selection) " : "  ", .accent),
      Span(kind, isBranch ? .info : .dim),
      Span(name, isSelected ? Style.plain.bold : .plain),
      Span(note, entry.place == .ownTag ? .success : .dim), Span(commit, .dim),
    ])
  }

  private func note(of entry: RefEntry, _ isRoomy: Bool) -> String {
    if let runAt = entry.runAt {
      let age = Duration(from: runAt, to: model.now).shortText
      return isRoomy ? "  run \(age) ago" : " \(age)"
    }
    guard isRoomy, entry.place == .ownTag else { return "" }
    return "  for \(picker.environment)"
  }

  /// How much has been read, and whether there is more.
  private func status(isRoomy: Bool) -> String {
    let isTurning = picker.isReading
    let turning = isTurning ? " \(model.glyphs.spinner(at: model.step))" : ""
    let parts = GitRef.Kind.allCases.map { kind -> String in
      let pages = picker.pages[kind] ?? RefPages()
      let name = kind == .branch ? "branches" : "tags"
      guard isRoomy else { return "\(name) \(pages.count)p" }
      let count = pages.count == 1 ? "1 page" : "\(pages.count) pages"
      let end = pages.hasMore ? "more exist" : "all read"
      return "\(name): \(pages.refCount) in \(count), \(end)"
    }
    guard !isRoomy else {
      let found = picker.field.isEmpty ? [] : ["\(picker.hits.count) of \(picker.count)"]
      return (found + parts).joined(separator: "; ") + turning
    }
    let found = picker.field.isEmpty ? "" : "\(picker.hits.count)/\(picker.count) "
    return found + parts.joined(separator: ", ") + (picker.hasMore ? ", more" : ", all") + turning
  }
}
