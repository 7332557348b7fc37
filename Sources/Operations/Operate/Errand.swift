import Deploys
import Foundation
import GitHub

/// A mutation whose target has just been read again and is as the operator saw it.
struct Errand: Sendable {
  /// What is about to be done, in words for a person, such as `retry all jobs of #7 shop`.
  var summary: String
  /// The service; `nil` where the target belongs to none.
  var service: String?
  /// Tells what was done, after the server has taken it.
  var deed: @Sendable (ChangeAnswer) async -> Deed
  /// Looks once for what came of it, after its answer was lost.
  var look: @Sendable () async throws -> Sight
}

/// What was done.
struct Deed: Sendable {
  var message: String
  var run: RunKey?
}

/// What one look at the target told about a mutation whose answer was lost.
enum Sight: Sendable {
  /// How it ended.
  case settled(OperationOutcome)
  /// Nothing yet that would tell; with what was seen.
  case open(String)
}

/// Why a mutation is not sent.
struct Refusal: Error, Sendable {
  var message: String
  var remedy: String
}

/// Until when a server wants to be left alone.
struct Limit: Error, Sendable {
  var until: Date
  var why: String
}

/// How a mutation came through the one door.
struct Passage: Sendable {
  var outcome: OperationOutcome
  /// When it was sent; `nil` where it was not.
  var sentAt: Date?
  /// What kept it from being done, where that passes by itself.
  var limit: Limit?
  /// Whether it was called back before it was sent.
  var isCalledBack = false
}
