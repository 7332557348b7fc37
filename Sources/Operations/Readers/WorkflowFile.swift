package import Deploys
import Yams

/// The part of a workflow file that starting it needs.
///
/// Source: GitHub Docs, "Workflow syntax for GitHub Actions", `on`.
package struct WorkflowFile: Sendable, Hashable {
  /// How many inputs GitHub takes.
  ///
  /// Source: GitHub Docs, "Events that trigger workflows", `workflow_dispatch`.
  package static let inputLimit = 25

  /// Whether the file has a `workflow_dispatch` trigger.
  package var canBeDispatched: Bool
  /// The inputs of the trigger, in the file's order.
  package var inputs: [DispatchInput]
  /// Which tags start it by being pushed.
  var tags: TagFilter

  /// Why a workflow file cannot be used.
  package enum Failure: Error, Sendable, Hashable {
    /// The text is not YAML: the line, counted from 1 and `nil` where the parser names none, and
    /// the parser's words.
    case notYAML(line: Int?, problem: String)
    /// The text is YAML and no workflow.
    case notAWorkflow
    /// There are more inputs than GitHub takes; how many there are.
    case tooManyInputs(Int)

    /// What is wrong, in words for a person.
    package var message: String {
      switch self {
      case .notYAML(let line, let problem):
        "\(line.map { "line \($0)" } ?? "it") does not parse: \(problem)"
      case .notAWorkflow: "it has no `on:`"
      case .tooManyInputs(let count):
        "it has \(count) inputs, and GitHub takes \(WorkflowFile.inputLimit)"
      }
    }
  }

  /// Reads a workflow file.
  /// - Throws: ``Failure``.
  package init(_ text: String) throws(Failure) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw Failure(parsing: error)
    }
    // YAML 1.1 reads a bare `on` as true, so keys are compared as they are written.
    guard let trigger = root?.value(of: "on") else { throw .notAWorkflow }
    if trigger.mapping == nil {
      let names = trigger.texts
      canBeDispatched = names.contains("workflow_dispatch")
      inputs = []
      tags = names.contains(where: TagFilter.events.contains) ? .all : .none
      return
    }
    let event = trigger.value(of: "workflow_dispatch")
    canBeDispatched = event != nil
    inputs = event?.value(of: "inputs")?.pairs.map(Self.input) ?? []
    tags = Self.tagFilter(of: trigger)
    if inputs.count > Self.inputLimit { throw .tooManyInputs(inputs.count) }
  }

  private static func input(name: String, node: Node) -> DispatchInput {
    let value = node.value(of: "default")?.text
    let kind: DispatchInput.Kind =
      switch node.value(of: "type")?.text {
      case "boolean": .boolean
      case "number": .number
      case "choice": .choice(node.value(of: "options")?.texts ?? [])
      case "environment": .environment([])
      default: .string
      }
    return DispatchInput(
      name: name, description: node.value(of: "description")?.text ?? "",
      isRequired: node.value(of: "required")?.text?.lowercased() == "true",
      kind: kind, defaultValue: kind == .boolean ? value?.lowercased() : value)
  }

  private static func tagFilter(of trigger: Node) -> TagFilter {
    if trigger.value(of: "create") != nil { return .all }
    guard let push = trigger.value(of: "push") else { return .none }
    if let patterns = push.value(of: "tags") { return .only(patterns.texts) }
    if let patterns = push.value(of: "tags-ignore") { return .allBut(patterns.texts) }
    // A filter on branches alone leaves every tag out.
    let isOfBranches = ["branches", "branches-ignore"].contains { push.value(of: $0) != nil }
    return isOfBranches ? .none : .all
  }
}

extension WorkflowFile.Failure {
  /// Says what an error of the parser means, without quoting the text.
  init(parsing error: any Error) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let words = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
      self = .notYAML(line: mark.line, problem: words)
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).filter(\.isNewline).count + 1 }
      self = .notYAML(line: line, problem: problem)
    case .duplicatedKeysInMapping(let names, let context):
      self = .notYAML(
        line: context.mark.line, problem: "written twice: \(names.joined(separator: ", "))")
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded, nil:
      self = .notYAML(line: nil, problem: "the text is not YAML")
    }
  }
}

extension Node {
  /// The value of a key, compared as it is written.
  fileprivate func value(of key: String) -> Node? {
    pairs.first { $0.0 == key }?.1
  }

  /// The pairs of a mapping whose keys are scalars, in order.
  fileprivate var pairs: [(String, Node)] {
    guard let mapping else { return [] }
    return mapping.compactMap { pair in pair.key.scalar.map { ($0.string, pair.value) } }
  }

  /// A scalar as it is written; `nil` for the rest and for an empty value.
  fileprivate var text: String? {
    guard let scalar, !(scalar.style == .plain && ["", "~", "null"].contains(scalar.string))
    else { return nil }
    return scalar.string
  }

  /// The scalars of a list, or of a value that stands for a list of one.
  fileprivate var texts: [String] {
    sequence?.compactMap(\.text) ?? text.map { [$0] } ?? []
  }
}
