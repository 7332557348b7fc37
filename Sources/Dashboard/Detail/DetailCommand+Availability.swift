import Deploys

extension DetailCommand {
  /// Whether the command can be given now, and why not.
  func availability(in model: Model) -> Command.Availability {
    guard let detail = model.detail else { return .hidden }
    switch self {
    case .nextPane, .previousPane, .link: return .enabled
    case .open: return Self.availability(of: detail.opening)
    case .jobLog: return Self.availability(of: detail.jobLog)
    case .runnerLog: return Self.availability(of: detail.runnerLog)
    case .attemptLog: return Self.availability(of: detail.attemptLog)
    case .fold, .expand, .collapse: return foldAvailability(detail)
    case .nextFailure, .previousFailure:
      return detail.shown.map(Self.hasFailure) == true ? .enabled : .disabled("nothing failed")
    case .olderAttempt:
      return detail.attempt > 1 ? .enabled : .disabled("this is the first attempt")
    case .newerAttempt:
      return detail.attempt < detail.newest.run.attempt
        ? .enabled : .disabled("this is the newest attempt")
    case .artifacts:
      return detail.shown == nil ? .disabled("the attempt has not been read yet") : .enabled
    case .marker: return markerAvailability(detail)
    }
  }

  private static func availability(of opening: DetailOpening) -> Command.Availability {
    if case .nothing(let reason) = opening { return .disabled(reason) }
    return .enabled
  }

  private static func hasFailure(_ deploy: Deploy) -> Bool {
    deploy.jobs.contains { $0.hasFailed || $0.build?.failedPhase != nil }
  }

  private func foldAvailability(_ detail: RunDetail) -> Command.Availability {
    guard detail.pane.isTable else { return .disabled("tab goes to the jobs first") }
    guard let row = detail.table.selectedRow, row.isSelectable else {
      return .disabled("there is nothing to open")
    }
    if self == .collapse {
      return row.isOpen == true || row.parent != nil
        ? .enabled : .disabled("there is nothing to close")
    }
    return row.isOpen != nil
      ? .enabled : .disabled("there is nothing in it to open: enter shows its log")
  }

  private func markerAvailability(_ detail: RunDetail) -> Command.Availability {
    guard let item = detail.meantJob else { return .disabled("go to a job first") }
    return item.build == nil || item.markerLocation == nil
      ? .disabled("no marker: no build is known for this job") : .enabled
  }
}
