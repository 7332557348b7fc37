import Canvas
import Deploys
import Foundation

/// What the heading of an environment says.
struct SectionHeading: Sendable, Equatable {
  var name: String
  /// Its place, counted from 1, which is also the key that goes there.
  var ordinal: Int
  var isProtected: Bool
  var tally: Tally
  /// The deploys that are shown, here or above, of all that there are; `nil` without a filter.
  var matches: Int?
  var failures: [SourceHealth]

  /// The worst thing about its sources, in words; `nil` while all answer.
  func trouble(at now: Date) -> String? {
    guard let first = failures.first, let failure = first.failure else { return nil }
    let age =
      first.lastSuccess.map { "data \(Duration(from: $0, to: now).shortText) old" }
      ?? "nothing read yet"
    let more = failures.count > 1 ? ", +\(failures.count - 1) more" : ""
    return "\(PlainText.sanitized(failure.message)), \(age)\(more)"
  }
}
