import Canvas

/// What a key can ask for on a run's screen and nowhere else.
package enum DetailCommand: String, Sendable, Hashable, CaseIterable {
  /// Open what the cursor is on.
  case open
  /// Open or close the group, job or runner.
  case fold
  /// Open the group, job or runner; from an open one, go to its first row.
  case expand
  /// Close the group, job or runner; from a closed one, go to what it belongs to.
  case collapse
  /// Go to the next row that failed.
  case nextFailure
  /// Go to the previous row that failed.
  case previousFailure
  /// Go to the next pane or tab.
  case nextPane
  /// Go to the previous pane or tab.
  case previousPane
  /// Show the attempt before.
  case olderAttempt
  /// Show the attempt after.
  case newerAttempt
  /// Open the job's whole log.
  case jobLog
  /// Open the log that the job's runner writes in CloudWatch.
  case runnerLog
  /// Open the logs of all jobs of the attempt.
  case attemptLog
  /// Go to the artifacts.
  case artifacts
  /// Go to the marker.
  case marker
  /// Show which builds the job is linked with, and why; or hide it.
  case link

  /// The command's row in the table.
  var entry: CommandEntry {
    switch self {
    case .open:
      .init(
        "open",
        "Open what the cursor is on: a step's or job's log, an artifact, a group of jobs.",
        .looking, footer: 0, [([.detail], ["enter"])])
    case .fold:
      .init(
        "open/close", "Open or close the group, job or runner.", .looking,
        [([.detail], ["space"])])
    case .expand:
      .init(
        "open", "Open the group, job or runner; from an open one, go to its first row.",
        .looking, [([.detail], ["right", "l"])])
    case .collapse:
      .init(
        "close", "Close the group, job or runner; from a closed one, go to what it belongs to.",
        .looking, [([.detail], ["left", "h"])])
    case .nextFailure:
      .init(
        "next failed", "Go to the next step, job or phase that failed.", .moving, footer: 4,
        [([.detail], ["e"])])
    case .previousFailure:
      .init(
        "failed before", "Go to the previous step, job or phase that failed.", .moving,
        [([.detail], ["E"])])
    case .nextPane:
      .init(
        "panes", "Go to the next pane: the jobs, the failure; on a narrow screen the timeline too.",
        .moving, footer: 2, [([.detail], ["tab"])])
    case .previousPane:
      .init("back a pane", "Go to the previous pane.", .moving, [([.detail], ["shift-tab"])])
    case .olderAttempt:
      .init(
        "older attempt", "Show the attempt before this one.", .looking, footer: 5,
        [([.detail], ["["])])
    case .newerAttempt:
      .init(
        "newer attempt", "Show the attempt after this one.", .looking, footer: 5,
        [([.detail], ["]"])])
    case .jobLog:
      .init(
        "whole log", "Open the job's whole log from its beginning.", .looking, footer: 8,
        [([.detail], ["L"])])
    case .runnerLog:
      .init(
        "runner's log", "Open the log that the job's runner writes in CloudWatch.", .looking,
        footer: 4, [([.detail], ["B"])])
    case .attemptLog:
      .init(
        "all logs", "Open the logs of all jobs of the attempt, as GitHub packs them.", .looking,
        footer: 9, [([.detail], ["A"])])
    case .artifacts:
      .init(
        "artifacts", "Go to what the run has left: its artifacts.", .looking, footer: 6,
        [([.detail], ["f"])])
    case .marker:
      .init("marker", "Go to the marker of the job's build.", .looking, [([.detail], ["m"])])
    case .link:
      .init(
        "runner link",
        "Show which builds the job is linked with, how surely, and by what evidence; or hide it.",
        .looking, footer: 7, [([.detail], ["c"])])
    }
  }
}
