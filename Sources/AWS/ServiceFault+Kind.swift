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
          "RequestExpired", "IncompleteSignature",
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
