import Deploys
import Foundation
import Testing
import Transport

@testable import GitHub

@Suite("Pages")
struct PaginationTests {
  @Test("Reads the relations of a Link header in any usual form")
  func linkHeader() {
    let link = LinkHeader(
      #"<https://h/a?page=2,3>; rel="next", <https://h/a?page=9>; title="x"; rel="last end",<b>;rel=first"#
    )
    #expect(link.target(of: "next") == "https://h/a?page=2,3")
    #expect(link.target(of: "end") == "https://h/a?page=9")
    #expect(link.target(of: "first") == "b")
    #expect(link.target(of: "prev") == nil)
    for text in ["", "<", "<>", "x; rel=next", #"<a>; relation="next""#] {
      #expect(LinkHeader(text).target(of: "next") == nil)
    }
  }

  @Test("A link within the API is followed as it stands, another gives only its query")
  func linkTargets() {
    let base = APIBase("https://ghe.example/api/v3/")
    let current = "https://ghe.example/api/v3/repos/a/b/actions/runs?per_page=50"
    func next(_ target: String) -> String? {
      base.page(after: current, link: #"<\#(target)>; rel="next""#)
    }
    #expect(
      next("https://ghe.example/api/v3/repositories/7/actions/runs?page=2")
        == "https://ghe.example/api/v3/repositories/7/actions/runs?page=2")
    let rebuilt = "https://ghe.example/api/v3/repos/a/b/actions/runs?page=2"
    #expect(next("https://evil.example/api/v3/repos/a/b/actions/runs?page=2") == rebuilt)
    #expect(next("https://ghe.example:8443/api/v3/repos/a/b/actions/runs?page=2") == rebuilt)
    #expect(next("http://ghe.example/api/v3/x?page=2") == rebuilt)
    #expect(next("https://ghe.example/elsewhere?page=2") == rebuilt)
    #expect(next("https://ghe.example/api/v31/x?page=2") == rebuilt)
    #expect(next("https://evil.example/") == nil)
  }

  @Test("Whether there is a next page is told by the link, and an empty page is the last")
  func hasNext() async throws {
    let link: HTTPHeaders = ["Link": #"<https://api.github.com/x?page=2>; rel="next""#]
    for (runs, headers, expected) in [
      ([Fixtures.run(1)], link, true), ([Fixtures.run(1)], [:], false), ([], link, false),
    ] as [([String], HTTPHeaders, Bool)] {
      let stub = StubTransport([.success(.text(Fixtures.runs(runs), headers: headers))])
      let page = try await Fixtures.client(stub).runs(in: Fixtures.repository)
      #expect(page.value?.hasNext == expected)
    }
  }

  @Test("Pages that lead in a circle or never end are left")
  func endlessPages() async throws {
    for isCircle in [true, false] {
      let stub = StubTransport { request, number in
        let next = isCircle ? request.url : "https://api.github.com/x?page=\(number + 1)"
        return .text(
          Fixtures.jobs(number..<number + 1), headers: ["Link": #"<\#(next)>; rel="next""#])
      }
      _ = try await Fixtures.client(stub).jobs(of: Fixtures.key, attempt: 1)
      #expect(stub.requests.count == (isCircle ? 1 : 50))
    }
  }

  @Test("Runs of one status are read over three pages, and it is told when there are more")
  func runsOfOneStatus() async throws {
    let stub = StubTransport { request, number in
      let next = "https://api.github.com/x?status=waiting&page=\(number + 1)"
      return .text(
        Fixtures.runs([Fixtures.run(number)], total: 4),
        headers: ["Link": #"<\#(next)>; rel="next""#])
    }
    let page = try #require(
      try await Fixtures.client(stub).runs(in: Fixtures.repository, status: .waiting).value)
    #expect(stub.requests.count == 3)
    #expect(stub.requests.first?.url.contains("actions/runs?status=waiting&per_page=100") == true)
    #expect(page.runs.count == 3)
    #expect(page.totalCount == 4)
    #expect(page.hasNext)
  }

  @Test("The base URL may carry a path and a slash, and names are percent-encoded")
  func urls() async throws {
    let stub = StubTransport([.success(.text(Fixtures.runs([])))])
    let client = try Fixtures.client(stub, apiURL: " https://ghe.example/api/v3// ")
    _ = try await client.runs(in: Fixtures.repository, page: 3, perPage: 20)
    #expect(
      stub.requests.last?.url
        == "https://ghe.example/api/v3/repos/acme/shop/actions/runs?per_page=20&page=3")
    _ = try await client.fileContents(
      "/.github/workflows/배포 a?b#c.yml", in: Fixtures.repository, ref: "feature/x&y")
    #expect(
      stub.requests.last?.url
        == "https://ghe.example/api/v3/repos/acme/shop/contents/.github/workflows/"
        + "%EB%B0%B0%ED%8F%AC%20a%3Fb%23c.yml?ref=feature%2Fx%26y")
  }
}
