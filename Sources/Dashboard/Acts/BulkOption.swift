import Deploys

/// What is done to every run that is marked.
enum BulkOption: Sendable, Equatable, CaseIterable {
  case failedJobs
  case allJobs
  case cancel
  case forceCancel
  case stopBuilds
  case approve
  case reject

  /// The choices of a kind, in order.
  static func all(_ kind: ActKind) -> [BulkOption] {
    switch kind {
    case .retry: [.failedJobs, .allJobs]
    case .stop: [.cancel, .forceCancel, .stopBuilds]
    case .review: [.approve, .reject]
    }
  }

  /// Two words for the list.
  var name: String {
    switch self {
    case .failedJobs: "failed jobs"
    case .allJobs: "all jobs"
    case .cancel: "cancel"
    case .forceCancel: "force-cancel"
    case .stopBuilds: "stop builds"
    case .approve: "approve"
    case .reject: "reject"
    }
  }

  /// What it does.
  var words: String {
    switch self {
    case .failedJobs: "and what depends on them"
    case .allJobs: "from the start"
    case .cancel: "those that go on; steps with always() still run"
    case .forceCancel: "those whose cancel hangs"
    case .stopBuilds: "those whose job is over"
    case .approve: "their jobs go on"
    case .reject: "their jobs end as failed"
    }
  }

  /// The verb of the question, at the beginning of a title.
  var title: String {
    switch self {
    case .failedJobs, .allJobs: "Retry"
    case .cancel: "Cancel"
    case .forceCancel: "Force-cancel"
    case .stopBuilds: "Stop the builds of"
    case .approve: "Approve"
    case .reject: "Reject"
    }
  }

  /// What the question calls it, after “y to”.
  var verb: String {
    switch self {
    case .failedJobs, .allJobs: "run them again"
    case .cancel: "cancel them"
    case .forceCancel: "end them by force"
    case .stopBuilds: "stop them"
    case .approve: "approve them"
    case .reject: "reject them"
    }
  }
}
