import Deploys
import Foundation
import Transport

/// Signs, sends, tries again and reads faults: what every call to AWS has in common.
struct ServiceCaller: Sendable {
  /// One call, not yet signed.
  struct Operation: Sendable {
    var request: HTTPRequest
    var service: AWSService
    var call: AWSCall
    /// Whether it changes something, so that it is not sent again once AWS may have taken it.
    var isChange = false
  }

  /// Who signs.
  enum Identity: Sendable {
    case none
    case fixed(Credentials)
    case provided(any CredentialProvider, AWSScope)
  }

  /// How a call ended, when an answer came.
  enum Outcome: Sendable {
    case success(HTTPResponse)
    case fault(ServiceFault)
  }

  var transport: any HTTPTransport
  var retry: RetryPolicy
  var now: @Sendable () -> Date
  var sleep: @Sendable (Duration) async throws -> Void
  var generator: @Sendable () -> any RandomNumberGenerator
  /// AWS's clock, by which requests are signed and credentials expire.
  var clock = SigningClock()

  /// The time by AWS's clock, as far as it is known.
  var time: Date { clock.time(at: now()) }

  /// The answer of a call.
  /// - Throws: ``AWSError`` for anything but success.
  func value(_ operation: Operation, by identity: Identity) async throws -> HTTPResponse {
    switch try await send(operation, by: identity) {
    case .success(let response): response
    case .fault(let fault): throw error(fault, in: operation.call)
    }
  }

  /// Sends until an answer comes that trying again would not change, or the attempts are used up.
  ///
  /// What changes something is not sent again once AWS may have taken it. What is refused for its
  /// time was surely not taken: it is signed with the server's time and sent once more.
  /// - Throws: ``AWSError`` where no answer came or nobody could sign; `CancellationError`.
  func send(_ operation: Operation, by identity: Identity) async throws -> Outcome {
    try await send(operation, by: identity) { request in
      do {
        return try await transport.send(request)
      } catch let error where !(error is TransportError || error is CancellationError) {
        throw TransportError.connectionLost(host: operation.call.host, reason: "\(error)")
      }
    }
  }

  /// Sends by another way than ``transport``, whose own errors come through as they are.
  func send(
    _ operation: Operation, by identity: Identity,
    through exchange: (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> Outcome {
    var hasRenewed = false
    var hasSetClock = false
    var attempt = 1
    while true {
      try Task.checkCancellation()
      let credentials = try await credentials(identity)
      let (sentAt, signedAt) = (now(), time)
      let result = try await answer(operation, credentials, at: signedAt, exchange)
      if case .success(let response) = result {
        clock.note(response, sentAt: sentAt, receivedAt: now())
      }
      let wait: Duration?
      switch result {
      case .success(let response) where response.isSuccess:
        return .success(response)
      case .success(let response):
        var fault = ServiceFault(response)
        if let credentials { fault.reason = credentials.redacting(fault.reason) }
        if fault.kind == .expired, case .provided(let provider, let scope) = identity,
          let credentials, !hasRenewed
        {
          hasRenewed = true
          await provider.discard(credentials, for: scope)
          if try await provider.credentials(for: scope) != credentials { continue }
        }
        if credentials != nil, !hasSetClock, fault.blames(signingTime: signedAt) {
          hasSetClock = true
          continue
        }
        wait =
          operation.isChange && fault.mayHaveBeenTaken ? nil : delay(afterAttempt: attempt, fault)
        if wait == nil { return .fault(fault) }
      case .failure(let error):
        if operation.isChange, !error.isSurelyUnsent {
          throw AWSError.transport(operation.call, error)
        }
        try Task.checkCancellation()
        guard attempt < retry.maxAttempts, error.mayPass else {
          throw AWSError.transport(operation.call, error)
        }
        wait = delay(afterAttempt: attempt)
      }
      if let wait { try await sleep(wait) }
      attempt += 1
    }
  }

  /// The error that a fault means.
  func error(_ fault: ServiceFault, in call: AWSCall) -> AWSError {
    switch fault.kind {
    case .throttled: .throttled(call, retryAfter: fault.retryAfter)
    case .transient:
      .server(call, status: fault.status, reason: Self.joined(fault.code, fault.reason))
    case .expired: .expiredToken(call, reason: fault.reason)
    case .badCredentials: .badCredentials(call, reason: Self.joined(fault.code, fault.reason))
    case .signature:
      .signatureMismatch(
        call, reason: Self.joined(fault.code, fault.reason), clockSkew: clockSkew(fault))
    case .denied: .accessDenied(call, reason: Self.joined(fault.code, fault.reason))
    case .notFound: .notFound(call, what: call.resource ?? fault.reason)
    case .wrongRegion: .wrongRegion(call, right: fault.region)
    case .refused:
      .refused(call, code: fault.code ?? "HTTP \(fault.status)", reason: fault.reason)
    }
  }

  /// How far this clock is ahead of the server's, where a fault is about that and it is more than AWS
  /// allows: what was signed with the right time is refused for another reason.
  private func clockSkew(_ fault: ServiceFault) -> Duration? {
    guard let date = fault.date else { return nil }
    let seconds = now().timeIntervalSince(date)
    let isAboutTime =
      AWSError.isAboutTime(Self.joined(fault.code, fault.reason))
      || abs(time.timeIntervalSince(date)) > 300
    return isAboutTime && abs(seconds) > 300 ? .seconds(seconds) : nil
  }

  private func credentials(_ identity: Identity) async throws -> Credentials? {
    switch identity {
    case .none: nil
    case .fixed(let credentials): credentials
    case .provided(let provider, let scope): try await provider.credentials(for: scope)
    }
  }

  private func answer(
    _ operation: Operation, _ credentials: Credentials?, at signingTime: Date,
    _ exchange: (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> Result<HTTPResponse, TransportError> {
    var request = operation.request
    if let credentials {
      request =
        RequestSigner(
          credentials: credentials, region: operation.call.region,
          service: operation.service.signingName, rules: operation.service.signingRules
        ).sign(request, at: signingTime)
    }
    do {
      return .success(try await exchange(request))
    } catch let error as TransportError {
      return .failure(error)
    }
  }

  /// How long to wait before the next attempt; `nil` where there is to be none.
  func delay(afterAttempt attempt: Int, _ fault: ServiceFault) -> Duration? {
    switch fault.kind {
    case .throttled, .transient: break
    case .expired, .badCredentials, .signature, .denied, .notFound, .wrongRegion, .refused:
      return nil
    }
    guard attempt < retry.maxAttempts else { return nil }
    let asked = fault.retryAfter ?? .zero
    return asked > retry.maxDelay ? nil : max(asked, delay(afterAttempt: attempt))
  }

  /// Draws the wait after an attempt that failed.
  func delay(afterAttempt attempt: Int) -> Duration {
    var generator = generator()
    return retry.delay(afterAttempt: attempt, using: &generator)
  }

  private static func joined(_ code: String?, _ reason: String) -> String {
    [code ?? "", reason].filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
