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
    let simulator = Simulator(options: SimulatorOptions(scenario: scenario))
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

  @Test func gzipHoldsWhatItShould() {
    for count in [0, 1, 65_535, 65_536, 200_000] {
      let content = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      let zipped = StoredArchive.gzip(content)
      let blocks = max(1, (count + 65_534) / 65_535)
      #expect(zipped.count == 10 + count + 5 * blocks + 8)
    }
    #expect(StoredArchive.checksum(of: Data("123456789".utf8)) == 0xCBF4_3926)
  }
}
