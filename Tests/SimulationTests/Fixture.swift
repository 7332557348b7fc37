import Foundation
import Transport

@testable import Simulation

/// A simulated world with a clock that the test moves.
struct Fixture {
  /// Half past midnight in UTC on a Monday.
  static let start = Date(timeIntervalSince1970: 1_795_394_400)

  let clock: ManualClock
  let simulator: Simulator
  var token = "token-a"

  init(_ scenario: Scenario = .standard, seed: UInt64 = 7, speed: Double = 1) {
    clock = ManualClock(Self.start)
    simulator = Simulator(
      options: SimulatorOptions(
        seed: seed, speed: speed, scenario: scenario, clock: clock, tokens: ["token-a", "token-b"]))
  }

  static let origin = "http://127.0.0.1:8499"

  func send(
    _ method: String = "GET", _ path: String, body: JSON? = nil, headers: HTTPHeaders = [:]
  ) async -> HTTPResponse {
    var request = HTTPRequest(
      method: method, url: path.hasPrefix("http") ? path : Self.origin + path, headers: headers,
      body: body?.data ?? Data())
    request.headers["User-Agent"] = "test"
    request.headers["Authorization"] = request.headers["Authorization"] ?? "Bearer \(token)"
    return await simulator.respond(to: request)
  }

  func get(_ path: String) async throws -> JSON {
    try JSON(parsing: await send("GET", path).body)
  }

  /// All elements of a listing, by its links.
  func all(_ path: String, _ field: String) async throws -> [JSON] {
    var found: [JSON] = []
    var next: String? = path
    while let url = next {
      let response = await send("GET", url)
      found += try JSON(parsing: response.body)[field]?.arrayValue ?? []
      next = response.headers["Link"]?.split(separator: ", ")
        .first { $0.hasSuffix("rel=\"next\"") }
        .map { String($0.dropFirst().prefix { $0 != ">" }) }
    }
    return found
  }

  /// The newest run of a workflow that meets a condition.
  func run(
    of workflow: String, in repository: String = "acme/shop",
    where test: (JSON) -> Bool = { _ in true }
  ) async throws -> JSON? {
    try await all("/repos/\(repository)/actions/runs?per_page=100", "workflow_runs")
      .first { $0["name"]?.stringValue == workflow && test($0) }
  }

  func jobs(of run: JSON, in repository: String = "acme/shop", _ query: String = "")
    async throws -> [JSON]
  {
    try await get("/repos/\(repository)/actions/runs/\(run.number("id"))/jobs\(query)")["jobs"]?
      .arrayValue ?? []
  }

  /// Asks CodeBuild as one of the accounts.
  func codeBuild(_ operation: String, _ body: JSON, as profile: String = "acme-dev") async throws
    -> JSON
  {
    let response = await aws("codebuild", "CodeBuild_20161006.\(operation)", body, as: profile)
    return try JSON(parsing: response.body)
  }

  func aws(_ service: String, _ target: String, _ body: JSON, as profile: String) async
    -> HTTPResponse
  {
    let request = HTTPRequest(
      method: "POST", url: Self.origin + "/",
      headers: ["X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"],
      body: body.data)
    return await simulator.respond(to: sign(request, service: service, as: profile))
  }

  /// Signs with a profile's long-term key.
  func sign(_ request: HTTPRequest, service: String, as profile: String, region: String? = nil)
    -> HTTPRequest
  {
    guard let account = Catalogue.accounts.first(where: { $0.profile == profile }) else {
      return request
    }
    return Self.sign(
      request, service: service, region: region ?? account.region, id: account.accessKeyID,
      secret: account.secretAccessKey, at: clock.now)
  }

  static func sign(
    _ request: HTTPRequest, service: String, region: String, id: String, secret: String,
    at time: Date
  ) -> HTTPRequest {
    var request = request
    let stamp = Timestamp.iso(time).filter { $0 != "-" && $0 != ":" }
    request.headers["X-Amz-Date"] = stamp
    func field(_ signature: String) -> String {
      "AWS4-HMAC-SHA256 Credential=\(id)/\(stamp.prefix(8))/\(region)/\(service)/aws4_request, "
        + "SignedHeaders=host;x-amz-date, Signature=\(signature)"
    }
    request.headers["Authorization"] = field("0")
    let signature = RequestSignature(request)?.expected(secret: secret) ?? ""
    request.headers["Authorization"] = field(signature)
    return request
  }
}

extension JSON {
  func text(_ name: String) -> String { self[name]?.stringValue ?? "" }
  func number(_ name: String) -> Int64 { self[name]?.intValue ?? -1 }
  func list(_ name: String) -> [JSON] { self[name]?.arrayValue ?? [] }
  func date(_ name: String) -> Date? { Timestamp.parseISO(text(name)) }
}

extension HTTPResponse {
  func json() throws -> JSON { try JSON(parsing: body) }
}
