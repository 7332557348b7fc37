package import Deploys
import Foundation
import Transport

extension GitHubClient {
  private struct Dispatch: Encodable {
    var ref: String
    var inputs: [String: String]?
    var returnRunDetails: Bool?

    enum CodingKeys: String, CodingKey {
      case ref, inputs
      case returnRunDetails = "return_run_details"
    }
  }

  /// Starts a workflow.
  /// - Parameters:
  ///   - workflow: GitHub's id of the workflow.
  ///   - repository: The repository.
  ///   - ref: A branch or tag.
  ///   - inputs: Text for every input, as GitHub hands it to the workflow whatever its type; where
  ///     empty, GitHub takes the defaults.
  /// - Returns: The run, where the server names it; an Enterprise Server may not.
  /// - Throws: ``GitHubError``.
  package func dispatch(
    workflow: Int64, in repository: RepositoryName, ref: String, inputs: [String: String]
  ) async throws -> DispatchAnswer {
    let endpoint = Endpoint.dispatch(workflow, repository)
    var body = Dispatch(ref: ref, inputs: inputs.isEmpty ? nil : inputs, returnRunDetails: true)
    do {
      return try await dispatch(body, endpoint)
    } catch GitHubError.refused(_, 422, let message, let fields)
      where (fields + [message]).contains(where: { $0.contains("return_run_details") })
    {
      // A server from before 2026 refuses the unknown key, and so has started nothing.
      body.returnRunDetails = nil
      return try await dispatch(body, endpoint)
    }
  }

  private func dispatch(_ body: Dispatch, _ endpoint: Endpoint) async throws -> DispatchAnswer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let response = try await sendChange(endpoint, body: try encoder.encode(body))
    // Whatever the body of a success is, the server has taken the dispatch.
    guard let run = try? JSONDecoder().decode(WireDispatch.self, from: response.body) else {
      return .accepted
    }
    return .run(id: run.runID, url: run.url)
  }

  /// Runs every job of a run again, as a new attempt.
  package func rerun(_ key: RunKey) async throws {
    _ = try await sendChange(.rerun(key), body: Data())
  }

  /// Runs the failed jobs of a run and those that depend on them again, as a new attempt.
  package func rerunFailedJobs(_ key: RunKey) async throws {
    _ = try await sendChange(.rerunFailedJobs(key), body: Data())
  }
}
