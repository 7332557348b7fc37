import Deploys
import Foundation

/// A branch or tag in the list, with what it is ordered and found by.
struct RefEntry: Sendable, Equatable {
  /// Why it stands where it stands; the first case comes first.
  enum Place: Int, Sendable, Equatable {
    /// A tag that deploys the service to the environment.
    case ownTag
    /// A ref that was deployed lately.
    case recent
    case branch
    case tag
  }

  let ref: GitRef
  let place: Place
  /// When the newest run that is known was started at it.
  let runAt: Date?
  /// Its name as it is searched.
  let folded: [Unicode.Scalar]
  private let bytes: [UInt8]

  init(_ ref: GitRef, isOwnTag: Bool, runAt: Date?) {
    self.ref = ref
    self.runAt = runAt
    place =
      isOwnTag ? .ownTag : runAt != nil ? .recent : ref.kind == .branch ? .branch : .tag
    folded = FuzzyPattern.folded(ref.name)
    bytes = Array(ref.name.utf8)
  }

  /// The order of the list: what is most likely wanted first.
  static func comesFirst(_ left: RefEntry, _ right: RefEntry) -> Bool {
    if left.place != right.place { return left.place.rawValue < right.place.rawValue }
    switch left.place {
    case .recent:
      if let one = left.runAt, let other = right.runAt, one != other { return one > other }
    case .branch:
      let order = VersionOrder.compare(left.bytes[...], right.bytes[...])
      if order != 0 { return order < 0 }
    case .ownTag, .tag: break
    }
    let order = VersionOrder.compare(left.bytes[...], right.bytes[...])
    return order == 0 ? left.ref.id < right.ref.id : order > 0
  }
}
