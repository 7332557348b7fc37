package import Deploys
package import LogText

/// What happens to a text that is open.
package enum LogNews: Sendable, Hashable {
  /// So much has come before the first byte can be shown, such as of a zip.
  case fetching(Transfer)
  /// It is here; it may grow as long as ``ended`` has not come.
  case opened(LogFile)
  /// More has come; ``LogFile/count`` tells how much.
  case grew
  /// Nothing more will come.
  case ended
  /// It cannot be read, or no further.
  case failed(ReadFailure)
  /// Some work on it has found something.
  case worked(LogWork, LogFinding)
}

/// A program of the operator's that shows texts.
package enum TextProgram: Sendable, Hashable {
  /// What `PAGER` names, else `less`.
  case pager
  /// What `VISUAL` or `EDITOR` names, else `vi`.
  case editor
}
