import Deploys
import Foundation
import GitHub
import Synchronization
import Testing
import Transport

@Suite("Conditional reads")
struct ConditionalReadTests {
  private static let tag = #"W/"2ca9 d""#

  @Test("The tag goes back as it came, and a 304 is no charge")
  func tagGoesBack() async throws {
    let stub = StubTransport { request, _ in
      request.headers["If-None-Match"] == Self.tag
        ? HTTPResponse(status: 304)
        : .text(Fixtures.runs([Fixtures.run(1)]), headers: ["etag": Self.tag])
    }
    let client = try Fixtures.client(stub)
    #expect(try await client.runs(in: Fixtures.repository).value?.runs.count == 1)
    for _ in 1...3 { #expect(try await client.runs(in: Fixtures.repository) == .notModified) }
    #expect(stub.requests.first?.headers["If-None-Match"] == nil)
    #expect(stub.requests.dropFirst().allSatisfy { $0.headers["If-None-Match"] == Self.tag })
    #expect(client.requestCount == 4)
    #expect(client.chargedCount == 1)
    #expect(client.counts.notModified == 3)
  }

  @Test("An unchanged value is given again where it is wanted")
  func unchangedValueOnDemand() async throws {
    let stub = StubTransport { request, _ in
      request.headers["If-None-Match"] == nil
        ? .text(Fixtures.run(42, #""run_number":5"#), headers: ["ETag": Self.tag])
        : HTTPResponse(status: 304)
    }
    let client = try Fixtures.client(stub)
    _ = try await client.run(Fixtures.key)
    #expect(try await client.run(Fixtures.key) == .notModified)
    #expect(try await client.run(Fixtures.key, evenIfUnchanged: true).value?.number == 5)
  }

  @Test("Two clients do not share tags, even over one cache")
  func tagsBelongToACredential() async throws {
    let cache = ConditionalCache()
    let stub = StubTransport { _, _ in
      .text(Fixtures.runs([]), headers: ["ETag": Self.tag])
    }
    for source in ["a", "b"] {
      let client = GitHubClient(
        apiURL: "https://api.github.com",
        credential: try GitHubCredential(token: "token-\(source)", source: source),
        transport: stub, cache: cache)
      _ = try await client.runs(in: Fixtures.repository)
    }
    #expect(stub.requests.allSatisfy { $0.headers["If-None-Match"] == nil })
    #expect(cache.count == 2)
  }

  @Test("A page that could not be read is asked for anew")
  func unreadablePageIsNotKept() async throws {
    let stub = StubTransport { request, number in
      if request.headers["If-None-Match"] != nil { return HTTPResponse(status: 304) }
      return .text(
        number == 1 ? #"{"workflow_runs":[{"id"# : Fixtures.runs([Fixtures.run(1)]),
        headers: ["ETag": Self.tag])
    }
    let client = try Fixtures.client(stub)
    await #expect(throws: GitHubError.self) {
      _ = try await client.runs(in: Fixtures.repository)
    }
    #expect(try await client.runs(in: Fixtures.repository).value?.runs.count == 1)
  }

  @Test("A listing whose second page failed is not told as unchanged afterwards")
  func halfAListingIsNotKept() async throws {
    let stub = StubTransport { request, number in
      if request.headers["If-None-Match"] != nil { return HTTPResponse(status: 304) }
      let isSecond = request.url.hasSuffix("page=2")
      if isSecond, number == 2 { return HTTPResponse(status: 404) }
      return .text(
        Fixtures.jobs(isSecond ? 5..<8 : 1..<5),
        headers: [
          "ETag": isSecond ? "two" : "one",
          "Link": isSecond ? "" : #"<\#(request.url)&page=2>; rel="next""#,
        ])
    }
    let client = try Fixtures.client(stub)
    await #expect(throws: GitHubError.self) {
      _ = try await client.jobs(of: Fixtures.key, attempt: 1)
    }
    #expect(try await client.jobs(of: Fixtures.key, attempt: 1).value?.count == 7)
    #expect(try await client.jobs(of: Fixtures.key, attempt: 1) == .notModified)
  }

  @Test("Of several pages, a changed one is joined with the kept others")
  func changedPageIsJoined() async throws {
    let generation = Mutex(1)
    let stub = StubTransport { request, _ in
      let isSecond = request.url.hasSuffix("page=2")
      let tag = isSecond ? "two-\(generation.withLock { $0 })" : "one"
      // GitHub need not repeat the links on a 304.
      if request.headers["If-None-Match"] == tag { return HTTPResponse(status: 304) }
      let ids = isSecond ? 5..<(7 + generation.withLock { $0 }) : 1..<5
      return .text(
        Fixtures.jobs(ids),
        headers: [
          "ETag": tag, "Link": isSecond ? "" : #"<\#(request.url)&page=2>; rel="next""#,
        ])
    }
    let client = try Fixtures.client(stub)
    #expect(try await client.jobs(of: Fixtures.key, attempt: 1).value?.count == 7)
    #expect(try await client.jobs(of: Fixtures.key, attempt: 1) == .notModified)
    generation.withLock { $0 = 2 }
    let jobs = try #require(try await client.jobs(of: Fixtures.key, attempt: 1).value)
    #expect(jobs.map(\.id) == Array(1...8))
    #expect(client.chargedCount == 3)
    #expect(client.counts.notModified == 3)
  }

  @Test("An answer without a tag is not asked for conditionally")
  func noTagNoCondition() async throws {
    let stub = StubTransport { _, _ in .text(Fixtures.runs([])) }
    let client = try Fixtures.client(stub)
    for _ in 1...2 { #expect(try await client.runs(in: Fixtures.repository).value != nil) }
    #expect(stub.requests.last?.headers["If-None-Match"] == nil)
  }

  @Test("A 304 that nobody asked for is a bad answer")
  func unaskedNotModified() async throws {
    let client = try Fixtures.client(StubTransport([.success(HTTPResponse(status: 304))]))
    await #expect(throws: GitHubError.self) { _ = try await client.runs(in: Fixtures.repository) }
  }
}
