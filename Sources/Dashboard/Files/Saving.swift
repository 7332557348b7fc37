import Deploys
import Foundation

/// Something that is on its way into a file.
struct Saving: Sendable, Equatable {
  let request: SaveRequest
  /// How far it has come; `nil` while nothing is known.
  private(set) var transfer: Transfer?
  /// How far it had come when it was first heard of: an earlier attempt's part is not its own.
  private var first: Transfer?
  private var firstAt: Date?

  init(_ request: SaveRequest) { self.request = request }

  mutating func take(_ transfer: Transfer, at now: Date) {
    self.transfer = transfer
    // A server that ignores where to go on from makes it begin anew.
    guard let first, first.received <= transfer.received else {
      (self.first, firstAt) = (transfer, now)
      return
    }
  }

  /// Bytes a second; `nil` while too little is known.
  func rate(at now: Date) -> Int? {
    guard let transfer, let first, let firstAt else { return nil }
    let seconds = now.timeIntervalSince(firstAt)
    guard seconds >= 2, transfer.received > first.received else { return nil }
    return Int(Double(transfer.received - first.received) / seconds)
  }

}

extension Transfer {
  /// How much of it is there, from 0 to 100; `nil` where the size is not known.
  var percent: Int? {
    guard let total, total > 0 else { return nil }
    return Int(min(1, max(0, Double(received) / Double(total))) * 100)
  }
}
