import Canvas
import Deploys
import Foundation

extension Artifact {
  /// Whether GitHub has deleted it, or should have.
  func hasExpired(at now: Date) -> Bool {
    isExpired || expiresAt.map { $0 <= now } == true
  }

  /// Why it cannot be had any more.
  var expiry: ReadFailure {
    ReadFailure(
      .gone, message: "\(name) has expired: GitHub has deleted it.",
      remedy: "Run the deploy again to make it anew; retention-days decides how long it stays.")
  }

  /// When it goes, in words, and what that means to the eye; `nil` where GitHub does not say.
  func expiryWords(at now: Date) -> (text: String, role: Role)? {
    if hasExpired(at: now) { return ("expired", .failure) }
    guard let expiresAt else { return nil }
    let left = Duration(from: now, to: expiresAt)
    return ("expires in \(left.coarseText)", left < .seconds(2 * 86_400) ? .warning : .dim)
  }

  /// The digest's kind and its first digits; `nil` where GitHub gives none.
  var shortDigest: String? {
    guard let digest, !digest.isEmpty else { return nil }
    guard let colon = digest.firstIndex(of: ":") else { return String(digest.prefix(12)) }
    return digest[...colon] + String(digest[digest.index(after: colon)...].prefix(12))
  }
}
