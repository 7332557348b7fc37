/// How asking for what holds a run back ended.
package enum PendingAnswer: Sendable, Hashable {
  /// The environments that hold it back; empty for none.
  case pending([PendingDeployment])
  /// They could not be read: why.
  case failed(ReadFailure)
}
