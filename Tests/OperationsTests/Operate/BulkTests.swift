import Deploys
import Foundation
import Operations
import Simulation
import Synchronization
import Testing
import Transport

@Suite("A bulk action")
struct BulkTests {
  private func tags(_ count: Int, in scene: OperatorScene) async throws -> [Mutation] {
    var tags: [Mutation] = []
    for number in 0..<count { tags.append(try await scene.tag("shop-dev-20261123-\(60 + number)")) }
    return tags
  }

  private func news(of mutations: [Mutation], in scene: OperatorScene) async -> [BulkNews] {
    await scene.makeOperator().performAll(mutations, bulk: "b").reduce(into: []) {
      $0.append($1)
    }
  }

  /// Which place ended how: `d`, `r` or `u`; `c` for called back.
  private func ends(of news: [BulkNews]) -> [String] {
    news.compactMap { item in
      switch item {
      case .ended(let place, .done): "\(place)d"
      case .ended(let place, .refused): "\(place)r"
      case .ended(let place, .unknown): "\(place)u"
      case .calledBack(let place): "\(place)c"
      case .sending, .paused, .finished: nil
      }
    }
  }

  @Test("At most one mutation a second, in order, each with its result")
  func pace() async throws {
    let scene = try OperatorScene([])
    let mutations = try await tags(6, in: scene)
    let news = await news(of: mutations, in: scene)
    #expect(ends(of: news) == ["0d", "1d", "2d", "3d", "4d", "5d"])
    #expect(news.last == .finished)
    let times = scene.sent.map(\.time)
    for (earlier, later) in zip(times, times.dropFirst()) {
      let gap = later.timeIntervalSince(earlier)
      #expect(gap >= 1 && gap < 2)
    }
    #expect(try scene.audit.map(\.intent.bulk) == Array(repeating: "b", count: 6))
    #expect(scene.simulator.count(of: .createRef) == 6)
  }

  @Test("One that fails does not keep the others back")
  func failures() async throws {
    let scene = try OperatorScene(
      [.markedFailure], environments: { $0[2].readOnlyReason = "it is Friday" })
    var mutations = try await tags(3, in: scene)
    mutations[1] = mutations[0]
    mutations.append(try await scene.tag("shop-prd-20261123-60", environment: "prd"))
    mutations.append(try await scene.retry())
    let lost = mutations[2]
    let lostURL = Mutex("")
    scene.onRequest { request, isChange in
      guard isChange, String(decoding: request.body, as: UTF8.self).contains("20261123-62")
      else { return .pass }
      lostURL.withLock { $0 = request.url }
      return .fail(.connectionLost(host: "gh", reason: "reset"))
    }
    let news = await news(of: mutations, in: scene)
    #expect(ends(of: news) == ["0d", "1r", "2u", "3r", "4d"])
    #expect(lost.environment == "dev" && !lostURL.withLock { $0 }.isEmpty)
    #expect(scene.simulator.effects.count == 2)
  }

