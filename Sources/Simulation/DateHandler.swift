import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Gives answers the world's time: Hummingbird writes the machine's into every one.
final class DateHandler: ChannelOutboundHandler, RemovableChannelHandler {
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// The field that carries the world's time as far as here; `nil` never, for the name is a token.
  static let field = HTTPField.Name("X-Simulated-Date")

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    var part = unwrapOutboundIn(data)
    if case .head(var head) = part, let field = Self.field, let date = head.headerFields[field] {
      head.headerFields[.date] = date
      head.headerFields[field] = nil
      part = .head(head)
    }
    context.write(wrapOutboundOut(part), promise: promise)
  }
}
