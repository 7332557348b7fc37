package import Foundation
import Synchronization

/// How far something has come that is read in pieces, over as many requests as it takes.
///
/// It asks for what is missing, and judges whether an answer is that. When to ask again, and where,
/// is its owner's decision.
package final class Download: Sendable {
  /// What the newest answer meant.
  package enum Step: Sendable, Hashable {
    /// Everything is there.
    case finished
    /// The part that was asked for does not go on what is there; the next request asks for all.
    case unfit
    /// It was not the thing itself; its status and its body say what.
    case other
  }

  private struct State {
    var position: Int
    var validator: String?
    var total: Int?
    var step = Step.other
    var isAnnounced = false
    var hasBegun = false
    var furthest: Int
    var failures = 0
    var furthestAtFailure: Int

    /// Forgets what is there, for the rest of it is not to be had.
    mutating func restart() {
      position = 0
      total = nil
      validator = nil
      isAnnounced = false
      step = .unfit
    }
  }

  private let state: Mutex<State>

  /// Goes on with something of which a number of bytes is there already, or starts it.
  /// - Parameters:
  ///   - offset: The bytes that are there.
  ///   - validator: The strong entity tag of what is there; `nil` where none is known.
  package init(from offset: Int, validator: String?) {
    let start = max(0, offset)
    state = Mutex(
      State(position: start, validator: validator, furthest: start, furthestAtFailure: start))
  }

  /// What the newest answer meant.
  package var step: Step { state.withLock(\.step) }

  /// The bytes that are there.
  package var position: Int { state.withLock(\.position) }

  /// Whether it makes sense to ask again after an error.
  ///
  /// Not after a timeout before anything has come, see ``TransportError/mayPass``; but a server that
  /// falls silent in the middle has shown that it answers.
  package func mayGoOn(after error: TransportError) -> Bool {
    switch error {
    case .notSent, .connectionLost: true
    case .timedOut: state.withLock(\.hasBegun)
    case .tooLarge, .invalidURL: false
    }
  }

  /// The request for what is missing (RFC 9110, sections 13.1.5 and 14.2).
  package func asking(_ request: HTTPRequest) -> HTTPRequest {
    state.withLock { state in
      guard state.position > 0 else { return request }
      var request = request
      request.headers["Range"] = "bytes=\(state.position)-"
      request.headers["If-Range"] = state.validator
      return request
    }
  }

  /// Notes that it broke off.
  /// - Returns: How often it has, without getting on by a mebibyte in between.
  package func noteFailure() -> Int {
    state.withLock { state in
      // So whoever goes on after a few failures only must come to an end: the bytes are counted.
      if state.furthest - state.furthestAtFailure >= 1_048_576 { state.failures = 0 }
      if state.failures == 0 { state.furthestAtFailure = state.furthest }
      state.failures += 1
      return state.failures
    }
  }

  /// Sends a request and takes what comes of the thing; ``step`` tells what that was.
  /// - Parameters:
  ///   - request: The request, from ``asking(_:)`` where a part will do.
  ///   - transport: What sends it.
  ///   - checking: Sees the head of the answer first; what it throws ends the request.
  ///   - begin: Is called before the pieces, and again where they do not go on where the last one
  ///     ended.
  ///   - body: Takes the pieces.
  /// - Returns: The answer, with its body where it is not the thing itself.
  /// - Throws: ``TransportError``, and what the closures throw.
  package func receive(
    _ request: HTTPRequest, through transport: any HTTPTransport,
    checking: @Sendable (HTTPResponse) throws -> Void = { _ in },
    begin: @Sendable (DownloadHead) async throws -> Void,
    body: @Sendable (Data) async throws -> Void
  ) async throws -> HTTPResponse {
    let isPart = request.headers["Range"] != nil
    let response: HTTPResponse
    do {
      response = try await transport.receive(request) { head in
        try checking(head)
        return try judge(head, isPart: isPart)
      } body: { piece in
        try await announce(to: begin)
        try await body(piece)
        advance(by: piece.count)
      }
    } catch let unfit as Unfit {
      return unfit.head
    }
    guard step == .finished else { return response }
    try await announce(to: begin)
    try checkLength(request.host)
    return response
  }

  /// Ends a request whose answer is the wrong part, without reading it.
  private struct Unfit: Error {
    var head: HTTPResponse
  }

  /// - Returns: Whether pieces come.
  private func judge(_ head: HTTPResponse, isPart: Bool) throws -> Bool {
    try state.withLock { state in
      let tag = head.headers["ETag"].flatMap(Self.strong)
      switch head.status {
      case 200:
        state.position = 0
        state.total = head.headers["Content-Length"].flatMap { Int($0) }
        state.validator = tag
        state.isAnnounced = false
      case 206 where isPart:
        guard let range = ContentRange(head.headers["Content-Range"]),
          range.first == state.position, Self.fits(range.total, state.total),
          Self.fits(tag, state.validator)
        else {
          state.restart()
          throw Unfit(head: head)
        }
        state.total = range.total ?? state.total
        state.validator = tag ?? state.validator
      case 416 where isPart:
        guard let total = ContentRange(head.headers["Content-Range"])?.total,
          total == state.position
        else {
          state.restart()
          return false
        }
        state.total = total
        state.step = .finished
        return false
      default:
        state.step = .other
        return false
      }
      state.hasBegun = true
      state.step = .finished
      return true
    }
  }

  private func announce(to begin: (DownloadHead) async throws -> Void) async throws {
    let head = state.withLock { state in
      let head = DownloadHead(
        offset: state.position, total: state.total, validator: state.validator)
      defer { state.isAnnounced = true }
      return state.isAnnounced ? nil : head
    }
    if let head { try await begin(head) }
  }

  private func advance(by count: Int) {
    state.withLock { state in
      state.position += count
      state.furthest = max(state.furthest, state.position)
    }
  }

  private func checkLength(_ host: String) throws {
    let (position, total) = state.withLock { ($0.position, $0.total) }
    guard let total, total != position else { return }
    throw TransportError.connectionLost(
      host: host, reason: "\(position) bytes came instead of \(total)")
  }

  /// Whether two values do not contradict each other.
  private static func fits<Value: Equatable>(_ new: Value?, _ known: Value?) -> Bool {
    guard let new, let known else { return true }
    return new == known
  }

  /// An entity tag that stands for the very bytes; a weak one (`W/`) does not.
  private static func strong(_ tag: String) -> String? { tag.hasPrefix("\"") ? tag : nil }
}

/// A `Content-Range`: `bytes 5-9/10`, `bytes 5-9/*` or `bytes */10` (RFC 9110, section 14.4).
private struct ContentRange {
  var first: Int?
  var total: Int?

  init?(_ text: String?) {
    guard let text, let match = text.wholeMatch(of: /bytes (?:(\d+)-\d+|\*)\/(?:(\d+)|\*)/)
    else { return nil }
    first = match.1.flatMap { Int($0) }
    total = match.2.flatMap { Int($0) }
  }
}
