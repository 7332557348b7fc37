package import Deploys
package import Foundation
package import GitHub

/// What an operator does to deploys: the one place that every mutation passes.
///
/// A mutation is sent at most once. Where its answer is lost the outcome is found out by looking,
/// never by sending again; where it cannot be known, the outcome says so.
package struct Operator: Sendable {
  /// How often a lost or delayed outcome is looked for.
  static let looks = 8

  let github: GitHubClient
  let now: @Sendable () -> Date
  let sleep: @Sendable (Duration) async throws -> Void

  /// Creates the operations of one credential.
  /// - Parameters:
  ///   - github: A client of its own: one that shares its cache with the polling engine would take
  ///     the engine's news away.
  ///   - now: The clock.
  ///   - sleep: Waits between two looks.
  package init(
    github: GitHubClient, now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = {
      try await Task.sleep(for: $0)
    }
  ) {
    self.github = github
    self.now = now
    self.sleep = sleep
  }

  // MARK: - Dispatch

  /// Reads what has to be filled in before a deploy's workflow can be dispatched.
  package func dispatchForm(for deploy: Deploy, isProtected: Bool) async -> DispatchForm.Answer {
    let run = deploy.run
    let ref = run.ref ?? ""
    do {
      let file = try await workflowFile(
        run.path, in: run.key.repository, ref: ref.isEmpty ? nil : ref)
      guard file.canBeDispatched else {
        return .failed(
          message: "\(run.path) has no workflow_dispatch trigger\(ref.isEmpty ? "" : " at \(ref)")",
          remedy: "Deploy it the way it is triggered, or add workflow_dispatch to the file.")
      }
      return .form(
        DispatchForm(
          run: run.key, environment: deploy.environment, isProtected: isProtected,
          service: deploy.service, workflowID: run.workflowID, workflowName: run.workflowName,
          path: run.path, ref: ref, inputs: file.inputs))
    } catch let error as WorkflowFile.Failure {
      return .failed(
        message: "\(run.path): \(error.message)",
        remedy: "Mend the workflow file; GitHub would refuse it too.")
    } catch let error as GitHubError {
      return .failed(message: error.message, remedy: error.remedy)
    } catch {
      return .failed(message: "the workflow file could not be read", remedy: "Try again.")
    }
  }

  /// Reads a workflow file at a ref; the default branch's for `nil`.
  /// - Throws: `GitHubError`, or ``WorkflowFile/Failure``.
  package func workflowFile(
    _ path: String, in repository: RepositoryName, ref: String?
  ) async throws -> WorkflowFile {
    try WorkflowFile(try await github.fileContents(path, in: repository, ref: ref))
  }

  /// Dispatches a workflow.
  package func dispatch(_ request: DispatchRequest) async -> OperationOutcome {
    let baseline: Set<RunKey>
    // An app's token has no login; then nobody can tell its runs from other people's.
    let login = try? await github.viewer()
    do {
      baseline = Set(try await github.currentRuns(in: request.repository).map(\.key))
    } catch {
      return refusal(error, doing: "dispatch")
    }
    do {
      let answer = try await github.dispatch(
        workflow: request.workflowID, in: request.repository, ref: request.ref,
        inputs: Dictionary(
          request.inputs.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }))
      switch answer {
      case .run(let id, _):
        let key = RunKey(repository: request.repository, id: id)
        return .done(message: "dispatched \(request.workflowName) at \(request.ref)", run: key)
      case .accepted:
        let found = await newRun(of: request, by: login, except: baseline)
        let doubt = login == nil ? " (it may be somebody else's: the token names nobody)" : ""
        return .done(
          message: found == nil
            ? "dispatched \(request.workflowName); its run is not listed yet"
            : "dispatched \(request.workflowName) at \(request.ref)\(doubt)",
          run: found)
      }
    } catch let error as GitHubError where error.mayHaveBeenTaken {
      if login != nil, let found = await newRun(of: request, by: login, except: baseline) {
        return .done(
          message: "dispatched \(request.workflowName): the answer was lost, the run is there",
          run: found)
      }
      return .unknown(
        message: "the dispatch of \(request.workflowName) may or may not have been taken: "
          + "\(error.message); no new run is listed yet. Look before you try again.")
    } catch {
      return refusal(error, doing: "dispatch")
    }
  }

  /// Looks for the one run that a dispatch has created; `nil` where none or several could be it.
  private func newRun(
    of request: DispatchRequest, by login: String?, except baseline: Set<RunKey>
  ) async -> RunKey? {
    await look { () async throws -> RunKey?? in
      let fresh = try await github.currentRuns(in: request.repository).filter { run in
        !baseline.contains(run.key) && run.event == "workflow_dispatch"
          && run.workflowID == request.workflowID
          && (run.ref == nil || run.ref == request.ref.strippingRefPrefix)
          && (login == nil || run.actor.lowercased() == login?.lowercased())
      }
      // Several could be it, so none is named; none yet is worth another look.
      return fresh.isEmpty ? nil : .some(fresh.count == 1 ? fresh.first?.key : nil)
    } ?? nil
  }

  /// Looks for an outcome again and again, until it is found or the looks are used up.
  ///
  /// A look that fails is followed by the next; the outcome stays unknown if none fares better.
  private func look<Found>(for outcome: () async throws -> Found?) async -> Found? {
    for look in 0..<Self.looks {
      do {
        if look > 0 { try await sleep(.seconds(min(look, 3))) }
        if let found = try await outcome() { return found }
      } catch is CancellationError {
        return nil
      } catch {
        continue
      }
    }
    return nil
  }

  // MARK: - Retry

  /// Runs a finished run's jobs again.
  package func retry(_ request: RetryRequest) async -> OperationOutcome {
    let run: WorkflowRun
    do {
      run = try await github.currentRun(request.run)
    } catch {
      return refusal(error, doing: "retry")
    }
    if let reason = obstacle(to: request, run: run) { return reason }
    let name = "#\(run.number) \(run.workflowName)"
    do {
      switch request.scope {
      case .failedJobs: try await github.rerunFailedJobs(request.run)
      case .allJobs: try await github.rerun(request.run)
      }
      return .done(
        message: "retrying \(request.scope.words) of \(name), attempt \(run.attempt + 1)",
        run: request.run)
    } catch let error as GitHubError where error.mayHaveBeenTaken {
      if await hasNewAttempt(request) {
        return .done(
          message:
            "retrying \(request.scope.words) of \(name): the answer was lost, the attempt is there",
          run: request.run)
      }
      return .unknown(
        message: "the retry of \(name) may or may not have been taken: \(error.message); "
          + "no new attempt is listed yet. Look before you try again.")
    } catch {
      return refusal(error, doing: "retry")
    }
  }

  /// Why GitHub would refuse, or why the operator would not want it any more.
  private func obstacle(to request: RetryRequest, run: WorkflowRun) -> OperationOutcome? {
    if run.attempt != request.attempt {
      return .refused(
        message: "#\(run.number) is at attempt \(run.attempt), not \(request.attempt): "
          + "somebody has retried it",
        remedy: "Look at the newer attempt.")
    }
    if run.status != .completed {
      return .refused(
        message: "#\(run.number) is still \(run.status.rawValue)",
        remedy: "Wait until it ends, or cancel it first.")
    }
    if request.scope == .failedJobs, run.conclusion == .success {
      return .refused(
        message: "#\(run.number) has no failed jobs", remedy: "Retry all jobs instead.")
    }
    if Duration(from: run.createdAt, to: now()) > .seconds(30 * 86_400) {
      return .refused(
        message: "#\(run.number) is older than 30 days: GitHub does not retry it",
        remedy: "Dispatch the workflow, or push the tag, anew.")
    }
    return nil
  }

  private func hasNewAttempt(_ request: RetryRequest) async -> Bool {
    await look {
      try await github.currentRun(request.run).attempt > request.attempt ? true : nil
    } ?? false
  }

  private func refusal(_ error: any Error, doing verb: String) -> OperationOutcome {
    if let error = error as? GitHubError {
      return .refused(message: error.message, remedy: error.remedy)
    }
    return .refused(message: "the \(verb) was not sent", remedy: "Try again.")
  }
}

extension RetryRequest.Scope {
  fileprivate var words: String {
    switch self {
    case .failedJobs: "failed jobs"
    case .allJobs: "all jobs"
    }
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
