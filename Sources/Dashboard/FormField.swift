import Canvas
import Deploys
import Foundation

/// One line of a form that is being filled in.
struct FormField: Sendable, Equatable, Identifiable {
  /// How the answer is given.
  enum Answer: Sendable, Equatable {
    case text(TextField)
    /// One of the options, by its place; `nil` while none is chosen.
    case choice([String], selected: Int?)
  }

  /// What the field stands for; the name of an input, or the ref.
  var id: String
  var label: String
  var help: String
  var isRequired: Bool
  var mustBeNumber = false
  /// What GitHub takes when the answer is left empty; `nil` for nothing.
  var fallback: String?
  var answer: Answer
  /// What was wrong with the answer when it was last given.
  var error: String?

  /// The answer as text; empty for none.
  var value: String {
    switch answer {
    case .text(let field): field.text
    case .choice(let options, let selected):
      selected.flatMap { options.indices.contains($0) ? options[$0] : nil } ?? ""
    }
  }

  /// Whether it is answered by choosing.
  var isChoice: Bool {
    switch answer {
    case .text: false
    case .choice: true
    }
  }

  /// What is wrong with the answer; `nil` when it will do.
  var complaint: String? {
    let value = value
    if value.isEmpty {
      guard isRequired else { return nil }
      if case .choice(let options, _) = answer, options.isEmpty {
        return "required, and the workflow file lists no options"
      }
      return "required"
    }
    if mustBeNumber, Double(value)?.isFinite != true { return "not a number" }
    return nil
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
}

extension FormField {
  /// The field for the ref that a workflow is dispatched at.
  static func ref(_ text: String) -> FormField {
    FormField(
      id: "ref", label: "ref", help: "The branch or tag to deploy.", isRequired: true,
      answer: .text(TextField(text)))
  }

  /// The field for one input of a workflow.
  init(_ input: DispatchInput) {
    self.init(
      id: input.name, label: input.name, help: input.description, isRequired: input.isRequired,
      fallback: input.defaultValue.flatMap { $0.isEmpty ? nil : $0 },
      answer: .text(TextField(PlainText.sanitized(input.defaultValue ?? ""))))
    func choice(_ options: [String]) -> Answer {
      .choice(options, selected: input.defaultValue.flatMap(options.firstIndex(of:)))
    }
    switch input.kind {
    case .string: break
    case .number: mustBeNumber = true
    case .boolean:
      // GitHub takes an unanswered boolean for false, and shows it so in its own form.
      answer = .choice(["true", "false"], selected: input.defaultValue == "true" ? 0 : 1)
    case .choice(let options): answer = choice(options)
    case .environment(let names): if !names.isEmpty { answer = choice(names) }
    }
  }
}
