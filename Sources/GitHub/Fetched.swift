/// What a conditional read brought.
package enum Fetched<Value: Sendable>: Sendable {
  /// A value that was not there at the last call.
  case modified(Value)
  /// The value is the same as at the caller's last call, and nothing was charged for asking.
  case notModified

  /// The value; `nil` where it is the same as before.
  package var value: Value? {
    switch self {
    case .modified(let value): value
    case .notModified: nil
    }
  }
}

extension Fetched: Equatable where Value: Equatable {}
