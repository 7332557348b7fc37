package import Deploys
package import LogText

/// What becomes of a text that ``Inspector/open(_:)`` brings.
package enum LogDelivery: Sendable, Hashable {
  /// So much has come before the first byte can be shown, such as of a zip.
  case fetching(Transfer)
  /// It is here; it may grow until ``ended`` comes.
  case opened(LogFile)
  /// More has come; ``LogFile/count`` tells how much.
  case grew
  /// Nothing more will come.
  case ended
  /// It cannot be read, or no further; what has come before stays readable.
  ///
  /// Nothing follows, but for ``ReadFailure/Kind/notYet``: then it is waited for, and the other
  /// cases follow when it is there.
  case failed(ReadFailure)
}
