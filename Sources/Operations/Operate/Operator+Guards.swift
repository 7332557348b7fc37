import Deploys
import GitHub

/// What a mutation reaches besides the environment that it was confirmed for.
extension Operator {
  /// Refuses where one of the environments is read-only, or is protected and was not confirmed.
  ///
  /// The mutation's own one is passed over. The words tell what leads there, as the beginning of a
  /// sentence that the names go on.
  func checkGuards(
    of reached: [Environment], for mutation: Mutation, _ way: String
  ) throws(Refusal) {
    let guarded = reached.guarded(besides: mutation.environment)
    for environment in guarded {
      guard let reason = environment.readOnlyReason else { continue }
      throw Refusal(
        message: "\(way) \(environment.name), which is read-only: \(reason)",
        remedy: "Whoever may change that can allow it; reading goes on.")
    }
    let open = guarded.map(\.name).filter { !mutation.confirmed.contains($0) }
    guard open.isEmpty else {
      throw Refusal(
        message: "\(way) \(open.joined(separator: ", ")): protected, and not confirmed by name",
        remedy: "Look at it again, and confirm it for \(open.joined(separator: " and ")) as well.")
    }
  }

  /// Refuses where the configuration guards what a mutation leads to by its own words alone.
  func checkGuards(for mutation: Mutation) throws(Refusal) {
    switch mutation {
    case .review(let request):
      let reached = request.targets.compactMap { environments.named(onGitHub: $0.name) }
      try checkGuards(of: reached, for: mutation, "it answers for")
    case .stopBuild(let request):
      guard request.run == nil else { return }
      let neighbours = environments.filter { $0.aws == request.build.scope }
      try checkGuards(
        of: neighbours, for: mutation,
        "whose build it is cannot be told, and the account is also that of")
    case .dispatch, .retry, .cancel, .tag: return
    }
  }

  /// Refuses where an input of a dispatch leads to what is guarded.
  ///
  /// Which inputs can name an environment, and what stands for those that are not given, is read
  /// from the workflow file as it is now.
  func checkInputs(of mutation: Mutation) async throws {
    guard case .dispatch(let request) = mutation,
      !environments.guarded(besides: request.environment).isEmpty
    else { return }
    let expected = try await inputs(askedBy: request)
    let names = Set(expected.map(\.name))
    // What the file does not ask for GitHub refuses; until it has, it may be a text.
    let unknown = request.inputs.map(\.name).filter { !names.contains($0) }
      .map { DispatchInput(name: $0) }
    for input in expected + unknown {
      // Of an input that is given twice either value may be the one that counts.
      let given = request.inputs.filter { $0.name == input.name }.map(\.value)
      let answers: [String?] = given.isEmpty ? [nil] : given
      try checkGuards(
        of: answers.compactMap { input.environment(namedBy: $0, among: environments) },
        for: mutation, "the input \(input.name) names")
    }
  }

  private func inputs(askedBy request: DispatchRequest) async throws -> [DispatchInput] {
    func refusal(_ why: String, remedy: String) -> Refusal {
      Refusal(
        message: "\(request.path) at \(request.ref): \(why): where its inputs lead cannot be told",
        remedy: remedy)
    }
    do {
      return try await workflowFile(request.path, in: request.repository, ref: request.ref).inputs
    } catch let failure as WorkflowFile.Failure {
      throw refusal(failure.message, remedy: "Open the form again, or choose another ref.")
    } catch let error as GitHubError where error.isMissing {
      throw refusal(
        error.message, remedy: "Check that the branch or tag exists and has the workflow's file.")
    }
  }
}
