/// Something that is wrong with a workflow, so that it cannot be dispatched as it should.
package struct WorkflowFlaw: Sendable, Hashable, Codable {
  /// What is wrong.
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its file is no YAML.
    case unparsable
    /// It has a choice without anything to choose.
    case emptyChoice = "empty_choice"
    /// It cannot be dispatched.
    case noDispatch = "no_dispatch"
    /// Somebody has disabled it.
    case disabled
    /// Its file is not at the refs that are asked for.
    case noFile = "no_file"
  }

  /// The workflow, by the name that GitHub shows.
  package var workflow: String
  /// What is wrong.
  package var flaw: Kind

  /// Creates a flaw.
  package init(workflow: String, flaw: Kind) {
    self.workflow = workflow
    self.flaw = flaw
  }

  /// Reads a flaw.
  package init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(besides: CodingKeys.allCases.map(\.rawValue))
    let values = try decoder.container(keyedBy: CodingKeys.self)
    workflow = try values.decode(String.self, forKey: .workflow)
    flaw = try values.decode(Kind.self, forKey: .flaw)
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case workflow, flaw
  }
}

extension Catalogue {
  /// Puts flaws into the workflows that they name.
  mutating func apply(_ flaws: [WorkflowFlaw]) {
    for repository in repositories.indices {
      for index in repositories[repository].workflows.indices {
        let name = repositories[repository].workflows[index].displayName
        for flaw in flaws where flaw.workflow == name {
          repositories[repository].workflows[index].apply(flaw.flaw)
        }
      }
    }
  }
}

extension SimulatedWorkflow {
  fileprivate mutating func apply(_ flaw: WorkflowFlaw.Kind) {
    switch flaw {
    case .unparsable: isUnparsable = true
    case .noFile: hasFile = false
    case .noDispatch: takesDispatch = false
    case .disabled: state = "disabled_manually"
    case .emptyChoice:
      inputs.append(
        Input(
          name: "canary", description: "Where to begin", kind: .choice([]), isRequired: true))
    }
  }
}
