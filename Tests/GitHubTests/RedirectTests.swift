import Foundation
import GitHub
import Testing
import Transport

@Suite("Redirects")
struct RedirectTests {
  private func redirect(_ location: String, status: Int) -> HTTPResponse {
    HTTPResponse(status: status, headers: ["Location": location])
  }

  @Test("A read follows within the origin, with its token", arguments: [301, 302, 307, 308])
  func readFollows(status: Int) async throws {
    let stub = StubTransport([
      .success(redirect("/repositories/7/actions/runs", status: status)),
      .success(.text(Fixtures.runs([Fixtures.run(1)]))),
    ])
    let page = try await Fixtures.client(stub).runs(in: Fixtures.repository)
    #expect(page.value?.runs.count == 1)
    #expect(stub.requests.last?.url == "https://api.github.com/repositories/7/actions/runs")
    #expect(stub.requests.last?.headers["Authorization"] == "Bearer \(Fixtures.token)")
  }

  @Test("The token and the condition stay behind when the origin changes, for good")
  func tokenStaysBehind() async throws {
    let stub = StubTransport { request, number in
      switch number {
      case 1: .text(Fixtures.runs([]), headers: ["ETag": "t"])
      case 2: HTTPResponse(status: 302, headers: ["Location": "https://files.example/a?sig=1"])
      case 3: HTTPResponse(status: 302, headers: ["Location": "https://api.github.com/back"])
      default: .text(Fixtures.runs([]))
      }
    }
    let client = try Fixtures.client(stub)
    for _ in 1...2 { _ = try await client.runs(in: Fixtures.repository) }
    #expect(stub.requests[1].headers["If-None-Match"] == "t")
    for request in stub.requests[2...] {
      #expect(request.headers["Authorization"] == nil)
      #expect(request.headers["If-None-Match"] == nil)
    }
    #expect(stub.requests.count == 4)
  }

  @Test(
    "Another port or scheme is another origin",
    arguments: ["https://api.github.com:8443/x", "https://API.github.com.evil.example/x"])
  func otherOrigins(location: String) async throws {
    let stub = StubTransport([
      .success(redirect(location, status: 302)), .success(.text(Fixtures.runs([]))),
    ])
    _ = try await Fixtures.client(stub).runs(in: Fixtures.repository)
    #expect(stub.requests.last?.headers["Authorization"] == nil)
  }

  @Test("No read goes from https to http")
  func noDowngrade() async throws {
    let stub = StubTransport([.success(redirect("http://api.github.com/x?sig=1", status: 301))])
    let client = try Fixtures.client(stub)
    let error = await #expect(throws: GitHubError.self) {
      _ = try await client.runs(in: Fixtures.repository)
    }
    #expect(
      error
        == .moved(what: "the runs of acme/shop", to: "http://api.github.com/x", status: 301))
    #expect(stub.requests.count == 1)
  }

  @Test("At most five redirects are followed")
  func redirectsAreBounded() async throws {
    let stub = StubTransport([.success(redirect("/again", status: 302))])
    let client = try Fixtures.client(stub)
    await #expect(throws: GitHubError.self) { _ = try await client.runs(in: Fixtures.repository) }
    #expect(stub.requests.count == 6)
  }

  @Test("A redirect to nowhere is an error", arguments: ["", "javascript:alert(1)", "file:///x"])
  func redirectToNowhere(location: String) async throws {
    let stub = StubTransport([.success(redirect(location, status: 302))])
    let client = try Fixtures.client(stub)
    await #expect(throws: GitHubError.self) { _ = try await client.runs(in: Fixtures.repository) }
    #expect(stub.requests.count == 1)
  }

  @Test("A change follows 307 and 308 within the origin, as it was", arguments: [307, 308])
  func changeFollows(status: Int) async throws {
    let stub = StubTransport([
      .success(redirect("https://api.github.com/repositories/7/rerun", status: status)),
      .success(.text("{}", status: 201)),
    ])
    try await Fixtures.client(stub).rerun(Fixtures.key)
    #expect(stub.requests.map(\.method) == ["POST", "POST"])
    #expect(stub.requests.last?.url == "https://api.github.com/repositories/7/rerun")
  }

  @Test(
    "A change goes nowhere else",
    arguments: [
      (301, "https://api.github.com/new"), (302, "https://api.github.com/new"),
      (307, "https://other.example/new?token=1"), (308, "http://api.github.com/new"),
      (303, "https://api.github.com/new"),
    ])
  func changeStays(status: Int, location: String) async throws {
    let stub = StubTransport([.success(redirect(location, status: status))])
    let client = try Fixtures.client(stub)
    let error = try #require(
      await #expect(throws: GitHubError.self) { try await client.rerun(Fixtures.key) })
    guard case .moved(_, let target, status) = error else {
      Issue.record("unexpected: \(error)")
      return
    }
    #expect(location.hasPrefix(target))
    #expect(!target.contains("?"))
    #expect(error.mayHaveBeenTaken == (status == 303))
    #expect(stub.requests.count == 1)
  }
}
