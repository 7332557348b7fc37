package import Foundation

/// An access key of one AWS identity; it never shows its secrets when printed.
package struct Credentials: Sendable, Hashable {
  /// The key's id, which is no secret.
  package var accessKeyID: String
  /// The secret that signs requests.
  package var secretAccessKey: String
  /// The token that goes with temporary keys; `nil` for lasting ones.
  package var sessionToken: String?
  /// When the key stops working; `nil` where nothing says so.
  package var expiresAt: Date?

  /// Creates credentials.
  package init(
    accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil,
    expiresAt: Date? = nil
  ) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.expiresAt = expiresAt
  }

  /// Whether the key is still good for some time.
  func isFresh(at date: Date, margin: Duration) -> Bool {
    guard let expiresAt else { return true }
    return expiresAt.timeIntervalSince(date) > margin.seconds
  }

  /// A text without the secret key and the session token, should either stand in it.
  func redacting(_ text: String) -> String {
    var text = text
    for secret in [secretAccessKey, sessionToken].compactMap({ $0 }) where secret.count >= 8 {
      text = text.replacing(secret, with: "[redacted]")
    }
    return text
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The key's id only.
  package var description: String { "Credentials(\(accessKeyID), secrets not shown)" }

  /// The key's id only.
  package var debugDescription: String { description }

  /// The key's id and the time of expiry only, so that `dump` shows no secret either.
  package var customMirror: Mirror {
    Mirror(self, children: ["accessKeyID": accessKeyID, "expiresAt": expiresAt as Any])
  }
}

extension Duration {
  /// The duration in seconds, with fractions.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
