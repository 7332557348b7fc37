import Deploys
import Foundation
import GitHub
import Store

extension Operator {
  /// How many of a workflow's newest runs are compared for telling a new one.
  private static let compared = 50
  /// For how long a dispatch whose end is not known may still make a run, in seconds.
  private static let rivalry: TimeInterval = 600

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
      let others = try otherDispatches(of: request)
      let fresh = try await newRuns(of: request, by: login, except: baseline)
        .filter { !others.claimed.contains($0.key) }
      guard let run = fresh.first else { return .open("no new run of it is listed yet") }
      guard !others.hasOpen else {
        return .open("\(run.shortName) is new, and another dispatch of the same could have made it")
      }
      guard login != nil else {
        return .open("\(run.shortName) is new, and the token names nobody to know it by")
      }
      guard fresh.count == 1 else {
        return .open("\(fresh.count) new runs of it are listed, each of which could be it")
      }
      return .settled(
        .done(
          message: "dispatched \(workflow.name) at \(request.ref): the answer was lost, and a new "
            + "run of it by \(run.actor) is there; nothing else that was done from this machine "
            + "could have made it", run: run.key))
    }
  }

  /// What the audit log knows of other dispatches of the same workflow: the runs that they have made,
  /// and whether one may have made a run that nobody knows of.
  private func otherDispatches(
    of request: DispatchRequest
  ) throws -> (claimed: Set<RunKey>, hasOpen: Bool) {
    guard let state else { return ([], false) }
    let filter = AuditFilter(since: now().addingTimeInterval(-Self.rivalry), action: .dispatch)
    let entries = try state.audit.entries(matching: filter).filter { entry in
      guard case .workflow(let path, _) = entry.intent.target else { return false }
      return path == request.path && entry.intent.repository == request.repository
    }
    var claimed: Set<RunKey> = []
    var open = 0
    for entry in entries {
      switch entry.outcome {
      case .done(_, let run?): claimed.insert(run)
      case .done(_, nil), .unknown, nil: open += 1
      case .refused, .notSent: break
      }
    }
    // One of the open ones is the dispatch whose end is looked for.
    return (claimed, open > 1)
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
