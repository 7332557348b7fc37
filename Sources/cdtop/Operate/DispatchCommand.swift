import ArgumentParser
import Deploys
import Operations
import Settings

/// `cdtop dispatch`: starts a workflow by hand.
struct DispatchCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch",
    abstract: "Dispatch a workflow (workflow_dispatch) of a configured environment.",
    discussion: """
      The inputs are checked against the workflow file at the ref before anything is sent; what is \
      not given has the file's default. \(MutationOptions.exitCodes) With --watch: 1 also where \
      the new run does not succeed, 2 where a source is failing.
      """)

  static let unknownDetails: [String: JSONValue] = ["ref": .null]

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
    try await options.carryOut(by: Self.self) { session, subject in
      try await propose(session, &subject)
    } then: { session, run in
      guard watch else { return }
      try await session.watch(run, json: options.json)
    }
  }

  private func propose(
    _ session: Session, _ subject: inout ChangeSubject
  ) async throws -> Proposal {
    let found = try await session.finder.workflow(workflow)
    subject.take(found)
    let target = found.target
    switch await session.operations.dispatchForm(for: target, at: ref) {
    case .failed(let message, let remedy, _):
      throw Console.failure(message, remedy: remedy)
    case .form(let form):
      subject.details["ref"] = .string(form.ref)
      let inputs = try Self.checked(try inputs(), against: form)
      let guarded = Self.guarded(by: inputs, of: form, session.configuration.environments)
      let request = DispatchRequest(
        repository: target.repository, workflowID: target.workflowID,
        workflowName: target.workflowName, path: target.path, ref: form.ref, inputs: inputs,
        environment: target.environment, service: target.service,
        confirmed: guarded.map(\.name))
      return Proposal(
        mutation: .dispatch(request), environment: found.environment, guarded: guarded,
        question: [
          "Dispatch \(request.workflowName) of \(request.repository) at \(request.ref) in "
            + "\(request.environment)."
        ] + Self.answers(inputs, to: form)
          + guarded.map { "An input names \($0.name), which is guarded." },
        details: [
          "repository": .string(request.repository.description), "ref": .string(request.ref),
        ])
    }
  }

  private func inputs() throws -> [DispatchRequest.Input] {
    let inputs = fields.map { text -> DispatchRequest.Input? in
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
      return DispatchRequest.Input(
        name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }
    let wrong = zip(fields, inputs).filter { $1 == nil }.map { "-f \($0.0)" }
    guard wrong.isEmpty else {
      throw ValidationError("\(wrong.joined(separator: ", ")): an input is written name=value")
    }
    return inputs.compactMap(\.self)
  }

  /// The guarded environments, other than the workflow's own, that the inputs name: what reaches
  /// them takes the same consent as what is their own.
  private static func guarded(
    by inputs: [DispatchRequest.Input], of form: DispatchForm,
    _ environments: [Deploys.Environment]
  ) -> [Deploys.Environment] {
    form.inputs.compactMap { expected in
      expected.environment(
        namedBy: inputs.first { $0.name == expected.name }?.value, among: environments)
    }.guarded(besides: form.target.environment)
  }

  /// Refuses what GitHub would refuse, all of it at once, before anything is sent.
  /// - Returns: What was given, in the file's order; of an input that was given twice the last.
  private static func checked(
    _ inputs: [DispatchRequest.Input], against form: DispatchForm
  ) throws -> [DispatchRequest.Input] {
    let names = form.inputs.map(\.name)
    var problems: [String] = []
    var remedies: [String] = []
    var unknown: [String] = []
    for input in inputs where !names.contains(input.name) && !unknown.contains(input.name) {
      unknown.append(input.name)
    }
    if !unknown.isEmpty {
      problems.append(
        "\(form.target.path) at \(form.ref) has no input \(unknown.joined(separator: ", "))")
      remedies.append(
        names.isEmpty ? "It has no inputs." : "It has: \(names.joined(separator: ", ")).")
    }
    var given: [DispatchRequest.Input] = []
    for expected in form.inputs {
      // An empty answer is none, as in the form: the file's default stands for it.
      let answer = inputs.last { $0.name == expected.name }.flatMap { $0.value.isEmpty ? nil : $0 }
      if let problem = expected.problem(with: answer?.value ?? expected.defaultValue ?? "") {
        problems.append("input \(expected.name): \(problem)")
        remedies.append("Give -f \(expected.name)=…")
      }
      if let answer { given.append(answer) }
    }
    guard problems.isEmpty else {
      throw Console.failure(problems, remedies: remedies)
    }
    return given
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