  @Test(
    "A limit in the middle pauses until told, and then goes on where it stopped",
    arguments: [true, false])
  func limit(isPrimary: Bool) async throws {
    let scene = try OperatorScene([])
    let mutations = try await tags(5, in: scene)
    let clock = scene.clock
    let count = Mutex(0)
    let end = Mutex<Date?>(nil)
    scene.onRequest { _, isChange in
      guard isChange else { return .pass }
      let place = count.withLock { count in
        count += 1
        return count
      }
      guard place == 3 else { return .pass }
      let until = clock.now + 600
      end.withLock { $0 = until }
      if !isPrimary {
        return .answer(
          HTTPResponse(
            status: 403, headers: ["Retry-After": "600"],
            body: Data(#"{"message":"You have exceeded a secondary rate limit."}"#.utf8)))
      }
      return .answer(
        HTTPResponse(
          status: 403,
          headers: [
            "X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": "\(Int(until.timeIntervalSince1970.rounded(.up)))",
          ], body: Data(#"{"message":"API rate limit exceeded"}"#.utf8)))
    }
    let news = await news(of: mutations, in: scene)
    #expect(ends(of: news) == ["0d", "1d", "2d", "3d", "4d"])
    let pauses = news.compactMap { item -> (until: Date, why: String)? in
      if case .paused(let until, let why) = item { (until, why) } else { nil }
    }
    let until = try #require(end.withLock { $0 })
    #expect(pauses.count == 1)
    let pause = try #require(pauses.first)
    #expect(abs(pause.until.timeIntervalSince(until)) < 3)
    #expect(pause.why.contains(isPrimary ? "hourly allowance" : "slow down"))
    let times = scene.sent.map(\.time)
    #expect(times.count == 6 && times[3] >= until)
    #expect(scene.simulator.count(of: .createRef) == 5)
    #expect(Set(scene.simulator.effects.map(\.target)).count == 5)
    #expect(try scene.audit.filter { $0.outcome == nil }.isEmpty)
  }

  @Test("AWS too may ask to slow down")
  func throttled() async throws {
    let scene = try OperatorScene([.abandonedBuild])
    let stop = try await scene.stopBuild()
    let count = Mutex(0)
    scene.onRequest { _, isChange in
      guard isChange,
        count.withLock({ count in
          count += 1
          return count <= 12
        })
      else { return .pass }
      return .answer(
        HTTPResponse(
          status: 400, body: Data(#"{"__type":"ThrottlingException","message":"slow"}"#.utf8)))
    }
    let news = await news(of: [stop], in: scene)
    #expect(ends(of: news) == ["0d"])
    #expect(news.contains { if case .paused = $0 { true } else { false } })
    #expect(scene.simulator.count(of: .stopBuild) == 1)
  }

  @Test("Whoever stops listening stops it before the next one; what is on its way is finished")
  func cancelled() async throws {
    let scene = try OperatorScene([])
    let mutations = try await tags(4, in: scene)
    let gate = Gate()
    let count = Mutex(0)
    scene.onRequest { _, isChange in
      guard isChange else { return .pass }
      let place = count.withLock { count in
        count += 1
        return count
      }
      return place == 2 ? .wait(gate) : .pass
    }
    let stream = scene.makeOperator().performAll(mutations, bulk: "b")
    let listening = Task {
      await stream.reduce(into: [BulkNews]()) { $0.append($1) }
    }
    await eventually { gate.count == 1 }
    listening.cancel()
    let heard = await listening.value
    #expect(ends(of: heard) == ["0d"])
    gate.open()
    await eventually { (try? scene.audit.last?.outcome) != nil }
    for _ in 0..<200 { await Task.yield() }
    #expect(scene.simulator.count(of: .createRef) == 2)
    #expect(try scene.audit.count == 2)
  }

  /// What is told of a bulk action whose task is cancelled while the first request waits.
  private func news(
    of mutations: [Mutation], in scene: OperatorScene, cancelledAt gate: Gate
  ) async -> [BulkNews] {
    let heard = Mutex<[BulkNews]>([])
    let work = Task {
      await scene.makeOperator().performAll(mutations, bulk: "b") { news in
        heard.withLock { $0.append(news) }
      }
    }
    await eventually { gate.count == 1 }
    work.cancel()
    gate.open()
    await work.value
    return heard.withLock { $0 }
  }

  @Test("In a task that is cancelled the end of what is on its way is told, and nothing else sent")
  func cancelledInTask() async throws {
    let scene = try OperatorScene([])
    let mutations = try await tags(3, in: scene)
    let gate = Gate()
    scene.onRequest { _, isChange in isChange ? .wait(gate) : .pass }
    let news = await news(of: mutations, in: scene, cancelledAt: gate)
    #expect(ends(of: news) == ["0d"])
    #expect(news.last == .finished)
    #expect(scene.simulator.count(of: .createRef) == 1)
  }

  @Test("What is stopped while its target is read again is called back, and no entry is written")
  func calledBack() async throws {
    let scene = try OperatorScene([])
    let mutations = try await tags(2, in: scene)
    let gate = Gate()
    scene.onRequest { _, _ in .wait(gate) }
    let news = await news(of: mutations, in: scene, cancelledAt: gate)
    #expect(ends(of: news) == ["0c"])
    #expect(news.last == .finished)
    #expect(scene.simulator.count(of: .createRef) == 0)
    #expect(try scene.audit.isEmpty)
  }
}
