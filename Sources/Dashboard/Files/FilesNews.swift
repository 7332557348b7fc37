package import Deploys

/// What happens to a container that is looked into.
package enum FilesNews: Sendable, Hashable {
  /// So much of it has come.
  case fetching(Transfer)
  /// This is what it holds.
  case listed([StoredFile])
  /// It cannot be looked into.
  case failed(ReadFailure)
}
