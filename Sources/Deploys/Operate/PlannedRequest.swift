/// A request that a mutation sends, as a preview shows it: without its headers, which hold the
/// credentials.
package struct PlannedRequest: Sendable, Hashable {
  /// The HTTP method.
  package var method: String
  /// The address with its query.
  package var url: String
  /// The body as sent; `nil` where there is none.
  package var body: String?
  /// The operation that a header names, such as AWS's `CodeBuild_20161006.StopBuild`; `nil` where
  /// the address says it all.
  package var operation: String?

  /// Creates a request.
  package init(method: String, url: String, body: String? = nil, operation: String? = nil) {
    self.method = method
    self.url = url
    self.body = body
    self.operation = operation
  }
}
