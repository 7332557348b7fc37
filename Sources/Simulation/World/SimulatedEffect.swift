package import Foundation

/// Something that a client changed in the simulated world, for tests that count.
package struct SimulatedEffect: Sendable, Hashable {
  /// What was changed.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A workflow was dispatched.
    case dispatch
    /// Every job of a run was started again.
    case rerun
    /// A run's failed jobs were started again.
    case rerunFailedJobs = "rerun_failed_jobs"
    /// One job was started again.
    case rerunJob = "rerun_job"
    /// A run was cancelled.
    case cancel
    /// A run was cancelled by force.
    case forceCancel = "force_cancel"
    /// A held job was let on.
    case approve
    /// A held job was turned down.
    case reject
    /// A branch or tag was created.
    case createRef = "create_ref"
    /// A build was stopped.
    case stopBuild = "stop_build"
  }

  /// What was changed.
  package let kind: Kind
  /// The run, job, ref or build that it happened to.
  package let target: String
  /// When it took effect.
  package let time: Date
}
