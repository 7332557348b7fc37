package import Transport

/// Why AWS gave no answer.
package enum AWSError: Error, Sendable, Hashable {
  /// No credentials were found, or their source failed.
  case noCredentials(account: String, reason: String, remedy: String)
  /// A shared file or an environment variable cannot be used as it stands.
  case badConfiguration(file: String?, line: Int?, reason: String, remedy: String)
  /// Nothing says which region to ask.
  case noRegion(account: String)
  /// The identity may not do this.
  case accessDenied(AWSCall, reason: String)
  /// The server does not know the key.
  case badCredentials(AWSCall, reason: String)
  /// Temporary credentials have run out, and asking for new ones gave the same.
  case expiredToken(AWSCall, reason: String)
  /// The server computed another signature; with how far this clock is ahead, if over five minutes.
  case signatureMismatch(AWSCall, reason: String, clockSkew: Duration?)
  /// Too many requests, also after waiting and trying again.
  case throttled(AWSCall, retryAfter: Duration?)
  /// What was asked for is not there.
  case notFound(AWSCall, what: String)
  /// The bucket is in another region, which the server may name.
  case wrongRegion(AWSCall, right: String?)
  /// Refused for another reason, with AWS's code.
  case refused(AWSCall, code: String, reason: String)
  /// The server failed, also after trying again.
  case server(AWSCall, status: Int, reason: String)
  /// The answer could not be understood.
  case badPayload(AWSCall, reason: String)
  /// No whole answer came.
  case transport(AWSCall, TransportError)

  /// Whether AWS may have done what was asked, for a call that changes something.
  package var mayHaveBeenTaken: Bool {
    switch self {
    case .server, .badPayload: true
    case .transport(_, let error): !error.isSurelyUnsent
    case .noCredentials, .badConfiguration, .noRegion, .accessDenied, .badCredentials,
      .expiredToken, .signatureMismatch, .throttled, .notFound, .wrongRegion, .refused:
      false
    }
  }

  /// Whether it is a matter of asking less often.
  package var isThrottling: Bool {
    switch self {
    case .throttled: true
    case .noCredentials, .badConfiguration, .noRegion, .accessDenied, .badCredentials,
      .expiredToken, .signatureMismatch, .notFound, .wrongRegion, .refused, .server, .badPayload,
      .transport:
      false
    }
  }

  /// How long the server asks to be left alone; `nil` where it does not say.
  package var retryAfter: Duration? {
    if case .throttled(_, let retryAfter) = self { retryAfter } else { nil }
  }

  /// The call that failed; `nil` where it did not come to one.
  package var call: AWSCall? {
    switch self {
    case .noCredentials, .badConfiguration, .noRegion: nil
    case .accessDenied(let call, _), .badCredentials(let call, _), .expiredToken(let call, _),
      .signatureMismatch(let call, _, _), .throttled(let call, _), .notFound(let call, _),
      .wrongRegion(let call, _), .refused(let call, _, _), .server(let call, _, _),
      .badPayload(let call, _), .transport(let call, _):
      call
    }
  }
}
