import Deploys

/// A text that is being written to a file.
struct PagerSaving: Sendable, Equatable {
  let request: SaveRequest
  /// How much has come; `nil` while nothing has.
  var transfer: Transfer?
}
