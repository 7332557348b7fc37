package import Deploys

/// What becomes of a container that ``Inspector/list(_:)`` looks into.
package enum FilesDelivery: Sendable, Hashable {
  /// So much of it has come.
  case fetching(Transfer)
  /// This is what it holds; nothing follows.
  case listed([StoredFile])
  /// It cannot be looked into; nothing follows.
  case failed(ReadFailure)
}
