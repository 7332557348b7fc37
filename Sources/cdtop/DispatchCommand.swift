import ArgumentParser
import Canvas
import Deploys
import GitHub
import Operations
import Transport

/// `cdtop dispatch`: starts a workflow by hand.
struct DispatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispatch",
    abstract: "Dispatch a workflow (workflow_dispatch) of a configured environment.",
    discussion: """
      Exit codes: 0 done, 1 refused, 3 sent and nobody can tell whether it was taken, 64 usage, \
      78 configuration.
      """)

  @OptionGroup var options: ConfigurationOptions
  @OptionGroup var consent: ConsentOptions

  @Argument(help: "A workflow's name, file or id, or SERVICE@ENV.")
  var workflow: String

  @Option(name: .long, help: "The branch or tag; else that of the workflow's newest run.")
  var ref: String?

  @Option(
    name: [.customShort("f"), .customLong("field")],
    help: "An input as name=value; may be given several times.")
  var fields: [String] = []

  func run() async throws {
    let inputs = try fields.map(Self.input)
    let session = try await Session.open(options)
    let outcome: OperationOutcome
    do {
      let found = try await DeployFinder(
        configuration: session.configuration, github: session.github
      ).workflow(workflow)
      guard let ref = ref ?? found.newestRun?.ref else {
        throw Console.failure(
          "\(found.workflow.name) has no run to take the ref from", remedy: "Give --ref.")
      }
      let file = try await session.operations.workflowFile(
        found.workflow.path, in: found.repository, ref: ref)
      let request = DispatchRequest(
        repository: found.repository, workflowID: found.workflow.id,
        workflowName: found.workflow.name, path: found.workflow.path, ref: ref,
        inputs: try Self.checked(inputs, against: file), environment: found.environment.name,
        service: found.service)
      try consent.obtain(for: Self.summary(of: request), in: found.environment)
      outcome = await session.operations.dispatch(request)
    } catch let error as GitHubError {
      throw Console.failure(error.message, remedy: error.remedy)
    } catch let error as WorkflowFile.Failure {
      throw Console.failure("the workflow file cannot be used: \(error.message)")
    }
    var url: String?
    if case .done(_, let run?) = outcome { url = try? await session.github.currentRun(run).url }
    await session.transport.shutdown()
    try outcome.report(url: url)
  }

  private static func input(_ text: String) throws -> DispatchRequest.Input {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw ValidationError("-f \(text): an input is written name=value")
    }
    return DispatchRequest.Input(
      name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }

  /// Refuses what GitHub would refuse, before anything is sent.
  private static func checked(
    _ inputs: [DispatchRequest.Input], against file: WorkflowFile
  ) throws -> [DispatchRequest.Input] {
    guard file.canBeDispatched else {
      throw Console.failure(
        "the workflow has no workflow_dispatch trigger at this ref",
        remedy: "Deploy it the way it is triggered, or add workflow_dispatch to the file.")
    }
    let names = file.inputs.map(\.name)
    for input in inputs where !names.contains(input.name) {
      throw Console.failure(
        "the workflow has no input \(input.name)",
        remedy: names.isEmpty
          ? "It has no inputs." : "It has: \(names.joined(separator: ", ")).")
    }
    for expected in file.inputs {
      let given = inputs.last { $0.name == expected.name }?.value
      if let problem = expected.problem(with: given ?? expected.defaultValue ?? "") {
        throw Console.failure(
          "input \(expected.name): \(problem)", remedy: "Give -f \(expected.name)=…")
      }
    }
    return inputs
  }

  private static func summary(of request: DispatchRequest) -> String {
    let inputs = request.inputs.map { "\n  \($0.name) = \($0.value)" }.joined()
    let lines =
      "Dispatch \(request.workflowName) of \(request.repository) at \(request.ref) "
      + "in \(request.environment)." + inputs
    return lines.split(separator: "\n").map { PlainText.sanitized(String($0)) }
      .joined(separator: "\n")
  }
}
