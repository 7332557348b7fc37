import Foundation
import Hummingbird
import HTTPTypes
import Logging
import NIOCore
import Transport

/// The simulator on a loopback socket.
package enum SimulatorServer {
  /// Serves until the task is cancelled.
  ///
  /// Listens on 127.0.0.1 only, and takes requests in absolute form too, so that a client may use it
  /// as its HTTP proxy.
  /// - Parameters:
  ///   - simulator: The simulator.
  ///   - port: The port; 0 for a free one.
  ///   - onReady: Is told the port once connections are taken.
  /// - Throws: What the socket says where the port cannot be had.
  package static func run(
    _ simulator: Simulator, port: Int, onReady: @escaping @Sendable (Int) -> Void
  ) async throws {
    let responder = CallbackResponder<Context> { request, context in
      try await answer(request, context: context, simulator: simulator)
    }
    let application = Application(
      responder: responder,
      server: .http1(configuration: .init(additionalChannelHandlers: [DateHandler()])),
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { channel in
        onReady(channel.localAddress?.port ?? port)
      },
      logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
    try await application.run()
  }

  /// Keeps the connection, so that a fault can close it.
  private struct Context: InitializableFromSource {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }
  }

  private static let largestBody = 4 << 20

  private static func answer(
    _ request: Request, context: Context, simulator: Simulator
  ) async throws -> Response {
    let body = try await request.body.collect(upTo: largestBody)
    var headers = HTTPHeaders()
    for field in request.headers { headers.add(field.name.rawName, field.value) }
    let host = request.head.authority ?? "127.0.0.1"
    headers["Host"] = host
    let own = Transport.HTTPRequest(
      method: request.method.rawValue, url: "http://\(host)\(request.head.path ?? "/")",
      headers: headers, body: Data(body.readableBytesView))
    let isZipped = headers["Accept-Encoding"]?.contains("gzip") == true
    switch simulator.exchange(own) {
    case .response(let response): return Response(response, isZipped: isZipped)
    case .streamed(let response, let body): return stream(response, body, context: context)
    case .stall:
      try await Task.sleep(for: .seconds(3600))
      return Response(status: .gatewayTimeout)
    case .reset:
      try await context.channel.close()
      throw CancellationError()
    }
  }

  private static let largestPiece = 256 << 10

  private static func stream(
    _ head: Transport.HTTPResponse, _ body: StreamedBody, context: Context
  ) -> Response {
    var response = Response(head, isZipped: false)
    // A slow body comes in tenths of a second.
    let piece = body.rate.map { min($0 / 10, largestPiece) } ?? largestPiece
    response.body = ResponseBody(contentLength: body.content.count) { writer in
      for range in body.pieces(of: piece) {
        try await writer.write(ByteBuffer(bytes: body.content.bytes(in: range)))
        guard let rate = body.rate else { continue }
        try await Task.sleep(for: .seconds(Double(range.count) / Double(max(rate, 1))))
      }
      switch body.end {
      case .whole: try await writer.finish(nil)
      case .cut: try await context.channel.close()
      case .silence: try await Task.sleep(for: .seconds(3600))
      }
    }
    response.headers[.contentLength] = String(body.content.count)
    return response
  }
}

extension Response {
  fileprivate init(_ response: Transport.HTTPResponse, isZipped: Bool) {
    var fields = HTTPFields()
    for field in response.headers.fields {
      guard let name = HTTPField.Name(field.name) else { continue }
      fields.append(HTTPField(name: name, value: field.value))
    }
    if let field = DateHandler.field { fields[field] = response.headers["Date"] }
    var body = response.body
    let type = response.headers["Content-Type"] ?? ""
    if isZipped, !body.isEmpty, type.contains("json") || type.contains("text/plain") {
      body = Deflate.gzip(body)
      fields[.contentEncoding] = "gzip"
    }
    self.init(
      status: HTTPResponse.Status(code: response.status), headers: fields,
      body: body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}
