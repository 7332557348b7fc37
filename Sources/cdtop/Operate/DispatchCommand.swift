import ArgumentParser
import Deploys
import Operations
import Settings

/// `cdtop dispatch`: starts a workflow by hand.
struct DispatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch",
    abstract: "Dispatch a workflow (workflow_dispatch) of a configured environment.",
    discussion: """
      The inputs are checked against the workflow file at the ref before anything is sent; what is \
      not given has the file's default. \(MutationOptions.exitCodes) With --watch: 1 also where \
      the new run does not succeed, 2 where a source is failing.
      """)

  @OptionGroup var options: MutationOptions

  @Argument(help: "A workflow's name, file or id, or SERVICE@ENV.")
  var workflow: String

  @Option(
    name: .long,
    help: "The branch or tag; else that of the workflow's newest run, else the default branch.")
  var ref: String?

  @Option(
    name: [.customShort("f"), .customLong("field")],
    help: ArgumentHelp(
      "An input; may be given several times.", valueName: "name=value"))
  var fields: [String] = []

  @Flag(name: .long, help: "Print what the new run does until it is over, then the run.")
  var watch = false

  func validate() throws {
    _ = try inputs()
    if let ref, ref.isEmpty { throw ValidationError("--ref is empty") }
  }

  func run() async throws {
    try await options.carryOut { session in
      try await propose(session)
    } then: { session, run in
      guard watch else { return }
      try await session.watch(run, json: options.json)
    }
  }

  private func propose(_ session: Session) async throws -> Proposal {
    let found = try await session.finder.workflow(workflow)
    let target = found.target
    switch await session.operations.dispatchForm(for: target, at: ref) {
    case .failed(let message, let remedy, _):
      throw Console.failure(message, remedy: remedy)
    case .form(let form):
      let inputs = try Self.checked(try inputs(), against: form)
      let request = DispatchRequest(
        repository: target.repository, workflowID: target.workflowID,
        workflowName: target.workflowName, path: target.path, ref: form.ref, inputs: inputs,
        environment: target.environment, service: target.service)
      let reached = Self.reached(by: inputs, of: form, session.configuration.environments)
      return Proposal(
        mutation: .dispatch(request), environment: reached ?? found.environment,
        question: [
          "Dispatch \(request.workflowName) of \(request.repository) at \(request.ref) in "
            + "\(request.environment)."
        ] + Self.answers(inputs, to: form)
          + (reached.map { ["An input names \($0.name), which is guarded."] } ?? []),
        details: [
          "repository": .string(request.repository.description), "ref": .string(request.ref),
        ])
    }
  }

  private func inputs() throws -> [DispatchRequest.Input] {
    try fields.map { text in
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw ValidationError("-f \(text): an input is written name=value")
      }
      return DispatchRequest.Input(
        name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }
  }

  /// The guarded environment, other than the workflow's own, that an input of the kind names: what
  /// reaches it takes the same consent as what is its own.
  private static func reached(
    by inputs: [DispatchRequest.Input], of form: DispatchForm,
    _ environments: [Deploys.Environment]
  ) -> Deploys.Environment? {
    let names = form.inputs.compactMap { expected -> String? in
      guard case .environment = expected.kind else { return nil }
      return inputs.first { $0.name == expected.name }?.value ?? expected.defaultValue
    }
    let others = environments.filter {
      names.contains($0.name) && $0.name != form.target.environment
    }
    return others.first { $0.readOnlyReason != nil } ?? others.first(where: \.isProtected)
  }

  /// Refuses what GitHub would refuse, before anything is sent.
  /// - Returns: What was given, in the file's order; of an input that was given twice the last.
  private static func checked(
    _ inputs: [DispatchRequest.Input], against form: DispatchForm
  ) throws -> [DispatchRequest.Input] {
    let names = form.inputs.map(\.name)
    for input in inputs where !names.contains(input.name) {
      throw Console.failure(
        "\(form.target.path) at \(form.ref) has no input \(input.name)",
        remedy: names.isEmpty
          ? "It has no inputs." : "It has: \(names.joined(separator: ", ")).")
    }
    return try form.inputs.compactMap { expected in
      let given = inputs.last { $0.name == expected.name }
      if let problem = expected.problem(with: given?.value ?? expected.defaultValue ?? "") {
        throw Console.failure(
          "input \(expected.name): \(problem)", remedy: "Give -f \(expected.name)=…")
      }
      return given
    }
  }

  /// One line an input, also for what the file's default stands for.
  private static func answers(
    _ inputs: [DispatchRequest.Input], to form: DispatchForm
  ) -> [String] {
    form.inputs.compactMap { expected in
      if let given = inputs.first(where: { $0.name == expected.name }) {
        return "  \(expected.name) = \(given.value)"
      }
      guard let value = expected.defaultValue, !value.isEmpty else { return nil }
      return "  \(expected.name) = \(value) (default)"
    }
  }
}
