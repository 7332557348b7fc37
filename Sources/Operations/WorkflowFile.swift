package import Deploys
import Yams

/// The part of a workflow file that a dispatch needs.
///
/// Source: GitHub Docs, "Workflow syntax for GitHub Actions", `on.workflow_dispatch`.
package struct WorkflowFile: Sendable, Hashable {
  /// Whether the file has a `workflow_dispatch` trigger.
  package var canBeDispatched: Bool
  /// The inputs of the trigger, in the file's order.
  package var inputs: [DispatchInput]

  /// Why a workflow file cannot be used.
  package enum Failure: Error, Sendable, Hashable {
    /// The text is not YAML; with the parser's words.
    case notYAML(String)
    /// The text is YAML and no workflow.
    case notAWorkflow

    /// What is wrong, in words for a person.
    package var message: String {
      switch self {
      case .notYAML(let reason): "it does not parse: \(reason)"
      case .notAWorkflow: "it has no `on:`"
      }
    }
  }

  /// Reads a workflow file.
  /// - Throws: ``Failure``.
  package init(_ text: String) throws(Failure) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw .notYAML("\(error)")
    } catch {
      throw .notYAML("it does not parse")
    }
    // YAML 1.1 reads a bare `on` as true, so keys are compared as they are written.
    guard let trigger = root?.value(of: "on") else { throw .notAWorkflow }
    if let name = trigger.scalar?.string {
      canBeDispatched = name == "workflow_dispatch"
      inputs = []
    } else if let names = trigger.sequence {
      canBeDispatched = names.contains { $0.scalar?.string == "workflow_dispatch" }
      inputs = []
    } else if let event = trigger.value(of: "workflow_dispatch") {
      canBeDispatched = true
      inputs = event.value(of: "inputs")?.pairs.map(Self.input) ?? []
    } else {
      canBeDispatched = false
      inputs = []
    }
  }

  private static func input(name: String, node: Node) -> DispatchInput {
    let value = node.value(of: "default")?.text
    let options = node.value(of: "options")?.sequence?.compactMap(\.text) ?? []
    let kind: DispatchInput.Kind =
      switch node.value(of: "type")?.text {
      case "boolean": .boolean
      case "number": .number
      case "choice": .choice(options)
      case "environment": .environment([])
      default: .string
      }
    return DispatchInput(
      name: name, description: node.value(of: "description")?.text ?? "",
      isRequired: node.value(of: "required")?.text?.lowercased() == "true",
      kind: kind, defaultValue: kind == .boolean ? value?.lowercased() : value)
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
}
