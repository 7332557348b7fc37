package import Transport

/// How a request to the simulator ends.
package enum Exchange: Sendable {
  /// With an answer.
  case response(HTTPResponse)
  /// With the head of an answer, and a body in pieces behind it that may break off.
  case streamed(HTTPResponse, StreamedBody)
  /// With nothing, for as long as the client waits.
  case stall
  /// With a closed connection and no answer.
  case reset
}

/// The body of an answer on its way.
package struct StreamedBody: Sendable {
  /// How it ends.
  package enum End: Sendable, Hashable {
    /// With its last byte.
    case whole
    /// The connection breaks after so many bytes.
    case cut(after: Int)
    /// After so many bytes nothing more comes, and the connection stays open.
    case silence(after: Int)
  }

  /// What the head promises.
  package var content: LazyContent
  /// How it ends.
  package var end: End = .whole
  /// How fast it comes, in bytes a second; `nil` for as fast as it goes.
  package var rate: Int?

  /// How many bytes are sent.
  package var sentCount: Int {
    switch end {
    case .whole: content.count
    case .cut(let count), .silence(let count): min(count, content.count)
    }
  }

  /// The bytes that are sent, in pieces of at most so many.
  package func pieces(of size: Int) -> some Sequence<Range<Int>> & Sendable {
    let sent = sentCount
    let size = max(1, size)
    return stride(from: 0, to: sent, by: size).lazy.map { $0..<min(sent, $0 + size) }
  }
}

/// An answer before it is known how it ends: its body is in the head, or is made piece by piece.
struct Reply: Sendable {
  var head: HTTPResponse
  var body: LazyContent?

  /// The size of the body, wherever it is; bytes.
  var count: Int { body?.count ?? head.body.count }

  /// The answer to `HEAD`: the same without a body.
  var withoutBody: Reply {
    var copy = head
    copy.headers["Content-Length"] = String(count)
    copy.body.removeAll()
    return Reply(head: copy)
  }
}
