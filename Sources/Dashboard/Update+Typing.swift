import Canvas

extension Model {
  /// The keys at the beginning of some that only write into the line that has the keys.
  func typed(by keys: ArraySlice<Key>) -> ArraySlice<Key> {
    let focus = focus
    // A key that answers, and one that may have been pressed twice, is looked at by itself.
    guard focus.takesText, !asksToReplace, !hasJustClosed else { return keys.prefix(0) }
    return keys.prefix {
      $0.typed != nil && KeyMap.standard.command(for: $0, in: focus) == nil
    }
  }

  /// Writes what keys have typed at once.
  mutating func type(_ keys: ArraySlice<Key>) -> [Effect] {
    attend()
    isQuitAsked = false
    return write(keys.compactMap(\.typed).map { PlainText.sanitized(String($0)) }.joined())
  }

  /// Takes text that was pasted: a text field takes it as one line, and nothing else takes it, for
  /// what was copied somewhere presses no keys.
  mutating func paste(_ text: String) -> [Effect] {
    guard focus != .small else { return [] }
    attend()
    isQuitAsked = false
    if asksToReplace {
      refusePaste("pasted text is no answer: y or n")
    } else if focus == .name {
      // The name is typed so that somebody has read it.
      say(Notice("pasted text does not confirm: type the name", .warning))
    } else if focus.takesText {
      let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
      return line.isEmpty ? [] : write(PlainText.sanitized(line))
    } else {
      say(Notice("pasted text goes into text fields only", .warning))
    }
    return []
  }

  /// Writes into the line that has the keys, and says where that did not take all of it.
  mutating func write(_ text: String) -> [Effect] {
    var limit: Int?
    let effects = edit { field in
      field.insert(text)
      if field.isCut { limit = field.limit }
    }
    if let limit { say(Notice(TextField.cutWords(limit), .warning)) }
    return effects
  }

  /// Whether the line that has the keys is the question whether a file is replaced.
  private var asksToReplace: Bool {
    switch screens.last {
    case .pager(let pager):
      if case .replacing = pager.question?.kind { true } else { false }
    case .files(let files):
      if case .replacing = files.question?.kind { true } else { false }
    case .help, .detail, .versions, .dispatch, .refs, .workflows, .tag, .act, .bulk, nil: false
    }
  }

  /// Says beside the line that has the keys why it did not take a paste.
  private mutating func refusePaste(_ words: String) {
    switch screens.last {
    case .pager(var pager):
      pager.question?.refusal = words
      screens[screens.count - 1] = .pager(pager)
    case .files(var files):
      files.question?.refusal = words
      screens[screens.count - 1] = .files(files)
    case .help, .detail, .versions, .dispatch, .refs, .workflows, .tag, .act, .bulk, nil: break
    }
  }
}
