/// What an operator did, in one word of the audit log.
package enum AuditAction: Sendable, Hashable, RawRepresentable {
  /// Started a workflow.
  case dispatch
  /// Ran a run's jobs again.
  case retry
  /// Cancelled a run.
  case cancel
  /// Cancelled a run whose cancel had hung.
  case forceCancel
  /// Stopped a build.
  case stopBuild
  /// Approved a pending deployment.
  case approve
  /// Rejected a pending deployment.
  case reject
  /// Created a tag.
  case tag
  /// A word that this version does not know.
  case other(String)

  /// The actions that this version writes.
  package static let known: [AuditAction] = [
    .dispatch, .retry, .cancel, .forceCancel, .stopBuild, .approve, .reject, .tag,
  ]

  /// Reads the log's word.
  package init(rawValue: String) {
    self = Self.known.first { $0.rawValue == rawValue } ?? .other(rawValue)
  }

  /// The log's word.
  package var rawValue: String {
    switch self {
    case .dispatch: "dispatch"
    case .retry: "retry"
    case .cancel: "cancel"
    case .forceCancel: "force_cancel"
    case .stopBuild: "stop_build"
    case .approve: "approve"
    case .reject: "reject"
    case .tag: "tag"
    case .other(let word): word
    }
  }
}
