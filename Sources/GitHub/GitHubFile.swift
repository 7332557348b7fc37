package import Deploys

/// Something that GitHub serves as bytes, by a link that is good for a minute.
package enum GitHubFile: Sendable, Hashable {
  /// The log of a job that is over.
  case jobLog(RepositoryName, job: Int64)
  /// The zip with the logs of every job of an attempt.
  case attemptLogs(RunKey, attempt: Int)
  /// The zip of an artifact.
  case artifact(RepositoryName, id: Int64)
}
