/// What names a text that the pager can show.
package enum LogSource: Sendable, Hashable {
  /// A job's log on GitHub; there is one only when the job is over.
  case job(RunKey, job: Int64)
  /// The logs of all jobs of an attempt, out of GitHub's zip.
  case attempt(RunKey, attempt: Int)
  /// A build's log in CloudWatch, which grows while the build runs.
  case build(BuildKey)
  /// A file of an artifact, or one that a build has left in S3.
  case file(FileContainer, path: String)
  /// A file of this machine.
  case local(path: String)
}
