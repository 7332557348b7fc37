import Foundation
import Testing

@testable import Simulation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite struct ServerTests {
  private func serve(_ faults: [Fault] = [], _ body: (Int) async throws -> Void) async throws {
    var scenario = Scenario.idle(repositories: 1)
    scenario.faults = faults
    try await serve(scenario, body)
  }

  private func serve(
    _ scenario: Scenario, _ body: (Int) async throws -> Void
  ) async throws {
    try await serve(Simulator(options: SimulatorOptions(scenario: scenario)), body)
  }

  private func serve(
    _ simulator: Simulator, _ body: (Int) async throws -> Void
  ) async throws {
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    let server = Task {
      defer { ready.finish() }
      try await SimulatorServer.run(simulator, port: 0) { ready.yield($0) }
    }
    var found: Int?
    for await port in ports {
      found = port
      break
    }
    let port = try #require(found)
    #expect(port > 0)
    try await body(port)
    server.cancel()
    _ = await server.result
  }

  private func get(_ port: Int, _ path: String) async throws -> (Data, HTTPURLResponse) {
    var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
    request.setValue("Bearer x", forHTTPHeaderField: "Authorization")
    request.setValue("test", forHTTPHeaderField: "User-Agent")
    let session = URLSession(configuration: .ephemeral)
    let (data, response) = try await session.data(for: request)
    return (data, try #require(response as? HTTPURLResponse))
  }

  @Test func itServesOnALoopbackSocketUntilCancelled() async throws {
    try await serve { port in
      let (data, response) = try await get(port, "/repos/acme/shop/actions/runs?per_page=1")
      #expect(response.statusCode == 200)
      let run = try #require(try JSON(parsing: data).list("workflow_runs").first)
      #expect(run.text("url").hasPrefix("http://127.0.0.1:\(port)/repos/acme/shop/"))
      let (_, missing) = try await get(port, "/nowhere")
      #expect(missing.statusCode == 404)
    }
  }

  @Test func brokenConnectionsBreak() async throws {
    let faults = [
      Fault(match: "GET /user", effect: .reset),
      Fault(match: "GET /repos/acme/shop/actions/runs", effect: .truncated),
    ]
    try await serve(faults) { port in
      await #expect(throws: URLError.self) { try await get(port, "/user") }
      await #expect(throws: URLError.self) {
        try await get(port, "/repos/acme/shop/actions/runs")
      }
    }
  }

  @Test(
    "a change breaks over the socket before it is taken, after it, and in its answer",
    arguments: [(Fault.Effect.reset, 0), (.lost, 1), (.truncated, 1)])
  func brokenChanges(effect: Fault.Effect, count: Int) async throws {
    let faults = [Fault(match: "POST /repos/acme/shop/actions/workflows/*", effect: effect)]
    for details in [true, false] {
      var scenario = Scenario.standard
      scenario.faults = faults
      let simulator = Simulator(options: SimulatorOptions(scenario: scenario))
      try await serve(simulator) { port in
        let path = "/repos/acme/shop/actions/workflows/action-shop-dev-deploy.yml/dispatches"
        var request = URLRequest(
          url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.httpMethod = "POST"
        request.httpBody = Data(#"{"ref":"main","return_run_details":\#(details)}"#.utf8)
        request.setValue("Bearer x", forHTTPHeaderField: "Authorization")
        let session = URLSession(configuration: .ephemeral)
        await #expect(throws: URLError.self) { try await session.data(for: request) }
      }
      #expect(simulator.count(of: .dispatch) == count)
    }
  }

  @Test func longLogsAndTheirPartsComeOverTheSocket() async throws {
    var scenario = Scenario.idle(repositories: 1)
    scenario.largeLogs = [
      Scenario.LargeLog(workflow: "action-shop-dev-deploy", bytes: 20 << 20)
    ]
    scenario.faults = [
      Fault(match: "GET /_blobs/*", effect: .truncated, after: 5 << 20, times: 1)
    ]
    try await serve(scenario) { port in
      let (list, _) = try await get(port, "/repos/acme/shop/actions/runs?per_page=100")
      let run = try #require(
        try JSON(parsing: list).list("workflow_runs").first {
          $0.text("name") == "action-shop-dev-deploy" && $0.text("conclusion") == "success"
        }
      ).number("id")
      let (jobs, _) = try await get(port, "/repos/acme/shop/actions/runs/\(run)/jobs")
      let job = try #require(try JSON(parsing: jobs).list("jobs").first).number("id")
      let path = "/repos/acme/shop/actions/jobs/\(job)/logs"
      await #expect(throws: URLError.self) { try await follow(port, path) }
      let (whole, response) = try await follow(port, path)
      #expect(response.statusCode == 200)
      #expect(response.expectedContentLength == Int64(whole.count))
      #expect(whole.count > 19 << 20)
      let tag = try #require(response.value(forHTTPHeaderField: "ETag"))
      let (part, partly) = try await follow(
        port, path, ["Range": "bytes=\(15 << 20)-", "If-Range": tag])
      #expect(partly.statusCode == 206)
      #expect(part == whole.dropFirst(15 << 20))
    }
  }

  /// Follows a link as a client must: without its credentials.
  private func follow(
    _ port: Int, _ path: String, _ headers: [String: String] = [:]
  ) async throws -> (Data, HTTPURLResponse) {
    let stay = Stay()
    let session = URLSession(configuration: .ephemeral, delegate: stay, delegateQueue: nil)
    var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
    request.setValue("Bearer x", forHTTPHeaderField: "Authorization")
    request.setValue("test", forHTTPHeaderField: "User-Agent")
    let (_, answer) = try await session.data(for: request)
    let link = try #require(
      (answer as? HTTPURLResponse)?.value(forHTTPHeaderField: "Location").flatMap(URL.init))
    var next = URLRequest(url: link)
    for (name, value) in headers { next.setValue(value, forHTTPHeaderField: name) }
    let (data, response) = try await session.data(for: next)
    return (data, try #require(response as? HTTPURLResponse))
  }

  @Test func gzipHoldsWhatItShould() {
    for count in [0, 1, 65_535, 65_536, 200_000] {
      let content = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      let zipped = Deflate.gzip(content)
      let blocks = max(1, (count + 65_534) / 65_535)
      #expect(zipped.count == 10 + count + 5 * blocks + 8)
    }
    #expect(Checksum.crc32(Data("123456789".utf8)) == 0xCBF4_3926)
  }
}

/// Does not follow redirects.
private final class Stay: NSObject, URLSessionTaskDelegate {
  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping (URLRequest?) -> Void
  ) { completionHandler(nil) }
}
