import Foundation

extension ServiceFault {
  /// What a fault means for the caller.
  enum Kind {
    case throttled, transient, expired, badCredentials, signature, denied, notFound, wrongRegion
    case refused
  }

  /// The kind, by AWS's code, else by the status.
  var kind: Kind {
    if let code, let kind = Self.kinds[code] {
      // S3 answers with this code also where the region is right and the header is malformed.
      return kind == .wrongRegion && region == nil ? .refused : kind
    }
    switch status {
    case 429: return .throttled
    case 500, 502, 503, 504: return .transient
    case 301, 307: return .wrongRegion
    case 400 where code == nil && region != nil: return .wrongRegion
    case 401, 403: return .denied
    case 404: return .notFound
    default: return status >= 500 ? .transient : .refused
    }
  }

  /// Whether AWS may have done what was asked nevertheless.
  var mayHaveBeenTaken: Bool {
    switch kind {
    case .transient: true
    case .throttled, .expired, .badCredentials, .signature, .denied, .notFound, .wrongRegion,
      .refused:
      false
    }
  }

  /// Whether the fault is, or may well be, that the request was signed with a wrong time.
  ///
  /// Source: the AWS SDKs for JavaScript and Java. Some codes say it; others are also given for a wrong
  /// key, and count where the server's clock is four minutes or more away, for five are allowed. An
  /// answer to HEAD has no code.
  func blames(signingTime: Date) -> Bool {
    guard let date else { return false }
    let isFarAway = abs(date.timeIntervalSince(signingTime)) >= 240
    return switch code {
    case "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture": true
    case "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure": isFarAway
    case nil: [400, 403].contains(status) && isFarAway
    default: false
    }
  }

  /// Source: botocore's standard retry mode for throttling, and each service's common errors.
  private static let kinds: [String: Kind] = {
    let names: [(Kind, [String])] = [
      (
        .throttled,
        [
          "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottledException",
          "TooManyRequestsException", "ProvisionedThroughputExceededException",
          "TransactionInProgressException", "RequestLimitExceeded", "BandwidthLimitExceeded",
          "LimitExceededException", "RequestThrottled", "SlowDown", "EC2ThrottledException",
        ]
      ),
      (
        .transient,
        [
          "RequestTimeout", "RequestTimeoutException", "PriorRequestNotComplete", "InternalError",
          "InternalFailure", "InternalServerError", "InternalServerException",
          "ServiceUnavailable", "ServiceUnavailableException",
        ]
      ),
      (.expired, ["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]),
      (
        .badCredentials,
        [
          "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId",
          "InvalidToken", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
          "AuthFailure", "InvalidIdentityToken", "UnauthorizedException",
        ]
      ),
      (
        .signature,
        [
          "SignatureDoesNotMatch", "InvalidSignatureException", "RequestTimeTooSkewed",
          "RequestExpired", "RequestInTheFuture", "IncompleteSignature",
          "IncompleteSignatureException",
        ]
      ),
      (
        .denied,
        ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AllAccessDisabled"]
      ),
      (.notFound, ["ResourceNotFoundException", "NoSuchBucket", "NoSuchKey"]),
      // An archived object, which S3 answers with 403.
      (.refused, ["InvalidObjectState"]),
      (.wrongRegion, ["PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed"]),
    ]
    return Dictionary(
      uniqueKeysWithValues: names.flatMap { kind, codes in codes.map { ($0, kind) } })
  }()
}
