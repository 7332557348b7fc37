package import Deploys
import GitHub
import Store

extension Operator {
  /// Reads a workflow file at a ref; the default branch's for `nil`.
  /// - Throws: `GitHubError`, or ``WorkflowFile/Failure``.
  package func workflowFile(
    _ path: String, in repository: RepositoryName, ref: String?
  ) async throws -> WorkflowFile {
    try WorkflowFile(try await github.fileContents(path, in: repository, ref: ref))
  }

  /// Reads what has to be filled in before a workflow can be dispatched.
  /// - Parameters:
  ///   - target: The workflow.
  ///   - ref: The branch or tag; `nil` for that of its newest run, else the default branch.
  /// - Returns: The form, or why there is none.
  package func dispatchForm(
    for target: WorkflowTarget, at ref: String?
  ) async -> DispatchForm.Answer {
    do {
      async let place = dispatchPlace(of: target, at: ref)
      do {
        try await checkStartable(target)
      } catch {
        let failure = ReadFailure(reading: error, "the form of \(target.workflowName)")
        return .failed(message: failure.message, remedy: failure.remedy, isOfRef: false)
      }
      var form = DispatchForm(
        target: target,
        isProtected: environment(named: target.environment)?.isProtected ?? true,
        ref: try await place.ref, inputs: try await place.inputs, last: lastDispatch(of: target))
      if form.inputs.contains(where: \.isOfEnvironment) {
        form.inputs.offer(
          await Loadable { try await github.environmentNames(of: target.repository) })
      }
      return .form(form)
    } catch {
      let failure = ReadFailure(reading: error, "the form of \(target.workflowName)")
      return .failed(message: failure.message, remedy: failure.remedy)
    }
  }

  /// What a workflow was last dispatched with from this machine.
  ///
  /// A memory that cannot be read is no reason to be without the form.
  private func lastDispatch(of target: WorkflowTarget) -> LastDispatch? {
    (try? state?.rememberedInputs.last(for: target.path, in: target.repository)) ?? nil
  }

  /// Stops where GitHub would start the workflow at no ref.
  private func checkStartable(_ target: WorkflowTarget) async throws {
    let workflow: Workflow
    do {
      workflow = try await github.workflow(target.workflowID, in: target.repository)
    } catch GitHubError.notFound {
      throw ReadFailure(
        .gone,
        message: "\(target.repository) has no workflow \(target.workflowName) any more, "
          + "or the token cannot see it",
        remedy: "Choose another workflow.")
    }
    guard !workflow.isActive else { return }
    let reason =
      switch workflow.state {
      case "disabled_inactivity": "GitHub disabled it, for the repository has long been quiet"
      case "disabled_fork": "GitHub disables the workflows of a new fork"
      case "deleted": "its file is gone"
      default: "it is disabled"
      }
    throw ReadFailure(
      message: "\(workflow.name) cannot be started: \(reason) (\(workflow.state))",
      remedy: "Enable it on GitHub's Actions page, or by `gh workflow enable \(workflow.id) "
        + "--repo \(target.repository)`.")
  }

  /// Where a workflow can be dispatched, and what it asks for there.
  private typealias DispatchPlace = (ref: String, inputs: [DispatchInput])

  private func dispatchPlace(
    of target: WorkflowTarget, at ref: String?
  ) async throws -> DispatchPlace {
    if let ref, !ref.isEmpty { return try await dispatchPlace(of: target, exactlyAt: ref) }
    let runs = try await newestRuns(of: target)
    if let newest = runs.lazy.compactMap(\.ref).first {
      do {
        return try await dispatchPlace(of: target, exactlyAt: newest)
      } catch is ReadFailure {
        // A merged branch is often deleted, and an old tag may lack the trigger.
      }
    }
    guard let branch = try await defaultBranch(of: target.repository, runs: { runs }) else {
      throw ReadFailure(
        message: "\(target.repository) does not tell its default branch",
        remedy: "Name a branch or a tag.")
    }
    return try await dispatchPlace(of: target, exactlyAt: branch.name)
  }

  /// - Throws: `ReadFailure` where the ref itself is what is wrong.
  private func dispatchPlace(
    of target: WorkflowTarget, exactlyAt ref: String
  ) async throws -> DispatchPlace {
    let file: WorkflowFile
    do {
      file = try await workflowFile(target.path, in: target.repository, ref: ref)
    } catch let failure as WorkflowFile.Failure {
      throw ReadFailure(
        message: "\(target.path) at \(ref): \(failure.message)",
        remedy: "Mend the file, for GitHub would refuse it too; or choose another ref.")
    } catch let error as GitHubError where error.isMissing {
      guard try await self.ref(named: ref, in: target.repository) != nil else {
        throw ReadFailure(noRef: ref, in: target.repository)
      }
      throw ReadFailure(
        .gone, message: "\(target.path) does not exist at \(ref) of \(target.repository)",
        remedy: "Choose a ref that has the workflow.")
    }
    if ref.isCommit, try await self.ref(named: ref, in: target.repository) == nil {
      throw ReadFailure(
        message: "\(ref) is a commit: GitHub starts a workflow at a branch or a tag only",
        remedy: "Name a branch or a tag.")
    }
    guard file.canBeDispatched else {
      throw ReadFailure(
        message: "\(target.path) at \(ref) has no workflow_dispatch trigger",
        remedy: "Deploy it the way it is triggered, such as by a tag; choose another ref; "
          + "or add `workflow_dispatch:` below `on:`.")
    }
    return (ref, try file.inputs.map { try $0.checkingOptions(of: "\(target.path) at \(ref)") })
  }
}

extension DispatchInput {
  /// Whether the name of an environment on GitHub is asked for.
  fileprivate var isOfEnvironment: Bool {
    switch kind {
    case .environment: true
    case .string, .number, .boolean, .choice: false
    }
  }

  /// Says so where a choice offers nothing.
  /// - Throws: `ReadFailure` where something has to be chosen all the same.
  fileprivate func checkingOptions(of file: String) throws -> DispatchInput {
    guard kind == .choice([]) else { return self }
    guard !isRequired else {
      throw ReadFailure(
        message: "\(file): the input \(name) must be chosen, and its list of options is empty",
        remedy: "Add options to the input in the file, or choose another ref.")
    }
    return noting("its list of options is empty, so it can only stay empty")
  }

  /// The same input with a remark in its description.
  fileprivate func noting(_ remark: String) -> DispatchInput {
    var input = self
    input.description += (description.isEmpty ? "" : " ") + "(\(remark))"
    return input
  }
}

extension [DispatchInput] {
  /// Offers the environments' names where one is asked for; any text, where they are not known.
  fileprivate mutating func offer(_ environments: Loadable<[String]>) {
    var remark = environments.failure.map {
      "any name can be typed, for the environments could not be read: \($0.message)"
    }
    for index in indices where self[index].isOfEnvironment {
      self[index].kind = .environment(environments.value ?? [])
      if let words = remark { self[index] = self[index].noting(words) }
      // Once is enough.
      remark = nil
    }
  }
}
