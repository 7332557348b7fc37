package import Foundation

extension HTTPHeaders {
  /// How long `Retry-After` asks to wait, in seconds and never less than none; `nil` where it does
  /// not say.
  ///
  /// A date counts by the server's own clock, where the answer tells it.
  /// - Parameter now: The local time, for an answer without a `Date`.
  /// - Returns: The wait in seconds, or `nil`.
  package func retryAfter(at now: Date) -> TimeInterval? {
    guard let text = self["Retry-After"]?.trimmingCharacters(in: .whitespaces) else { return nil }
    if let seconds = TimeInterval(text) { return seconds.isFinite ? max(seconds, 0) : nil }
    guard let until = HTTPDate.parse(text) else { return nil }
    return max(until.timeIntervalSince(self["Date"].flatMap(HTTPDate.parse) ?? now), 0)
  }
}
