import Canvas

/// Where the parts of the list of files stand.
struct FileBrowserLayout: Sendable, Equatable {
  /// What is shown: a line, or two.
  let header: Rect
  /// The rows.
  let list: Rect
  /// The line between the rows and what there is to say; without rows on a small screen.
  let rule: Rect
  /// What there is to say about the row under the cursor.
  let detail: Rect
  /// What is being saved; without rows while nothing is.
  let saving: Rect

  init(_ model: Model) { self.init(model.size, isSaving: !model.savings.isEmpty) }

  init(_ size: Size, isSaving: Bool) {
    let (body, _) = Rect(size: size).split(bottomRows: 1)
    let isRoomy = body.size.rows >= 14
    let (header, below) = body.split(topRows: isRoomy ? 2 : 1)
    let (above, saving) = below.split(bottomRows: isSaving ? 1 : 0)
    let (middle, detail) = above.split(bottomRows: isRoomy ? 2 : 1)
    let (list, rule) = middle.split(bottomRows: isRoomy ? 1 : 0)
    self.header = header
    self.list = list
    self.rule = rule
    self.detail = detail
    self.saving = saving
  }
}
