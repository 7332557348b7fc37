import Deploys
import GitHub
import Store

extension Operator {
  /// How many of a workflow's newest runs are compared for telling a new one.
  private static let compared = 50

  /// Looks at the workflow of a dispatch, and at the runs that it has already.
  ///
  /// Whether the branch or tag is there, and the inputs are right, GitHub says itself.
  func errand(
    dispatching request: DispatchRequest, in environment: Environment, by login: String?
  ) async throws -> Errand {
    let workflow = try await github.workflow(request.workflowID, in: request.repository)
    let service = try service(of: workflow.name, deployingTo: environment)
    guard workflow.path == request.path else {
      throw Refusal(
        message: "\(workflow.name) is at \(workflow.path) now, not at \(request.path)",
        remedy: "Open the form again.")
    }
    guard workflow.isActive else {
      throw Refusal(
        message: "\(workflow.name) is disabled (\(workflow.state.replacing("_", with: " ")))",
        remedy: "Enable it on GitHub, or with `gh workflow enable`.")
    }
    let summary = "dispatch \(workflow.name) at \(request.ref)"
    let baseline = Set(try await newestRuns(of: request).map(\.key))
    return Errand(summary: summary, service: service) { answer in
      switch answer {
      case .run(let id, _):
        return Deed(
          message: "dispatched \(workflow.name) at \(request.ref)",
          run: RunKey(repository: request.repository, id: id))
      case .accepted:
        return await deed(of: request, named: workflow.name, by: login, except: baseline)
      }
    } look: {
      let fresh = try await newRuns(of: request, by: login, except: baseline)
      guard let run = fresh.first else { return .open("no new run of it is listed yet") }
      guard login != nil else {
        return .open("\(run.shortName) is new, and the token names nobody to know it by")
      }
      guard fresh.count == 1 else {
        return .open("\(fresh.count) new runs of it are listed, each of which could be it")
      }
      return .settled(
        .done(
          message: "dispatched \(workflow.name) at \(request.ref): the answer was lost, and a new "
            + "run of it by \(run.actor) is there", run: run.key))
    }
  }

  /// Finds the run of a dispatch that a server has taken without naming the run.
  private func deed(
    of request: DispatchRequest, named name: String, by login: String?,
    except baseline: Set<RunKey>
  ) async -> Deed {
    for look in 0..<Self.looks {
      if look > 0 { try? await sleep(.seconds(min(look, 3))) }
      guard let fresh = try? await newRuns(of: request, by: login, except: baseline),
        let run = fresh.first
      else { continue }
      if fresh.count > 1 {
        return Deed(
          message: "dispatched \(name) at \(request.ref); \(fresh.count) new runs of it are "
            + "listed, each of which could be it")
      }
      let doubt = login == nil ? " (it may be somebody else's: the token names nobody)" : ""
      return Deed(message: "dispatched \(name) at \(request.ref)\(doubt)", run: run.key)
    }
    return Deed(message: "dispatched \(name) at \(request.ref); its run is not listed yet")
  }

  /// The runs that a dispatch may have created.
  private func newRuns(
    of request: DispatchRequest, by login: String?, except baseline: Set<RunKey>
  ) async throws -> [WorkflowRun] {
    try await newestRuns(of: request).filter { run in
      !baseline.contains(run.key) && run.event == "workflow_dispatch"
        && (run.ref == nil || run.ref == request.ref.strippingRefPrefix)
        && (login == nil || run.actor.lowercased() == login?.lowercased())
    }
  }

  private func newestRuns(of request: DispatchRequest) async throws -> [WorkflowRun] {
    try await github.newestRuns(
      of: request.workflowID, in: request.repository, status: nil, count: Self.compared)
  }

  /// Remembers what a workflow was dispatched with; that it cannot be remembered harms nothing.
  func remember(_ mutation: Mutation) {
    guard case .dispatch(let request) = mutation else { return }
    try? state?.rememberedInputs.remember(
      ref: request.ref, inputs: request.inputs, for: request.path, in: request.repository)
  }
}

extension String {
  /// A run names its branch or tag without the prefix that a dispatch may give.
  fileprivate var strippingRefPrefix: String {
    for prefix in ["refs/heads/", "refs/tags/"] where hasPrefix(prefix) {
      return String(dropFirst(prefix.count))
    }
    return self
  }
}
