import Deploys
import Foundation
import Operations
import Testing

@Suite("The plan of a tag")
struct TagPlanTests {
  private func sha(_ letter: Character) -> String { ReaderScene.sha(letter) }

  @Test("Without a source, what is live in the environment before is proposed")
  func promotion() async throws {
    let scene = try ReaderScene(
      ReaderScene.team {
        $0.tags["shop-prd-20261123-01"] = sha("a")
        $0.tags["shop-prd-20261123-07"] = sha("a")
        $0.tags["shop-prd-20261123-hot"] = sha("a")
        $0.comparisons["\(sha("a"))...\(sha("b"))"] = (ahead: 3, behind: 0)
      })
    let plan = try await scene.plan(to: "prd")
    #expect(plan.source == .environment("stg"))
    #expect(
      plan.request
        == TagRequest(
          repository: ReaderScene.shop, tag: "shop-prd-20261123-08", commit: sha("b"),
          source: "stg", environment: "prd", service: "shop"))
    #expect(plan.live?.ref == "shop-prd-20261120-01")
    #expect(plan.live?.commit == sha("a"))
    #expect(plan.changes.value?.aheadCount == 3)
    #expect(plan.taken == ["shop-prd-20261123-07", "shop-prd-20261123-01"])
    #expect(plan.isProtected)
    #expect(plan.warnings == [])
  }

  @Test("The day is that of the configured time zone")
  func day() async throws {
    for (zone, now, date, day) in [
      ("Asia/Seoul", "2026-11-23T15:30:00Z", "Mon, 23 Nov 2026 15:30:00 GMT", "20261124"),
      ("GMT", "2026-11-23T15:30:00Z", "Mon, 23 Nov 2026 15:30:30 GMT", "20261123"),
      ("America/New_York", "2026-11-23T04:30:00Z", "Mon, 23 Nov 2026 04:31:00 GMT", "20261122"),
    ] {
      let scene = try ReaderScene(ReaderScene.team(), zone: zone, now: now)
      scene.github.change { $0.date = date }
      let tag = try await scene.plan(to: "stg").request.tag
      #expect(tag == "shop-stg-\(day)-01")
    }
  }

  @Test("A machine whose clock is an hour wrong dates a tag by the server's, and is told so")
  func wrongClock() async throws {
    for (now, words) in [
      ("2026-11-22T23:30:00Z", "slow"), ("2026-11-24T00:10:00Z", "fast"),
    ] {
      let date = words == "slow" ? "00:30:00" : "23:10:00"
      let scene = try ReaderScene(ReaderScene.team(), zone: "GMT", now: now)
      scene.github.change { $0.date = "Mon, 23 Nov 2026 \(date) GMT" }
      let plan = try await scene.plan(to: "stg")
      #expect(plan.request.tag == "shop-stg-20261123-01")
      #expect(plan.warnings.contains { $0.contains("clock is 60m \(words)") }, "\(plan.warnings)")
    }
  }

  @Test("The first environment is fed from the default branch, by whatever name")
  func defaultBranch() async throws {
    let scene = try ReaderScene(
      ReaderScene.team {
        $0.branches = ["trunk/one": sha("e"), "main": sha("d")]
        $0.defaultBranch = "trunk/one"
      })
    let plan = try await scene.plan(to: "dev")
    #expect(plan.source == .ref("trunk/one"))
    #expect(plan.request.commit == sha("e"))
    #expect(!plan.warnings.contains { $0.contains("guess") })
  }

  @Test("A default branch that nothing tells is guessed, and said to be a guess")
  func guessedBranch() async throws {
    for (branches, name) in [
      (["main": sha("d"), "master": sha("e")], "main"), (["master": sha("e")], "master"),
      (["release": sha("f")], "release"),
    ] {
      let scene = try ReaderScene(
        ReaderScene.team {
          $0.defaultBranch = nil
          $0.branches = branches
          $0.runs.insert(
            FakeGitHub.Run(id: 104, workflow: 11, ref: "release", sha: sha("f")), at: 0)
        })
      let plan = try await scene.plan(to: "dev")
      #expect(plan.source == .ref(name))
      #expect(plan.warnings.contains { $0.contains("\(name) is a guess") })
    }
  }

  @Test("Where nothing is live in the environment before, the default branch is proposed")
  func nothingBefore() async throws {
    let scene = try ReaderScene(
      ReaderScene.team { $0.runs.removeAll { $0.workflow == 12 } })
    #expect(try await scene.plan(to: "prd").source == .ref("main"))
  }

  @Test("A service that skips an environment is promoted from the one before that")
  func skippedEnvironment() async throws {
    let scene = try ReaderScene(
      ReaderScene.team { $0.workflows.removeAll { $0.id == 12 } })
    #expect(try await scene.plan(to: "prd").source == .environment("dev"))
  }

  @Test("Where it cannot be read what is live before, that is said beside the default branch")
  func unreadableBefore() async throws {
    let github = ReaderScene.team()
    github.change { $0.failures["/workflows/12/runs"] = 403 }
    let plan = try await ReaderScene(github).plan(to: "prd")
    #expect(plan.source == .ref("main"))
    #expect(plan.warnings.contains { $0.hasPrefix("what is live in stg could not be read") })
  }

  @Test(
    "A source may be a branch, a tag, or a commit in full",
    arguments: [
      ("main", Character("d")), ("refs/heads/main", "d"), ("shop-dev-20261122-01", "c"),
      ("refs/tags/shop-dev-20261122-01", "c"), (String(repeating: "9", count: 40), Character("9")),
    ])
  func sources(name: String, letter: Character) async throws {
    let scene = try ReaderScene(ReaderScene.team())
    let plan = try await scene.plan(to: "dev", from: .ref(name))
    #expect(plan.request.commit == sha(letter))
    #expect(plan.request.source == name)
  }

  @Test("An annotated tag stands for its commit")
  func annotatedTag() async throws {
    let scene = try ReaderScene(ReaderScene.team { $0.annotated = ["shop-stg-20261121-01"] })
    let plan = try await scene.plan(to: "dev", from: .ref("shop-stg-20261121-01"))
    #expect(plan.request.commit == sha("b"))
  }

  @Test("What cannot be a source is refused with a remedy")
  func badSources() async throws {
    let scene = try ReaderScene(ReaderScene.team { $0.runs.removeAll { $0.workflow == 12 } })
    for (source, words) in [
      (TagQuery.Source.ref("gone"), "no branch and no tag gone"),
      (.ref("mai"), "no branch and no tag mai"), (.environment("qa"), "no environment qa"),
      (.environment("stg"), "no deploy of shop to stg"),
    ] {
      let failure = await #expect(throws: ReadFailure.self) {
        try await scene.plan(to: "prd", from: source)
      }
      #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
      #expect(failure?.remedy.isEmpty == false)
    }
    await #expect(throws: ReadFailure.self) { try await scene.plan(to: "qa") }
    let unknown = await #expect(throws: ReadFailure.self) {
      try await scene.plan(to: "dev", service: "shoq")
    }
    #expect(unknown?.message.contains("no workflow of acme/shop deploys shoq to dev") == true)
  }

  @Test("The same commit, a step back and parted histories are warned of")
  func directions() async throws {
    let scene = try ReaderScene(
      ReaderScene.team {
        $0.comparisons["\(sha("c"))...\(sha("a"))"] = (ahead: 0, behind: 4)
        $0.comparisons["\(sha("c"))...\(sha("b"))"] = (ahead: 2, behind: 1)
      })
    let same = try await scene.plan(to: "dev", from: .ref("shop-dev-20261122-01"))
    #expect(same.warnings.contains { $0.contains("the same commit is live in dev already") })
    #expect(same.changes.value == CommitRange(ahead: [], aheadCount: 0, behindCount: 0))
    #expect(!scene.github.requests.contains { $0.contains("/compare/") })
    let back = try await scene.plan(to: "dev", from: .environment("prd"))
    #expect(back.warnings.contains { $0.hasPrefix("it goes back: 4 commits") })
    let parted = try await scene.plan(to: "dev", from: .environment("stg"))
    #expect(parted.warnings.contains { $0.hasPrefix("the two have parted: 1 commit of") })
  }

  @Test("A server that does not compare leaves the plan standing")
  func noComparison() async throws {
    let plan = try await ReaderScene(ReaderScene.team()).plan(to: "prd")
    #expect(plan.request.tag == "shop-prd-20261123-01")
    #expect(plan.changes.failure?.message.contains("does not tell what lies between") == true)
  }

  @Test("A deploy under way and one that failed are warned of")
  func otherDeploys() async throws {
    let github = ReaderScene.team {
      $0.runs.insert(
        FakeGitHub.Run(
          id: 104, workflow: 11, ref: "shop-dev-20261123-01", sha: sha("d"), conclusion: "failure"),
        at: 0)
    }
    let scene = try ReaderScene(github)
    #expect(
      try await scene.plan(to: "dev").warnings.contains {
        $0.contains("failed: #104 shop-dev-20261123-01 by ann")
      })
    github.change { $0.repositories["acme/shop"]?.runs[0].status = "waiting" }
    #expect(
      try await scene.plan(to: "dev").warnings.contains {
        $0.contains("under way: #104 shop-dev-20261123-01 by ann, waiting")
      })
    #expect(
      try await scene.plan(to: "stg").warnings == [
        "another deploy of shop to dev is under way, and what is live there before it would go: "
          + "#104 shop-dev-20261123-01 by ann, waiting"
      ])
  }

  @Test("A tag that would start nothing is warned of")
  func startsNothing() async throws {
    let github = ReaderScene.team {
      $0.files["\(ReaderScene.path)@\(sha("d"))"] = "on: {push: {tags: ['web-*']}}"
      $0.workflows[1].state = "disabled_manually"
    }
    let plan = try await ReaderScene(github).plan(to: "dev")
    #expect(plan.warnings.contains { $0.contains("is disabled (disabled_manually)") })
    #expect(
      plan.warnings.contains {
        $0.contains("is not started by a tag shop-dev-20261123-01, but by web-*")
      })
    github.change { $0.repositories["acme/shop"]?.files = [:] }
    let missing = try await ReaderScene(github).plan(to: "dev")
    #expect(missing.warnings.contains { $0.contains("does not exist at ddddddd") })
  }

  @Test("An environment's own template names the tags")
  func ownTemplate() async throws {
    let template = try #require(TagTemplate("rel/{environment}/{service}.{number}"))
    let scene = try ReaderScene(
      ReaderScene.team { $0.tags["rel/dev/shop.41"] = sha("a") }, tag: template)
    let plan = try await scene.plan(to: "dev")
    #expect(plan.request.tag == "rel/dev/shop.42")
    #expect(plan.taken == ["rel/dev/shop.41"])
  }

  @Test("A service whose name no tag can have is refused, and taken tags must be readable")
  func refusals() async throws {
    let github = ReaderScene.team { $0.workflows[1].name = "action shop: web dev-deploy" }
    let scene = try ReaderScene(github)
    let failure = await #expect(throws: ReadFailure.self) {
      try await scene.plan(to: "dev", service: "shop: web")
    }
    #expect(failure?.message.contains("cannot be a tag's name") == true)
    github.change { $0.failures["matching-refs"] = 403 }
    let denied = await #expect(throws: ReadFailure.self) { try await scene.plan(to: "stg") }
    #expect(denied?.kind == .denied)
  }
}
