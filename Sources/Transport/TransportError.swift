/// Why no whole answer came.
///
/// The cases tell what a caller must know before it may send again: whether the server can have
/// taken the request.
package enum TransportError: Error, Sendable, Hashable {
  /// No connection was made, so the server surely did not take the request.
  case notSent(host: String, reason: String)
  /// The limit ran out after the request may have been sent.
  case timedOut(host: String, after: Duration)
  /// The connection broke after the request may have been sent.
  case connectionLost(host: String, reason: String)
  /// The answer is larger than the caller allows; bytes.
  case tooLarge(host: String, limit: Int)
  /// The URL is not one that can be asked.
  case invalidURL(String)

  /// Whether the server surely did not take the request.
  package var isSurelyUnsent: Bool {
    switch self {
    case .notSent, .invalidURL: true
    case .timedOut, .connectionLost, .tooLarge: false
    }
  }

  /// Whether the same request may fare better in a moment.
  ///
  /// Not after a timeout: its patience is spent, whoever stays silent for so long would hide it for
  /// thrice as long, and whoever asks regularly asks again anyway.
  package var mayPass: Bool {
    switch self {
    case .notSent, .connectionLost: true
    case .timedOut, .tooLarge, .invalidURL: false
    }
  }

  /// What failed, in words for a person.
  package var message: String {
    switch self {
    case .notSent(let host, let reason): "cannot connect to \(host): \(reason)"
    case .timedOut(let host, let after): "\(host) did not answer within \(after.formattedSeconds)"
    case .connectionLost(let host, let reason): "the connection to \(host) broke: \(reason)"
    case .tooLarge(let host, let limit): "\(host) sent more than \(limit / 1_048_576) MiB"
    case .invalidURL(let url): "not a URL that can be asked: \(url)"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch self {
    case .notSent: "Check the host's name, the network and any proxy."
    case .timedOut, .connectionLost: "It is worth another try; check the network if it stays."
    case .tooLarge: "Narrow the request."
    case .invalidURL: "Correct the URL in the configuration."
    }
  }
}

extension Duration {
  fileprivate var formattedSeconds: String {
    "\(Int((Double(components.seconds) + Double(components.attoseconds) / 1e18).rounded())) s"
  }
}
