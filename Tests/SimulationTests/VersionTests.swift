import Foundation
import Testing
import Transport

@testable import Simulation

@Suite("What is live, and the commits between")
struct VersionTests {
  private let fixture = Fixture()

  /// The newest successful run of a service's workflow.
  private func live(_ service: String, _ environment: String, in repository: String) async throws
    -> JSON?
  {
    let list = try await fixture.get("/repos/\(repository)/actions/workflows?per_page=100")
    let workflow = list.list("workflows").first {
      $0.text("name") == "action-\(service)-\(environment)-deploy"
    }
    let id = try #require(workflow).number("id")
    return try await fixture.get(
      "/repos/\(repository)/actions/workflows/\(id)/runs?status=success&per_page=1"
    ).list("workflow_runs").first
  }

  private func compare(_ base: String, _ head: String, in repository: String) async throws -> JSON {
    try await fixture.get("/repos/\(repository)/compare/\(base)...\(head)")
  }

  @Test("development is ahead of staging and staging of production, now and hours later")
  func versionsDiffer() async throws {
    for _ in 0..<3 {
      for (service, repository) in [
        ("shop", "acme/shop"), ("api", "acme/shop"), ("결제", "acme/shop"), ("web", "acme/web"),
      ] {
        let dev = try #require(try await live(service, "dev", in: repository)).text("head_sha")
        let stg = try #require(try await live(service, "stg", in: repository)).text("head_sha")
        let prd = try #require(try await live(service, "prd", in: repository)).text("head_sha")
        for (base, head) in [(stg, dev), (prd, stg)] {
          let answer = try await compare(base, head, in: repository)
          #expect(answer.text("status") == "ahead", "\(service)")
          #expect((1...40).contains(answer.number("ahead_by")))
          #expect(answer.number("behind_by") == 0)
          #expect(answer.number("total_commits") == answer.number("ahead_by"))
          #expect(answer.list("commits").last?.text("sha") == head)
        }
        #expect(try await compare(dev, prd, in: repository).text("status") == "behind")
      }
      fixture.clock.advance(by: .seconds(2 * 3600))
    }
  }

  @Test("one service is equal everywhere, and one was never deployed to production")
  func theOthers() async throws {
    var hashes: Set<String> = []
    for environment in ["dev", "stg", "prd"] {
      hashes.insert(
        try #require(try await live("auth", environment, in: "acme/auth")).text("head_sha"))
    }
    #expect(hashes.count == 1)
    #expect(try await live("admin", "prd", in: "acme/web") == nil)
    #expect(try await live("admin", "stg", in: "acme/web") != nil)
  }

  @Test("a run's tag stands on the commit that the run has, and says what the commit says")
  func tagsAreTrue() async throws {
    let runs = try await fixture.all(
      "/repos/acme/shop/actions/runs?per_page=100&event=push", "workflow_runs")
    var tags: [String: String] = [:]
    var page: String? = "/repos/acme/shop/tags?per_page=100"
    while let url = page {
      let answer = await fixture.send("GET", url)
      for tag in try answer.json().arrayValue ?? [] {
        #expect(tags[tag.text("name")] == nil, "twice: \(tag.text("name"))")
        tags[tag.text("name")] = tag["commit"]?.text("sha")
      }
      page = answer.headers["Link"]?.split(separator: ", ")
        .first { $0.hasSuffix("rel=\"next\"") }
        .map { String($0.dropFirst().prefix { $0 != ">" }) }
    }
    let deploys = runs.filter { $0.text("name").hasSuffix("-deploy") }
    #expect(deploys.count > 50)
    for run in deploys {
      #expect(tags[run.text("head_branch")] == run.text("head_sha"))
      #expect(run["head_commit"]?.text("message") == run.text("display_title"))
    }
    let authors = Set(deploys.compactMap { $0["head_commit"]?["author"]?.text("name") })
    #expect(authors.contains("김민준") && authors.contains("Ji-hoon Park"))
  }

  @Test("the same seed gives the same commits, and another seed others")
  func hashesAreStable() async throws {
    func head(_ seed: UInt64) async throws -> String {
      try await Fixture(seed: seed).get("/repos/acme/web/commits/main").text("sha")
    }
    #expect(try await head(7) == head(7))
    #expect(try await head(7) != head(8))
  }

  @Test("branches that leave the main line diverge from it")
  func branches() async throws {
    let answer = try await compare("main", "develop", in: "acme/shop")
    #expect(answer.text("status") == "diverged")
    #expect(answer.number("ahead_by") == 3)
    #expect(answer.number("behind_by") == 1)
    #expect(try await compare("main", "main", in: "acme/shop").text("status") == "identical")
    let feature = RequestTarget.encode("feature/장바구니")
    let long = try await compare("develop", feature, in: "acme/shop")
    #expect(long.number("ahead_by") == 6)
    #expect(long.number("behind_by") == 13 + 3)
    let path = "/repos/acme/shop/compare"
    #expect(await fixture.send("GET", "\(path)/main...nowhere").status == 404)
    #expect(await fixture.send("GET", "\(path)/main..develop").status == 404)
  }

  @Test("a long comparison shows its newest commits, or pages from the oldest")
  func longComparison() async throws {
    let all = try await compare("v1.38.0", "main", in: "acme/shop")
    #expect(all.number("total_commits") == 620)
    let shown = all.list("commits")
    #expect(shown.count == 250)
    #expect(
      shown.last?.text("sha")
        == (try await fixture.get("/repos/acme/shop/commits/HEAD").text("sha")))
    for (older, newer) in zip(shown, shown.dropFirst()) {
      #expect(newer.list("parents").first?.text("sha") == older.text("sha"))
    }
    let paged = await fixture.send(
      "GET", "/repos/acme/shop/compare/v1.38.0...main?per_page=100&page=2")
    #expect(paged.headers["Link"]?.contains("rel=\"next\"") == true)
    #expect(try paged.json().list("commits").count == 100)
    let short = shown.last?.text("sha").prefix(7) ?? ""
    #expect(try await compare(String(short), "main", in: "acme/shop").text("status") == "identical")
  }

