/// One input that a workflow's `workflow_dispatch` trigger asks for.
///
/// Source: GitHub's workflow syntax, `on.workflow_dispatch.inputs.<id>.type`.
package struct DispatchInput: Sendable, Hashable, Identifiable {
  /// What may be answered.
  package enum Kind: Sendable, Hashable {
    /// Any text.
    case string
    /// A number.
    case number
    /// `true` or `false`.
    case boolean
    /// One of the given options, in the file's order.
    case choice([String])
    /// The name of a GitHub environment; empty where the names could not be read.
    case environment([String])
  }

  /// The input's name in the workflow file.
  package var name: String
  /// What the file says about it; empty where it says nothing.
  package var description: String
  /// Whether it must not be empty.
  package var isRequired: Bool
  /// What may be answered.
  package var kind: Kind
  /// What stands for it when nothing is answered; `nil` where the file gives none.
  package var defaultValue: String?

  /// The name, which is unique in its workflow.
  package var id: String { name }

  /// Creates an input.
  package init(
    name: String, description: String = "", isRequired: Bool = false, kind: Kind = .string,
    defaultValue: String? = nil
  ) {
    self.name = name
    self.description = description
    self.isRequired = isRequired
    self.kind = kind
    self.defaultValue = defaultValue
  }

  /// Why GitHub would not take an answer; `nil` where it would.
  package func problem(with value: String) -> String? {
    if value.isEmpty { return isRequired ? "it is required" : nil }
    switch kind {
    case .string: return nil
    case .number: return Double(value)?.isFinite != true ? "it must be a number" : nil
    case .boolean: return ["true", "false"].contains(value) ? nil : "it must be true or false"
    case .choice([]): return "its list of options is empty, so it can only stay empty"
    case .choice(let options), .environment(let options):
      if options.isEmpty || options.contains(value) { return nil }
      return "it must be one of: \(options.joined(separator: ", "))"
    }
  }
}
