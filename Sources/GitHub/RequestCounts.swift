/// How many requests a client has made, for showing what polling costs.
package struct RequestCounts: Sendable, Hashable {
  /// Requests sent, answered or not, each hop of a redirect counted.
  package var sent = 0
  /// Requests answered with 304.
  package var notModified = 0
  /// Requests that count against the hourly allowance: answered by the API, with anything but 304,
  /// and not `GET /rate_limit`, which is free.
  package var charged = 0
  /// Elements of listings that could not be read, and were left out.
  package var skippedElements = 0

  /// Creates counts of nothing.
  package init() {}
}
