import Deploys
import GitHub
import Testing
import Transport

@Suite("Branches and tags")
struct RefTests {
  private let root = "https://api.github.com/repos/acme/shop"

  private func named(_ names: [String]) -> String {
    "[\(names.map { #"{"name":"\#($0)","commit":{"sha":"of \#($0)","url":"u"}}"# }.joined(separator: ","))]"
  }

  private func object(_ ref: String, _ type: String = "commit") -> String {
    #"{"ref":"\#(ref)","node_id":"n","object":{"type":"\#(type)","sha":"\#(type) of it"}}"#
  }

  @Test("A page tells its refs and the next page, as long as it holds any")
  func pages() async throws {
    let stub = StubTransport { request, _ in
      let isEmpty = request.url.hasSuffix("page=3")
      return .text(
        isEmpty ? "[]" : named(["main", "release/1.0"]),
        headers: ["Link": #"<https://api.github.com/x?page=9>; rel="next""#])
    }
    let client = try Fixtures.client(stub)
    let first = try await client.branches(of: Fixtures.repository, page: 1)
    #expect(
      first
        == RefPage(
          refs: [
            GitRef(kind: .branch, name: "main", commit: "of main"),
            GitRef(kind: .branch, name: "release/1.0", commit: "of release/1.0"),
          ], nextPage: 2))
    let tags = try await client.tags(of: Fixtures.repository, page: 2)
    #expect(tags.refs.map(\.kind) == [.tag, .tag])
    #expect(tags.nextPage == 3)
    #expect(try await client.tags(of: Fixtures.repository, page: 3).nextPage == nil)
    #expect(
      stub.requests.map(\.url) == [
        "\(root)/branches?per_page=100", "\(root)/tags?per_page=100&page=2",
        "\(root)/tags?per_page=100&page=3",
      ])
  }

  @Test("A page is told also where it has not changed, and costs nothing then")
  func unchanged() async throws {
    let stub = StubTransport { [self] request, _ in
      request.headers["If-None-Match"] == "e"
        ? HTTPResponse(status: 304) : .text(named(["main"]), headers: ["ETag": "e"])
    }
    let client = try Fixtures.client(stub)
    let first = try await client.branches(of: Fixtures.repository, page: 1)
    #expect(try await client.branches(of: Fixtures.repository, page: 1) == first)
    #expect(client.chargedCount == 1)
  }

  @Test("Broken elements are left out")
  func lenient() async throws {
    let body = #"[{"name":"a"},7,null,{"name":"b","commit":{"sha":"c"},"protected":"what"}]"#
    let client = try Fixtures.client(StubTransport([.success(.text(body))]))
    let page = try await client.branches(of: Fixtures.repository, page: 1)
    #expect(page.refs.map(\.name) == ["b"])
    #expect(client.counts.skippedElements == 3)
  }

  @Test("Tags by their beginning come from every page, without what only begins alike")
  func matchingTags() async throws {
    let stub = StubTransport { [self] request, number in
      number == 1
        ? .text(
          "[\(object("refs/tags/shop-dev-1")),\(object("refs/tags/shop-dev-2", "tag"))]",
          headers: ["Link": #"<\#(request.url)?page=2>; rel="next""#])
        : .text("[\(object("refs/tags/shop-devel")),\(object("refs/heads/shop-dev-3")),{}]")
    }
    let client = try Fixtures.client(stub)
    let found = try await client.matchingTags("shop-dev-", in: Fixtures.repository)
    #expect(
      found == [
        GitRef(kind: .tag, name: "shop-dev-1", commit: "commit of it"),
        GitRef(kind: .tag, name: "shop-dev-2", commit: ""),
      ])
    #expect(stub.requests.first?.url == "\(root)/git/matching-refs/tags/shop-dev-")
  }

  @Test(
    "A beginning is part of the path, whatever stands in it",
    arguments: [
      ("", "tags"), ("shop/dev/", "tags/shop/dev"), ("a b#?%", "tags/a%20b%23%3F%25"),
    ])
  func beginnings(beginning: String, path: String) async throws {
    let stub = StubTransport([.success(.text("[\(object("refs/tags/\(beginning)x"))]"))])
    let found = try await Fixtures.client(stub).matchingTags(beginning, in: Fixtures.repository)
    #expect(found.map(\.name) == [beginning + "x"])
    #expect(stub.requests.first?.url == "\(root)/git/matching-refs/\(path)")
  }

  @Test("One ref is found by its whole name")
  func oneRef() async throws {
    let stub = StubTransport { [self] _, _ in
      .text("[\(object("refs/heads/main-2")),\(object("refs/heads/main"))]")
    }
    let client = try Fixtures.client(stub)
    let repository = Fixtures.repository
    #expect(
      try await client.ref(.branch, named: "main", in: repository)
        == GitRef(kind: .branch, name: "main", commit: "commit of it"))
    #expect(try await client.ref(.branch, named: "mai", in: repository) == nil)
    #expect(try await client.ref(.branch, named: "", in: repository) == nil)
    #expect(try await client.ref(.branch, named: "../../../pulls", in: repository) == nil)
    #expect(stub.requests.count == 2)
  }

