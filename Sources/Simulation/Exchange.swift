package import Transport

/// How a request to the simulator ends.
package enum Exchange: Sendable, Hashable {
  /// With an answer.
  case response(HTTPResponse)
  /// With the beginning of an answer; the connection breaks in the middle of the body.
  case truncated(HTTPResponse)
  /// With nothing, for as long as the client waits.
  case stall
  /// With a closed connection and no answer.
  case reset
}
