import Deploys
import LogText

/// A line that the pager asks for.
struct PagerQuestion: Sendable, Equatable {
  /// What the line is for.
  enum Kind: Sendable, Equatable {
    /// What to look for.
    case search(isBackward: Bool)
    /// What the lines that are shown must fit.
    case filter
    /// Where to go.
    case place
    /// Where to save the text.
    case path
    /// Whether a file that is there already is replaced.
    case replacing(SaveRequest)
  }

  let kind: Kind
  var field: TextField
  /// Whether a pattern is a regular expression.
  var usesRegex: Bool
  /// What is known beside the line, such as how large the text is.
  var remark = ""
  /// Which of the remembered patterns stands in the field; `nil` for none.
  private(set) var recalled: Int?
  /// Why the line was not taken, until it is changed.
  var refusal: String?
  /// What was typed before one was recalled.
  private var draft = ""

  init(_ kind: Kind, _ text: String = "", usesRegex: Bool = false, remark: String = "") {
    self.kind = kind
    self.usesRegex = usesRegex
    self.remark = remark
    field = TextField(text)
  }

  /// Whether the line is a pattern.
  var isPattern: Bool {
    switch kind {
    case .search, .filter: true
    case .place, .path, .replacing: false
    }
  }

  /// The pattern that was typed; `nil` for none.
  /// - Throws: What is wrong with it.
  func pattern() throws(LogPatternError) -> LogPattern? {
    guard isPattern, !field.isEmpty else { return nil }
    return try LogPattern(field.text, isRegex: usesRegex)
  }

  /// Puts one of the remembered patterns into the field, an earlier or a later one.
  mutating func recall(_ patterns: [String], isEarlier: Bool) {
    guard isPattern, !patterns.isEmpty else { return }
    if recalled == nil { draft = field.text }
    let index = (recalled ?? patterns.count) + (isEarlier ? -1 : 1)
    recalled = index < patterns.count ? max(0, index) : nil
    field = TextField(recalled.map { patterns[$0] } ?? draft)
  }

  /// Takes note that the line was changed by hand.
  mutating func edited() {
    recalled = nil
    refusal = nil
  }

  /// The question as the footer shows it.
  var prompt: Prompt {
    var prompt = Prompt(label: label, field: field, hint: hint)
    if let complaint = refusal ?? complaint {
      prompt.hint = complaint
      prompt.isWrong = true
    }
    return prompt
  }

  private var label: String {
    let mode = usesRegex ? "regex " : ""
    return switch kind {
    case .search(let isBackward): mode + (isBackward ? "\\" : "/")
    case .filter: mode + "&"
    case .place: ":"
    case .path: "save to "
    case .replacing: "Replace it, y or n? "
    }
  }

  private var hint: String {
    switch kind {
    case .search, .filter: usesRegex ? "ctrl-t for words" : "ctrl-t for a regex"
    case .place: "a line, or a percentage"
    case .path: remark
    case .replacing(let request): "\(request.path) is there"
    }
  }

  /// What is wrong with the line; `nil` for nothing.
  private var complaint: String? {
    switch kind {
    case .search, .filter:
      do {
        _ = try pattern()
        return nil
      } catch {
        return error.message
      }
    case .place:
      return field.isEmpty || PagerPlace(field.text) != nil ? nil : "a line, or a percentage"
    case .path, .replacing:
      return nil
    }
  }
}
