/// How long, how much and how many a ``LiveTransport`` allows.
package struct TransportLimits: Sendable, Hashable {
  /// How long making a connection may take, with its TLS handshake.
  package var connect: Duration
  /// How long a whole exchange may take where the request names no limit of its own.
  package var exchange: Duration
  /// How long a server may say nothing while it owes an answer.
  package var idle: Duration
  /// How long a connection is kept without a request.
  ///
  /// Less than the minute after which common proxies and balancers close it without a word.
  package var keepAlive: Duration
  /// How large a body may be after decompression, in bytes.
  package var bodyBytes: Int
  /// How many connections are held to one host; further requests wait for one.
  package var connectionsPerHost: Int

  /// Creates limits.
  package init(
    connect: Duration = .seconds(10), exchange: Duration = .seconds(30),
    idle: Duration = .seconds(20), keepAlive: Duration = .seconds(45),
    bodyBytes: Int = 64 * 1_048_576, connectionsPerHost: Int = 8
  ) {
    self.connect = connect
    self.exchange = exchange
    self.idle = idle
    self.keepAlive = keepAlive
    self.bodyBytes = bodyBytes
    self.connectionsPerHost = connectionsPerHost
  }
}
