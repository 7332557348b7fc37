import Canvas
import Deploys

/// One line of a form that is being filled in.
struct FormField: Sendable, Equatable, Identifiable {
  /// How the answer is given.
  enum Answer: Sendable, Equatable {
    case text(TextField)
    /// One of the options, by its place; `nil` while none is chosen.
    case choice([String], selected: Int?)
  }

  /// What is wrong with an answer.
  struct Complaint: Sendable, Equatable {
    var text: String
    /// What to do about it; empty where that goes without saying.
    var advice = ""
  }

  let id: DispatchComplaint.Field
  /// What the workflow file says of it; `nil` for the ref.
  let input: DispatchInput?
  var answer: Answer
  /// What it was last answered with, where that would do today.
  let last: String?
  /// The answer that stood there before anybody touched it.
  private(set) var initial = ""
  /// What the operator has answered, where it does not fit as the field is now.
  var unfitting: String?
  /// What is new about it, or what could not be kept; empty for nothing.
  var news = ""
  /// What was wrong with the answer when it was last given.
  var error: Complaint?

  /// The answer as text; empty for none.
  var value: String {
    switch answer {
    case .text(let field):
      guard let input else { return field.text.trimmingSpaces }
      // What is shown may be a tamed form of what the file says; that is what counts.
      let known = [input.defaultValue, last].compactMap(\.self)
      return known.first { PlainText.sanitized($0) == field.text } ?? field.text
    case .choice(let options, let selected):
      return selected.flatMap { options.indices.contains($0) ? options[$0] : nil } ?? ""
    }
  }

  var label: String { input?.name ?? "ref" }
  var isRequired: Bool { input?.isRequired ?? true }

  var help: String {
    guard let input else {
      let words = "The branch or tag to deploy."
      return last.map { "\(words) Last time: \($0)." } ?? words
    }
    return input.description
  }

  /// What GitHub takes when the answer is left empty; `nil` for nothing.
  var fallback: String? { input?.defaultValue.flatMap { $0.isEmpty ? nil : $0 } }

  /// Whether it is answered by choosing.
  var isChoice: Bool {
    switch answer {
    case .text: false
    case .choice: true
    }
  }

  /// Whether the operator has given another answer than the one that stood there.
  var isTouched: Bool { value != initial }

  /// Whether the answer is last time's, and not the workflow's own.
  var isAsLastTime: Bool { input != nil && last == value && value != defaultText }

  /// What is wrong with the answer; `nil` when it will do.
  var complaint: Complaint? {
    let value = value
    if let input { return input.problem(with: value).map { Complaint(text: $0) } }
    if value.isEmpty { return Complaint(text: "it is required") }
    return TagTemplate.isTagName(value)
      ? nil : Complaint(text: "no branch or tag can be called so")
  }

  /// Changes the chosen option by so many places, without going round.
  mutating func choose(by count: Int) {
    guard case .choice(let options, let selected) = answer, !options.isEmpty else { return }
    let next = selected.map { $0 + count } ?? (count > 0 ? 0 : options.count - 1)
    answer = .choice(options, selected: min(max(0, next), options.count - 1))
    error = nil
  }

  /// Takes the next option, going round.
  mutating func chooseNext() {
    guard case .choice(let options, let selected) = answer, !options.isEmpty else { return }
    answer = .choice(options, selected: selected.map { ($0 + 1) % options.count } ?? 0)
    error = nil
  }

  /// Puts an answer there that was given before.
  /// - Returns: Whether it could be.
  @discardableResult
  mutating func put(_ value: String) -> Bool {
    switch answer {
    case .text: answer = .text(TextField(PlainText.sanitized(value)))
    case .choice(let options, _):
      if value.isEmpty { return true }
      guard let place = options.firstIndex(of: value) else { return false }
      answer = .choice(options, selected: place)
    }
    error = nil
    return true
  }
}

extension FormField {
  /// The field for the ref that a workflow is dispatched at.
  init(ref: String, last: String?) {
    id = .ref
    input = nil
    answer = .text(TextField(PlainText.sanitized(ref)))
    self.last = last
    initial = value
  }

  /// The field for one input of a workflow, and what that was last answered with.
  init(_ input: DispatchInput, last: String? = nil) {
    id = .input(input.name)
    self.input = input
    answer = Self.answer(to: input)
    // Where a dispatch goes is chosen each time: last time's answer would be confirmed unread.
    let last = input.isOfEnvironment ? nil : last
    let usable = last.flatMap { input.problem(with: $0) == nil ? $0 : nil }
    self.last = usable
    if let usable {
      put(usable)
    } else if let last, !last.isEmpty {
      news = "last time: \(last), which does not fit any more"
    }
    initial = value
  }

  /// What the workflow's own default comes to.
  private var defaultText: String {
    guard let input else { return initial }
    var field = self
    field.answer = Self.answer(to: input)
    return field.value
  }

  /// Whether the answer is the one that the workflow gives by itself.
  var isDefault: Bool { value == defaultText }

  /// The workflow's own default where the answer is another; `nil` where there is none or it is
  /// the answer.
  var otherDefault: String? { isDefault || defaultText.isEmpty ? nil : defaultText }

  /// Puts the workflow's own default there; for the ref what stood there first.
  mutating func reset() {
    answer = input.map(Self.answer) ?? .text(TextField(initial))
    error = nil
  }

  private static func answer(to input: DispatchInput) -> Answer {
    func choice(_ options: [String]) -> Answer {
      .choice(options, selected: input.defaultValue.flatMap(options.firstIndex(of:)))
    }
    let text = Answer.text(TextField(PlainText.sanitized(input.defaultValue ?? "")))
    return switch input.kind {
    case .string, .number: text
    // GitHub takes an unanswered boolean for false, and shows it so in its own form.
    case .boolean: .choice(["true", "false"], selected: input.defaultValue == "true" ? 0 : 1)
    case .choice(let options): choice(options)
    case .environment(let names): names.isEmpty ? text : choice(names)
    }
  }
}

extension String {
  /// The text without the spaces around it, which a paste easily brings along.
  var trimmingSpaces: String {
    let start = drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }
}
