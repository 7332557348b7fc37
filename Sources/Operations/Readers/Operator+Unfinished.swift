package import Deploys
import Store

extension Operator {
  /// The actions of processes that ended before they could write down an outcome, newest first:
  /// nobody knows whether they were taken.
  package func unfinished() async -> [AuditEntry] {
    (try? state?.audit.unfinished()) ?? []
  }
}
