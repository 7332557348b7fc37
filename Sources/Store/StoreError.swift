package import Deploys

/// Why the state database did not do what was asked.
package enum StoreError: Error, Sendable, Hashable {
  /// The folder of the database cannot be made.
  case folder(path: String, reason: String)
  /// The file, or one beside it, may not be read or written.
  case unwritable(file: String, reason: String)
  /// The disk or the quota is full.
  case full(file: String)
  /// Another process has held the database for longer than is waited.
  case busy(file: String)
  /// The file is no database, or one that is damaged.
  case corrupt(file: String, reason: String)
  /// A newer cdtop has written the database.
  case tooNew(file: String)
  /// Anything else that the database said.
  case unusable(file: String, reason: String)
  /// The audit log has no such entry.
  case noEntry(AuditID)
  /// The entry has another outcome already, and keeps it.
  case alreadyFinished(AuditID)
}

extension StoreError: CustomStringConvertible {
  /// What failed and why, in words for a person.
  package var message: String {
    switch self {
    case .folder(let path, let reason): "the folder \(path) cannot be made: \(reason)"
    case .unwritable(let file, let reason): "\(file) cannot be written: \(reason)"
    case .full(let file): "\(file) cannot be written: the disk is full"
    case .busy(let file): "\(file) is in use by another process that does not let go of it"
    case .corrupt(let file, let reason): "\(file) is damaged: \(reason)"
    case .tooNew(let file): "\(file) was written by a newer cdtop"
    case .unusable(let file, let reason): "\(file) cannot be used: \(reason)"
    case .noEntry(let id): "the audit log has no entry \(id)"
    case .alreadyFinished(let id): "entry \(id) of the audit log has another outcome already"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .folder, .unwritable:
      "Mend its owner and permissions, or set XDG_STATE_HOME to a folder that you may write to."
    case .full(let file):
      "Free some space on the disk or the quota that holds \(file)."
    case .busy(let file):
      "Try again; `fuser -v \(file)` names the processes that have it open."
    case .corrupt(let file, _), .unusable(let file, _):
      "Move it away together with \(file)-wal and \(file)-shm, and cdtop begins a new one; "
        + "`sqlite3 \(file) .recover` shows what can be saved of it."
    case .tooNew:
      "Use that cdtop, or set XDG_STATE_HOME to another folder for this one."
    case .noEntry:
      "See `cdtop audit` for the entries that there are."
    case .alreadyFinished(let id):
      "See `cdtop audit` for the outcome of entry \(id)."
    }
  }

  /// The message and the remedy.
  package var description: String { "\(message). \(remedy)" }
}
