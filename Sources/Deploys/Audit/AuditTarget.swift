/// What an action was done to.
package enum AuditTarget: Sendable, Hashable {
  /// An attempt of a run, or one job of it.
  case run(id: Int64, attempt: Int, job: Int64? = nil)
  /// A CodeBuild build, by its id.
  case build(id: String)
  /// A tag and the commit that it names.
  case tag(name: String, sha: String)
  /// A workflow file at a branch or tag.
  case workflow(path: String, ref: String)
  /// A kind of target that this version does not know, in the log's word.
  case other(kind: String)
}
