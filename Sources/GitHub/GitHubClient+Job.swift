package import Deploys

extension GitHubClient {
  /// One job as it is now, whatever was read before.
  /// - Throws: ``GitHubError``.
  package func job(_ id: Int64, of key: RunKey) async throws -> Job {
    let endpoint = Endpoint.job(id, key.repository)
    let fetched = try await fetchOne(
      endpoint, evenIfUnchanged: true, as: WireJob.self
    ) { wire, _ in
      wire.job(of: key, attempt: 1)
    }
    return try current(fetched, endpoint.what)
  }
}

extension Endpoint {
  /// One job.
  static func job(_ id: Int64, _ repository: RepositoryName) -> Endpoint {
    Endpoint(
      path: "/repos/\(APIBase.encode(repository.owner))/\(APIBase.encode(repository.name))"
        + "/actions/jobs/\(id)",
      what: "job \(id) of \(repository)", permission: "Actions: read")
  }
}
