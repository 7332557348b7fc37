/// Something that is read on demand.
package enum Loadable<Value: Sendable & Hashable>: Sendable, Hashable {
  /// Nobody has asked for it.
  case unasked
  /// It is on its way.
  case loading
  /// Here it is.
  case loaded(Value)
  /// It could not be read.
  case failed(ReadFailure)

  /// The value, once it is there.
  package var value: Value? {
    guard case .loaded(let value) = self else { return nil }
    return value
  }

  /// Why it could not be read.
  package var failure: ReadFailure? {
    guard case .failed(let failure) = self else { return nil }
    return failure
  }
}
