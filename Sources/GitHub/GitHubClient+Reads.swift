package import Deploys
import Foundation

extension GitHubClient {
  /// One page of a repository's runs, newest first, of every workflow and status.
  /// - Parameters:
  ///   - repository: The repository.
  ///   - page: The page, counted from 1.
  ///   - perPage: Runs a page, at most 100.
  ///   - evenIfUnchanged: Whether the value is wanted also where it is as at the last call.
  /// - Returns: The page, or that it has not changed.
  /// - Throws: ``GitHubError``, as every read here does.
  package func runs(
    in repository: RepositoryName, page: Int = 1, perPage: Int = 50,
    evenIfUnchanged: Bool = false
  ) async throws -> Fetched<RunPage> {
    let endpoint = Endpoint.runs(repository, page: page, perPage: perPage)
    return try await fetchRunPage(endpoint, of: repository, evenIfUnchanged: evenIfUnchanged)
  }

  /// One run in its newest attempt.
  package func run(
    _ key: RunKey, evenIfUnchanged: Bool = false
  ) async throws -> Fetched<WorkflowRun> {
    try await fetchRun(.run(key), of: key, evenIfUnchanged: evenIfUnchanged)
  }

  /// Reads a run, conditionally.
  func fetchRun(
    _ endpoint: Endpoint, of key: RunKey, evenIfUnchanged: Bool
  ) async throws -> Fetched<WorkflowRun> {
    try await fetchOne(
      endpoint, evenIfUnchanged: evenIfUnchanged, as: WireRun.self
    ) { wire, _ in
      guard let run = wire.run(of: key.repository) else {
        throw GitHubError.badPayload(
          what: endpoint.what, host: host, detail: "a run without the time of its creation")
      }
      return run
    }
  }

  /// Every job of one attempt of a run.
  package func jobs(
    of key: RunKey, attempt: Int, evenIfUnchanged: Bool = false
  ) async throws -> Fetched<[Job]> {
    try await fetchList(
      .jobs(key, attempt: attempt), evenIfUnchanged: evenIfUnchanged, as: WireJobPage.self
    ) { page in
      page.jobs.map { $0.value?.job(of: key, attempt: attempt) }
    }
  }

  /// Every workflow of a repository.
  package func workflows(
    in repository: RepositoryName, evenIfUnchanged: Bool = false
  ) async throws -> Fetched<[Workflow]> {
    try await fetchList(
      .workflows(repository), evenIfUnchanged: evenIfUnchanged, as: WireWorkflowPage.self
    ) { page in
      page.workflows.map { $0.value?.workflow }
    }
  }

  /// The text of a file.
  /// - Parameters:
  ///   - path: The path in the repository.
  ///   - repository: The repository.
  ///   - ref: A branch, tag or commit; `nil` for the default branch.
  /// - Returns: The text, from before where it has not changed.
  /// - Throws: ``GitHubError``.
  package func fileContents(
    _ path: String, in repository: RepositoryName, ref: String?
  ) async throws -> String {
    let endpoint = Endpoint.contents(path, repository, ref: ref)
    let page = try await fetch(base.url(of: endpoint), for: endpoint)
    let type = (page.contentType ?? "").lowercased()
    let isRaw = !page.isFresh || type.contains("raw") || !type.contains("json")
    let data = isRaw ? page.body : try decodeFile(page.body, endpoint)
    guard let text = String(data: data, encoding: .utf8) else {
      throw GitHubError.badPayload(
        what: endpoint.what, host: host, detail: "bytes that are not UTF-8 text")
    }
    // Only what came as the file itself can be given back as it stands.
    if type.contains("raw") { keep([page]) }
    return text
  }

  /// Reads the form that a server answers which does not know the raw media type.
  private func decodeFile(_ body: Data, _ endpoint: Endpoint) throws -> Data {
    guard let file = try? JSONDecoder().decode(WireFile.self, from: body),
      file.encoding == "base64",
      let data = Data(base64Encoded: file.content, options: .ignoreUnknownCharacters)
    else {
      throw GitHubError.badPayload(
        what: endpoint.what, host: host, detail: "a folder, or something else that is no file")
    }
    return data
  }

  /// What is left of the hourly allowance; asking is free.
  package func rateLimit() async throws -> RateLimit {
    let core = try await readPlain(.rateLimit, as: WireRateLimit.self).resources.core
    let limit = RateLimit(
      limit: core.limit, remaining: core.remaining, used: core.used ?? core.limit - core.remaining,
      resetsAt: Date(timeIntervalSince1970: TimeInterval(core.reset)))
    note(limit)
    return limit
  }

  /// The login of the token's user; a GitHub App's token has none and is forbidden to ask.
  package func viewer() async throws -> String {
    try await readPlain(.viewer, as: WireUser.self).login
  }
}
