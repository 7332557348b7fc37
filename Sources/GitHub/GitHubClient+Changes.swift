package import Deploys
import Foundation
import Transport

extension GitHubClient {
  /// The request that a change sends; nothing is sent.
  package func planned(_ change: GitHubChange) -> PlannedRequest {
    planned(change, namesRun: true)
  }

  /// Makes a change, at most once.
  ///
  /// What is sent is what ``planned(_:)`` tells. A server from before 2026 refuses a dispatch that
  /// asks for its run; it has started nothing then, and is asked again without that key.
  /// - Returns: The run that a dispatch started, where the server names it; an Enterprise Server may
  ///   not.
  /// - Throws: ``GitHubError``, whose ``GitHubError/mayHaveBeenTaken`` tells whether GitHub may have
  ///   made the change nevertheless.
  @discardableResult
  package func send(_ change: GitHubChange) async throws -> ChangeAnswer {
    let response: HTTPResponse
    do {
      response = try await sendChange(planned(change), for: .change(change))
    } catch GitHubError.refused(_, 422, let message, let fields)
      where (fields + [message]).contains(where: { $0.contains("return_run_details") })
    {
      response = try await sendChange(planned(change, namesRun: false), for: .change(change))
    }
    // A page is no answer of the API: something on the way has given it, and nobody knows what became
    // of the change.
    if response.body.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "<") {
      throw GitHubError.badPayload(
        what: Endpoint.change(change).what, host: host, detail: "a page instead of an answer")
    }
    // Whatever else the body of a success is, the server has taken the change.
    guard case .dispatch = change,
      let run = try? JSONDecoder().decode(WireDispatch.self, from: response.body)
    else { return .accepted }
    return .run(id: run.runID, url: run.url)
  }

  private func planned(_ change: GitHubChange, namesRun: Bool) -> PlannedRequest {
    PlannedRequest(
      method: "POST", url: base.url(of: .change(change)), body: change.body(namesRun: namesRun))
  }
}

extension GitHubClient {
  /// Starts a workflow.
  /// - Parameters:
  ///   - workflow: GitHub's id of the workflow.
  ///   - repository: The repository.
  ///   - ref: A branch or tag.
  ///   - inputs: Text for every input, as GitHub hands it to the workflow whatever its type; where
  ///     empty, GitHub takes the defaults.
  /// - Returns: The run, where the server names it; an Enterprise Server may not.
  /// - Throws: ``GitHubError``, as every change here does.
  package func dispatch(
    workflow: Int64, in repository: RepositoryName, ref: String, inputs: [String: String]
  ) async throws -> ChangeAnswer {
    try await send(
      .dispatch(workflow: workflow, repository: repository, ref: ref, inputs: inputs))
  }

  /// Runs every job of a run again, as a new attempt.
  /// - Parameters:
  ///   - key: The run.
  ///   - isDebug: Whether the runner writes its debug logs.
  /// - Throws: ``GitHubError``.
  package func rerun(_ key: RunKey, isDebug: Bool = false) async throws {
    try await send(.rerun(key, isDebug: isDebug))
  }

  /// Runs the failed jobs of a run and those that depend on them again, as a new attempt.
  /// - Parameters:
  ///   - key: The run.
  ///   - isDebug: Whether the runner writes its debug logs.
  /// - Throws: ``GitHubError``.
  package func rerunFailedJobs(_ key: RunKey, isDebug: Bool = false) async throws {
    try await send(.rerunFailedJobs(key, isDebug: isDebug))
  }

  /// Runs one job and those that depend on it again, as a new attempt.
  /// - Parameters:
  ///   - id: GitHub's id of the job.
  ///   - repository: The repository.
  ///   - isDebug: Whether the runner writes its debug logs.
  /// - Throws: ``GitHubError``.
  package func rerunJob(
    _ id: Int64, in repository: RepositoryName, isDebug: Bool = false
  ) async throws {
    try await send(.rerunJob(repository, id: id, isDebug: isDebug))
  }

  /// Ends a run; jobs that are told to go on in spite of it (`always()`) do.
  /// - Throws: ``GitHubError``.
  package func cancel(_ key: RunKey) async throws { try await send(.cancel(key)) }

  /// Ends a run with every job of it.
  /// - Throws: ``GitHubError``.
  package func forceCancel(_ key: RunKey) async throws { try await send(.forceCancel(key)) }

  /// Answers for some of the environments on GitHub that hold a run back.
  /// - Parameters:
  ///   - key: The run.
  ///   - environmentIDs: GitHub's ids of the environments.
  ///   - isApproval: Whether the jobs may go on; otherwise they end.
  ///   - comment: What is said about it; may be empty.
  /// - Throws: ``GitHubError``.
  package func review(
    _ key: RunKey, environmentIDs: [Int64], isApproval: Bool, comment: String
  ) async throws {
    try await send(
      .review(key, environmentIDs: environmentIDs, isApproval: isApproval, comment: comment))
  }

  /// Puts a tag on a commit, as a push of it does.
  /// - Parameters:
  ///   - name: The name, without `refs/tags/`.
  ///   - commit: The commit's hash, in full.
  ///   - repository: The repository.
  /// - Throws: ``GitHubError``.
  package func createTag(
    _ name: String, commit: String, in repository: RepositoryName
  ) async throws {
    try await send(.createTag(repository, name: name, commit: commit))
  }
}
