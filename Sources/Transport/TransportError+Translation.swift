import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension TransportError {
  /// Tells what an error of the library means for the request.
  ///
  /// An error that is not known to come before the request was written counts as coming after it.
  init(
    _ error: any Error, of request: HTTPRequest, exchangeLimit: Duration, limits: TransportLimits
  ) {
    let host = request.host
    self =
      switch error {
      case let error as TransportError: error
      case is DeadlinePassed: .timedOut(host: host, after: exchangeLimit)
      case let error as HTTPClientError: Self.translate(error, of: request, limits: limits)
      case let error as NIOConnectionError: .notSent(host: host, reason: Self.reason(of: error))
      case let error as NIOSSLError: Self.translate(error, host: host)
      case let error as NIOSSLExtraError where error == .failedToValidateHostname:
        .notSent(host: host, reason: "its certificate is made out to another name")
      case is NIOSSLExtraError:
        .connectionLost(host: host, reason: "TLS failed")
      case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit:
        .tooLarge(host: host, limit: limits.bodyBytes)
      case is NIOHTTPDecompression.DecompressionError,
        is NIOHTTPDecompression.ExtraDecompressionError:
        .connectionLost(host: host, reason: "the answer cannot be decompressed")
      case HTTPParserError.invalidEOFState:
        .connectionLost(host: host, reason: "the answer breaks off")
      case is HTTPParserError:
        .connectionLost(host: host, reason: "the answer is not HTTP")
      // A literal address is connected to without a `NIOConnectionError` around; and an
      // established connection is never refused.
      case let error as IOError where error.errnoCode == ECONNREFUSED:
        .notSent(host: host, reason: Self.reason(of: error))
      case let error as IOError:
        .connectionLost(host: host, reason: Self.reason(of: error))
      case ChannelError.connectTimeout:
        .notSent(host: host, reason: "no connection within \(limits.connect.wholeSeconds) s")
      default:
        .connectionLost(host: host, reason: "\(type(of: error))")
      }
  }

  private static func translate(
    _ error: HTTPClientError, of request: HTTPRequest, limits: TransportLimits
  ) -> TransportError {
    let host = request.host
    return switch error {
    case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath:
      .invalidURL(request.harmlessURL)
    case .connectTimeout, .tlsHandshakeTimeout:
      .notSent(host: host, reason: "no connection within \(limits.connect.wholeSeconds) s")
    case .getConnectionFromPoolTimeout:
      .notSent(host: host, reason: "every connection to it is busy")
    case .proxyAuthenticationRequired:
      .notSent(host: host, reason: "the proxy wants a user name and password")
    case .invalidProxyResponse, .httpProxyHandshakeTimeout, .socksHandshakeTimeout:
      .notSent(host: host, reason: "the proxy makes no connection to it")
    case .alreadyShutdown:
      .notSent(host: host, reason: "this program is closing")
    case .readTimeout, .writeTimeout:
      .timedOut(host: host, after: limits.idle)
    case .remoteConnectionClosed:
      .connectionLost(host: host, reason: "closed before the answer was whole")
    case .cancelled:
      .connectionLost(host: host, reason: "closed by this program")
    default:
      switch error.shortDescription {
      // These carry the offending names and values, one of which may be a token.
      case "Invalid header field names", "Invalid header field values", "Unsupported scheme":
        .notSent(host: host, reason: error.shortDescription.lowercased())
      default:
        .connectionLost(host: host, reason: error.shortDescription.lowercased())
      }
    }
  }

  private static func translate(_ error: NIOSSLError, host: String) -> TransportError {
    guard case .handshakeFailed(let cause) = error else {
      return .connectionLost(host: host, reason: "closed before the answer was whole")
    }
    let isMistrust = "\(cause)".contains("CERTIFICATE_VERIFY_FAILED")
    return .notSent(
      host: host,
      reason: isMistrust ? "its certificate is not trusted" : "no agreement on TLS")
  }

  private static func reason(of error: NIOConnectionError) -> String {
    guard let attempt = error.connectionErrors.first else { return "its name is not known" }
    return switch attempt.error {
    case let error as IOError: reason(of: error)
    case ChannelError.connectTimeout: "no connection in time"
    default: "\(type(of: attempt.error))"
    }
  }

  private static func reason(of error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "connection refused"
    case ECONNRESET: "reset by the other side"
    case EPIPE: "closed by the other side"
    case ETIMEDOUT: "no sign from the other side"
    case EHOSTUNREACH: "no route to the host"
    case ENETUNREACH: "the network cannot be reached"
    default: "system error \(error.errnoCode)"
    }
  }
}

extension HTTPRequest {
  /// The URL without a user name, a password and a query, for a query can hold a signature.
  fileprivate var harmlessURL: String {
    let plain = url.prefix { $0 != "?" }
    guard let slashes = plain.firstRange(of: "://") else { return String(plain) }
    let authority = plain[slashes.upperBound...].prefix { $0 != "/" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@") else { return String(plain) }
    return "\(plain[..<slashes.upperBound])\(plain[plain.index(after: at)...])"
  }
}

extension TimeAmount {
  /// Writes a duration in NIO's terms.
  init(_ duration: Duration) {
    let parts = duration.components
    self = .nanoseconds(parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000)
  }
}

extension Duration {
  fileprivate var wholeSeconds: Int64 { components.seconds }
}