  @Test("The commit of an annotated tag is looked up in the listing, within bounds")
  func annotatedTag() async throws {
    let listing = StubTransport { [self] request, _ in
      if request.url.contains("/git/") { return .text("[\(object("refs/tags/v1", "tag"))]") }
      let next: HTTPHeaders = ["Link": #"<https://api.github.com/x?page=2>; rel="next""#]
      return .text(named([request.url.hasSuffix("page=3") ? "v1" : "v2"]), headers: next)
    }
    let found = try await Fixtures.client(listing).ref(
      .tag, named: "v1", in: Fixtures.repository)
    #expect(found?.commit == "of v1")
    #expect(listing.requests.count == 4)

    let endless = StubTransport { [self] request, _ in
      request.url.contains("/git/")
        ? .text("[\(object("refs/tags/v1", "tag"))]")
        : .text(
          named(["v2"]), headers: ["Link": #"<https://api.github.com/x?page=2>; rel="next""#])
    }
    let lost = try await Fixtures.client(endless).ref(.tag, named: "v1", in: Fixtures.repository)
    #expect(lost == GitRef(kind: .tag, name: "v1", commit: ""))
    #expect(endless.requests.count == 11)
  }

  @Test(
    "The default branch is told by the pages of the workflows' files",
    arguments: [
      ("https://github.com/acme/shop/blob/main/.github/workflows/a.yml", "main"),
      ("https://ghe.test/acme/blob/blob/feature/x/.github/workflows/a.yml", "blob/feature/x"),
      ("https://github.com/acme/shop/blob/na%C3%AFve/.github/workflows/a.yml", "naïve"),
      ("https://github.com/acme/shop/actions/workflows/a.yml", nil),
      ("https://github.com/acme/shop/blob//.github/workflows/a.yml", nil), ("", nil),
    ])
  func defaultBranch(page: String, branch: String?) async throws {
    let body = """
      {"workflows":[{"id":1,"path":"dynamic/pages","html_url":"https://github.com/acme/shop"},
      {"id":2,"path":".github/workflows/a.yml","html_url":"\(page)"}]}
      """
    let client = try Fixtures.client(StubTransport([.success(.text(body))]))
    #expect(try await client.defaultBranch(of: Fixtures.repository) == branch)
  }

  @Test("A comparison gives the newest commit first, and counts both ways")
  func comparison() async throws {
    let body = """
      {"status":"diverged","ahead_by":260,"behind_by":1,"total_commits":260,"commits":[
      {"sha":"a","commit":{"message":"First\\n\\nmore","author":{"name":"Ann A."}},"author":{"login":"ann"}},
      {"sha":"b","commit":{"message":"","author":{"name":"Bob B."}},"author":null},
      {"sha":"c"},{"nonsense":1}],"files":[{"patch":"x"}]}
      """
    let stub = StubTransport([.success(.text(body))])
    let range = try await Fixtures.client(stub).compare(
      "shop-dev-1", "release/1.0", in: Fixtures.repository)
    #expect(
      range
        == CommitRange(
          ahead: [
            CommitSummary(id: "c", subject: "", author: ""),
            CommitSummary(id: "b", subject: "", author: "Bob B."),
            CommitSummary(id: "a", subject: "First", author: "ann"),
          ], aheadCount: 260, behindCount: 1))
    #expect(stub.requests.map(\.url) == ["\(root)/compare/shop-dev-1...release%2F1.0"])
  }

  @Test("A server that does not compare says so as not found")
  func noComparison() async throws {
    let client = try Fixtures.client(StubTransport([.success(.text("{}", status: 404))]))
    await #expect(
      throws: GitHubError.notFound(what: "the commits of acme/shop between a and b")
    ) { _ = try await client.compare("a", "b", in: Fixtures.repository) }
  }
}
