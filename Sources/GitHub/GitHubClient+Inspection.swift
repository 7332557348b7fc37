package import Deploys

extension GitHubClient {
  /// A run as it was in one of its attempts, and is, where that one goes on.
  /// - Throws: ``GitHubError``, as every read here does.
  package func run(_ key: RunKey, attempt: Int) async throws -> WorkflowRun {
    let endpoint = Endpoint.run(key, attempt: attempt)
    let fetched = try await fetchRun(endpoint, of: key, evenIfUnchanged: true)
    return try current(fetched, endpoint.what)
  }

  /// Every job of one attempt of a run as it is now, whatever was read before.
  /// - Throws: ``GitHubError``.
  package func jobs(of key: RunKey, inAttempt attempt: Int) async throws -> [Job] {
    try current(
      try await jobs(of: key, attempt: attempt, evenIfUnchanged: true), "jobs of run \(key.id)")
  }

  /// Everything that a run has left on GitHub, in all its attempts, also what is kept no longer.
  /// - Throws: ``GitHubError``.
  package func artifacts(of key: RunKey) async throws -> [Artifact] {
    let endpoint = Endpoint.artifacts(key)
    let fetched = try await fetchList(endpoint, evenIfUnchanged: true, as: WireArtifactPage.self) {
      $0.artifacts.map { $0.value?.artifact(of: key) }
    }
    return try current(fetched, endpoint.what)
  }

  /// The remarks that a job's check run carries, in GitHub's order.
  /// - Throws: ``GitHubError``; a fine-grained token may lack the permission to read checks.
  package func annotations(
    of job: Job, in repository: RepositoryName
  ) async throws -> [Annotation] {
    // On github.com a job and its check run have the same id.
    let endpoint = Endpoint.annotations(job.checkRunID ?? job.id, of: job, repository)
    let fetched = try await fetchList(
      endpoint, evenIfUnchanged: true, as: [Lenient<WireAnnotation>].self
    ) { $0.map { $0.value?.annotation } }
    return try current(fetched, endpoint.what)
  }
}
