import Deploys

/// One way of giving notice.
protocol NoticeChannel: Sendable {
  /// What tells the way from others in the ledger.
  var name: String { get }

  /// Whether a notice that may have gone out already may be given again.
  var mayRepeat: Bool { get }

  /// Whether the way is meant for such events.
  func takes(_ kind: DeployEvent.Kind) -> Bool

  /// Gives notice of an event; called once for each.
  /// - Throws: ``NoticeTrouble``, or `CancellationError`.
  func deliver(_ event: DeployEvent) async throws -> NoticeNews?
}