  @Test("a comparison has the fields that GitHub's description requires")
  func comparisonFields() async throws {
    let answer = try await compare("v1.42.0", "main", in: "acme/web")
    for name in [
      "url", "html_url", "permalink_url", "diff_url", "patch_url", "base_commit",
      "merge_base_commit", "status", "ahead_by", "behind_by", "total_commits", "commits",
    ] { #expect(answer[name] != nil, "\(name)") }
    for commit in answer.list("commits") {
      for name in [
        "url", "sha", "node_id", "html_url", "comments_url", "commit", "author", "committer",
        "parents",
      ] { #expect(commit[name] != nil, "\(name)") }
      for name in ["url", "author", "committer", "message", "comment_count", "tree"] {
        #expect(commit["commit"]?[name] != nil, "\(name)")
      }
    }
    #expect(
      answer["merge_base_commit"]?.text("sha") == answer["base_commit"]?.text("sha"))
  }

  @Test("annotated tags are objects that lead to their commits")
  func annotatedTags() async throws {
    let refs = try #require(
      try await fixture.get("/repos/acme/shop/git/matching-refs/tags/v1.").arrayValue)
    #expect(refs.count == 5)
    let newest = try #require(refs.last)
    #expect(newest["object"]?.text("type") == "tag")
    let object = newest["object"]?.text("sha") ?? ""
    let tag = try await fixture.get("/repos/acme/shop/git/tags/\(object)")
    #expect(tag["object"]?.text("type") == "commit")
    let listed = try await fixture.get("/repos/acme/shop/tags?per_page=100").arrayValue?
      .first { $0.text("name") == "v1.42.0" }
    #expect(listed?["commit"]?.text("sha") == tag["object"]?.text("sha"))
    let page = try await fixture.get(
      "/repos/acme/shop/git/matching-refs/tags/shop-?per_page=100")
    let kinds = Set((page.arrayValue ?? []).compactMap { $0["object"]?.text("type") })
    #expect(kinds == ["commit", "tag"])
  }

  @Test("the main line goes on while the world lives")
  func theMainLineMoves() async throws {
    let before = try await fixture.get("/repos/acme/auth/commits/main").text("sha")
    fixture.clock.advance(by: .seconds(4 * 3600))
    let answer = try await compare(before, "main", in: "acme/auth")
    #expect((3...5).contains(answer.number("ahead_by")))
  }
}
