package import Foundation

/// A whole answer from an ``HTTPTransport``.
package struct HTTPResponse: Sendable, Hashable {
  /// The status code.
  package var status: Int
  /// The header fields.
  package var headers: HTTPHeaders
  /// The body, decompressed.
  package var body: Data

  /// Creates an answer.
  package init(status: Int, headers: HTTPHeaders = [:], body: Data = Data()) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Whether the status is 2xx.
  package var isSuccess: Bool { (200..<300).contains(status) }
}
