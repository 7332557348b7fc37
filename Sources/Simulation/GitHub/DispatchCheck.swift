/// Holds the inputs of a dispatch against the workflow file.
///
/// The messages are those that GitHub has been seen to send.
struct DispatchCheck {
  let workflow: SimulatedWorkflow
  let repository: SimulatedRepository

  func check(_ inputs: JSON) throws(GitHubFailure) {
    guard let fields = inputs.fields else {
      throw .dispatch(
        "Invalid request.\n\nFor 'properties/inputs', \(inputs.serialized) is not an object.")
    }
    guard fields.count <= 25 else {
      throw .dispatch("you may only define up to 25 `inputs` for a `workflow_dispatch` event")
    }
    let unknown = fields.map(\.name).filter { name in
      !workflow.inputs.contains { $0.name == name }
    }
    guard unknown.isEmpty else {
      throw .dispatch("Unexpected inputs provided: \(JSON.texts(unknown).serialized)")
    }
    for input in workflow.inputs { try check(input, fields.first { $0.name == input.name }?.value) }
  }

  private func check(
    _ input: SimulatedWorkflow.Input, _ value: JSON?
  ) throws(GitHubFailure) {
    guard let given = value.flatMap(text) ?? input.defaultValue,
      !(given.isEmpty && input.isRequired)
    else {
      guard input.isRequired else { return }
      throw .dispatch("Required input '\(input.name)' not provided")
    }
    let isAllowed: Bool
    switch input.kind {
    case .string: isAllowed = true
    case .number: isAllowed = given.isEmpty || Double(given) != nil
    case .boolean: isAllowed = ["true", "false"].contains(given)
    case .choice(let options): isAllowed = options.contains(given)
    case .environment:
      isAllowed = given.isEmpty || repository.environments.contains { $0.name == given }
    }
    guard !isAllowed else { return }
    switch input.kind {
    case .choice, .environment:
      throw .dispatch(
        "Provided value '\(given)' for input '\(input.name)' not in the list of allowed values")
    case .string, .number, .boolean:
      throw .dispatch("Provided value '\(given)' for input '\(input.name)' is not of its type")
    }
  }

  /// GitHub takes texts, numbers and booleans alike.
  private func text(_ value: JSON) -> String? {
    switch value {
    case .string(let text): text
    case .bool(let value): String(value)
    case .int, .number: value.serialized
    case .null, .array, .object, .raw: nil
    }
  }
}
