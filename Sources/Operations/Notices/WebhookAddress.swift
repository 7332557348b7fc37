import Foundation
import Transport

/// The address of a webhook, which is a secret: whoever has it can post.
///
/// It never describes itself, not even to a debugger.
struct WebhookAddress: Sendable {
  /// The address, for sending only.
  let url: String

  /// Reads an address.
  /// - Parameters:
  ///   - text: The address; white space around it is dropped.
  ///   - variable: Where it comes from, for messages.
  /// - Throws: ``NoticeTrouble``, which does not repeat the address.
  init(_ text: String, variable: String) throws(NoticeTrouble) {
    url = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let remedy = "Put the webhook's whole address, which begins with https://, into \(variable)."
    guard !url.isEmpty else {
      throw NoticeTrouble(
        message: "no notice goes to the webhook: \(variable) is not set",
        remedy: "\(remedy) Or remove notices.webhook_variable from the configuration.")
    }
    guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
      let host = parts.host?.lowercased(), !host.isEmpty, scheme == "https" || scheme == "http"
    else {
      throw NoticeTrouble(
        message: "no notice goes to the webhook: \(variable) holds no address", remedy: remedy)
    }
    guard scheme == "https" || Self.isLoopback(host) else {
      throw NoticeTrouble(
        message: "no notice goes to the webhook: the address in \(variable) is not protected",
        remedy: remedy)
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    if ["localhost", "::1", "[::1]"].contains(host) { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return numbers.count == 4 && numbers.first == 127 && !numbers.contains(nil)
  }
}

extension WebhookAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "a webhook" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(self, children: []) }
}
