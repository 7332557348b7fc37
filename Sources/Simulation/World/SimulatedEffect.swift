package import Foundation

/// Something that a client changed in the simulated world, for tests that count.
package struct SimulatedEffect: Sendable, Hashable {
  /// What was changed.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case dispatch
    case rerun
    case rerunFailedJobs = "rerun_failed_jobs"
    case rerunJob = "rerun_job"
    case cancel
    case forceCancel = "force_cancel"
    case approve
    case reject
    case createRef = "create_ref"
    case stopBuild = "stop_build"
  }

  /// What was changed.
  package let kind: Kind
  /// The run, job, ref or build that it happened to.
  package let target: String
  /// When it took effect.
  package let time: Date
}
