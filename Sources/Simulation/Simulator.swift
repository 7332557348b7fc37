import Deploys
import Foundation
import Synchronization
package import Transport

/// A deterministic fake of GitHub and AWS.
///
/// One handler over a seeded world: the same seed, times and requests give the same bytes. Mount it
/// with ``SimulatedTransport`` or ``SimulatorServer``.
package final class Simulator: Sendable {
  private struct State: Sendable {
    var world: World
    var github: GitHubService
    var aws = AWSService()
    var faultHits: [Int: Int] = [:]
  }

  private let options: SimulatorOptions
  private let clock: WorldClock
  private let state: Mutex<State>

  /// Creates a world and fills it with its history.
  package init(options: SimulatorOptions) {
    self.options = options
    let offset = options.scenario.clockOffset
    clock = WorldClock(
      startedAt: options.startedAt + offset, speed: options.speed,
      now: { [now = options.now] in now() + offset })
    state = Mutex(
      State(
        world: World(seed: options.seed, clock: clock, scenario: options.scenario),
        github: GitHubService(tokens: options.tokens)))
  }

  /// What clients have changed so far, in order.
  package var effects: [SimulatedEffect] { state.withLock { $0.world.effects } }

  /// How often clients have changed the world in a way.
  package func count(of kind: SimulatedEffect.Kind) -> Int { effects.count { $0.kind == kind } }

  /// The repositories of the world, `owner/name`.
  package var repositories: [String] {
    state.withLock { $0.world.catalogue.repositories.map(\.name.description) }
  }

  /// Answers a request.
  ///
  /// A fault that breaks the connection cannot be seen here and answers 502, and a body that breaks
  /// off just ends; mount the simulator on ``SimulatedTransport`` or ``SimulatorServer`` to see it.
  package func respond(to request: HTTPRequest) async -> HTTPResponse {
    switch exchange(request) {
    case .response(let response): return response
    case .streamed(var response, let body):
      response.body = body.content.bytes(in: 0..<body.sentCount)
      return response
    case .stall, .reset: return HTTPResponse(status: 502)
    }
  }

  /// Carries a request out and says how it ends.
  package func exchange(_ request: HTTPRequest) -> Exchange {
    let target = RequestTarget(url: request.url)
    let now = Date(
      timeIntervalSince1970: (clock.now().timeIntervalSince1970 * 1000).rounded(.down) / 1000)
    let (exchange, entry) = state.withLock { state in
      state.world.advance(to: clock.instant(of: now))
      return Self.carryOut(request, target: target, state: &state, now: now)
    }
    options.requestLog?(entry)
    return exchange
  }

  private static func carryOut(
    _ request: HTTPRequest, target: RequestTarget, state: inout State, now: Date
  ) -> (Exchange, RequestLogEntry) {
    let isBlob = target.segments.first == BlobLink.segment
    let isAWS =
      !isBlob && AWSService.isMeant(request, target: target, world: state.world)
    let service = isAWS ? AWSService.service(of: request, target: target).rawValue : nil
    let operation = service.map { "\($0):\(AWSCall.operation(of: request) ?? request.method)" }
    var entry = RequestLogEntry(
      time: now, method: request.method, target: loggedTarget(target, operation: operation),
      status: 0, isCharged: false, isConditional: request.headers["If-None-Match"] != nil,
      responseBytes: 0, service: service ?? (isBlob ? "blobs" : "github"))
    if isChange(request, target: target, operation: operation) {
      entry.body = String(decoding: request.body.prefix(64 << 10), as: UTF8.self)
    }
    let fault = takeFault(
      for: request, path: target.path, operation: operation, state: &state, now: now)
    entry.fault = fault?.effect.rawValue
    if let fault { state.github.limit(request, by: fault, world: state.world, now: now) }
    if let fault, let exchange = answerInstead(fault) {
      if case .response(let response) = exchange {
        entry.status = response.status
        entry.responseBytes = response.body.count
      }
      return (exchange, entry)
    }
    var reply: Reply
    if isBlob {
      reply = BlobLink.answer(request, target: target, in: &state.world)
    } else if isAWS {
      reply = state.aws.respond(to: request, target: target, world: &state.world, now: now)
    } else {
      let outcome = state.github.respond(
        to: request, target: target, world: &state.world, now: now)
      reply = Reply(head: outcome.response)
      entry.isCharged = outcome.isCharged
    }
    if request.method == "HEAD" { reply = reply.withoutBody }
    entry.status = reply.head.status
    entry.responseBytes = reply.count
    if fault?.effect == .expired, let link = target["sig"] {
      state.world.revokedLinks.insert(link)
    }
    return (end(reply, by: fault, rate: state.world.scenario.storageRate), entry)
  }

  /// How an answer reaches the client.
  private static func end(_ reply: Reply, by fault: Fault?, rate: Int?) -> Exchange {
    let content = reply.body ?? LazyContent(reply.head.body)
    var body = StreamedBody(content: content, rate: reply.body == nil ? nil : rate)
    let place = fault?.after ?? content.count / 2
    // What ends before the place where it should break comes whole.
    let breaks = fault?.after.map { $0 < content.count } ?? true
    switch fault?.effect {
    // Where there is no body, it is the head that does not come to its end.
    case .truncated where content.count == 0: return .reset
    case .truncated, .expired: body.end = breaks ? .cut(after: place) : .whole
    case .silent: body.end = breaks ? .silence(after: place) : .whole
    case .lost: return .reset
    case .unanswered: return .stall
    case .answer, .stall, .reset, .exhausted, .throttled, nil:
      if reply.body == nil { return .response(reply.head) }
    }
    var head = reply.head
    head.body.removeAll()
    return .streamed(head, body)
  }

  /// What a fault gives without the world's having seen the request.
  private static func answerInstead(_ fault: Fault) -> Exchange? {
    switch fault.effect {
    case .answer: .response(fault.response)
    case .stall: .stall
    case .reset: .reset
    case .truncated, .silent, .expired, .lost, .unanswered, .exhausted, .throttled: nil
    }
  }

  /// Whether a request asks for a change of the world.
  private static func isChange(
    _ request: HTTPRequest, target: RequestTarget, operation: String?
  ) -> Bool {
    if let operation { return operation == "codebuild:StopBuild" }
    return !["GET", "HEAD"].contains(request.method) && target.segments.last != "graphql"
  }

  private static func takeFault(
    for request: HTTPRequest, path: String, operation: String?, state: inout State, now: Date
  ) -> Fault? {
    let elapsed = now.timeIntervalSince(state.world.clock.startedAt)
    for (index, fault) in state.world.scenario.faults.enumerated()
    where fault.applies(to: request, path: path, operation: operation) {
      if let from = fault.from, elapsed < from { continue }
      if let until = fault.until, elapsed >= until { continue }
      let hits = state.faultHits[index, default: 0]
      state.faultHits[index] = hits + 1
      guard hits >= fault.skip else { continue }
      if let times = fault.times, hits >= fault.skip + times { continue }
      return fault
    }
    return nil
  }

  /// Path and query without the parts that let somebody in.
  private static func loggedTarget(_ target: RequestTarget, operation: String?) -> String {
    let secrets = ["sig", "X-Amz-Signature", "X-Amz-Credential", "X-Amz-Security-Token"]
    let pairs = target.query.split(separator: "&").filter { pair in
      !secrets.contains { pair.hasPrefix("\($0)=") }
    }
    let path = pairs.isEmpty ? target.path : "\(target.path)?\(pairs.joined(separator: "&"))"
    guard let operation, !operation.hasPrefix("s3:") else { return path }
    return "\(path) \(operation)"
  }
}
