import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("The dialog for a tag")
struct TagDialogTests {
  private var live: String { "shop-prd-20261110-04" }

  @Test("t asks for the next tag of the selected deploy, and says what it reads")
  func opens() {
    let driver = Driver().act { $0.openTag(Fixture.query("dev")) }
    driver.effects(.loadTagPlan(Fixture.query("dev")))
      .expectScreen("Tag shop to dev", "reading what to put it on")
    driver.press("escape").expect { $0.screens.isEmpty }
    driver.press("t").expect { $0.focus == .choice }.drain()
    #expect(driver.tag?.query.environment == "prd")
    #expect(driver.tag?.query.service == "결제-api")
  }

  @Test("The plan says the tag, the commit, its source, what is live and what would go")
  func plan() {
    Driver().openTag().answerPlan().expectScreen(
      "shop-prd-20261112-02", "eeeeeee, what is live in stg", "\(live) (bbbbbbb), 2d ago by jiyoon",
      "11 commits would go", "eeeeeee", "Round prices down", "결제 오류를 고친다")
  }

  @Test("An answer to a question that was asked before is not taken")
  func lateAnswer() {
    let driver = Driver().openTag()
    let old = Fixture.query("prd", .environment("dev"))
    driver.send(.tagPlanLoaded(old, .plan(Fixture.plan(old, tag: "shop-prd-20261112-77"))))
      .expectNotOnScreen("20261112-77").expectScreen("reading")
  }

  @Test("Up and down go through the environments, each with a plan of its own")
  func sources() {
    let driver = Driver().openTag().answerPlan()
    driver.press("up").effects(.loadTagPlan(Fixture.query("prd", .environment("dev"))))
      .expectScreen("reading what is live in dev")
    driver.press("up").effects()
    driver.answerPlan().expectScreen("what is live in dev")
    driver.press("j").effects(.loadTagPlan(Fixture.query("prd", .environment("stg"))))
    driver.press("j").effects()
  }

  @Test("The hint names the sources and which is chosen, or says that there is no other")
  func sourceHint() {
    let driver = Driver().openTag().answerPlan().expectScreen("source 2 of 2: dev, stg")
    driver.press("up").drain().expectScreen("source 1 of 2: dev, stg")
    var snapshot = Fixture.snapshot
    snapshot.sections.removeFirst(2)
    let alone = Driver(snapshot).openTag().expectScreen("nothing is live elsewhere")
    alone.expectNotOnScreen("up/down").answerPlan { $0.source = .ref("main") }
      .expectScreen("eeeeeee, main", "no other source: nothing is live elsewhere")
  }

  @Test("b chooses a branch or tag, and the plan follows")
  func branch() {
    let driver = Driver().openTag().answerPlan()
    driver.press("b").drain()
    driver.expect { if case .refs = $0.screens.last { true } else { false } }
    driver.press("escape")
    driver.act { $0.takeRefForTag(GitRef(kind: .branch, name: "main", commit: "9")) }
      .effects(.loadTagPlan(Fixture.query("prd", .ref("main"))))
    driver.answerPlan().expectScreen("eeeeeee, main")
    driver.press("up").effects(.loadTagPlan(Fixture.query("prd", .environment("stg"))))
    driver.press("down").effects(.loadTagPlan(Fixture.query("prd", .ref("main"))))
  }

  @Test("A plan that fails says why, lets another source be chosen, and enter asks again")
  func failure() {
    let driver = Driver().openTag()
    let query = Fixture.query("prd")
    driver.send(
      .tagPlanLoaded(
        query, .failed(ReadFailure(message: "stg has nothing", remedy: "Choose a branch."))))
    driver.expectScreen("stg has nothing", "Choose a branch.")
    driver.press("enter").effects(.loadTagPlan(query)).expectScreen("reading")
    driver.send(
      .tagPlanLoaded(query, .failed(ReadFailure(message: "no", remedy: "Choose a branch."))))
    driver.press("down").effects(.loadTagPlan(Fixture.query("prd", .environment("dev"))))
    driver.answerPlan().expectScreen("11 commits would go")
  }

  @Test("Commits of the live version that would go are said loudly", arguments: [(0, 3), (4, 1)])
  func goesBack(_ counts: (Int, Int)) {
    let range = CommitRange(
      ahead: [], aheadCount: counts.0, behindCount: counts.1)
    let driver = Driver().openTag().answerPlan {
      $0.changes = .loaded(range)
      $0.warnings = ["it goes back: some would be taken out"]
    }
    driver.expectScreen(
      "goes back \(counts.1) commit\(counts.1 == 1 ? "" : "s")", "! it goes back")
  }

  @Test("The same commit is a warning and no ban")
  func same() {
    let driver = Driver().openTag(Fixture.query("dev")).answerPlan {
      $0.request.tag = "shop-dev-20261112-02"
      $0.changes = .loaded(CommitRange(ahead: [], aheadCount: 0, behindCount: 0))
    }
    driver.expectScreen("the same commit is live already").press("enter").drain()
      .expect { $0.confirmation != nil }
  }

  // MARK: - The name

  @Test("e lets the name be typed; a wrong one is said at the field")
  func rename() {
    let driver = Driver().openTag().answerPlan()
    driver.press("e").expect { $0.focus == .text }
    driver.press("ctrl-u").type("shop-stg-20261112-07").press("enter").effects()
      .expectScreen("it would deploy nothing: prd wants shop-prd-YYYYMMDD-NN")
      .expect { $0.focus == .text }
    driver.press("ctrl-u").type("a b").press("enter").expectScreen("no tag on GitHub")
    driver.press("ctrl-u").type("shop-prd-20261112-01").press("enter")
      .expectScreen("taken already: shop-prd-20261112-02 is free")
    driver.press("ctrl-u").type("shop-prd-20261112-07").press("enter")
    var request = Fixture.plan(Fixture.query("prd")).request
    request.tag = "shop-prd-20261112-07"
    driver.effects(.preview(.tag(request))).expect { $0.focus == .name }
  }

  @Test("An empty name takes what is proposed; a typed one outlives another plan")
  func typedNames() {
    let driver = Driver().openTag().answerPlan()
    driver.press("e", "ctrl-u").type("shop-prd-20261112-44").press("escape")
    driver.expect { $0.focus == .choice }.press("up").drain().answerPlan()
      .expectScreen("shop-prd-20261112-44")
    driver.press("e", "ctrl-u", "enter").drain()
    #expect(driver.tag?.request?.tag == "shop-prd-20261112-02")
    driver.press("escape").expect { $0.focus == .choice }
  }

  // MARK: - The question

  @Test("A protected environment asks for its name; what is sent is sent once")
  func protected() {
    let driver = Driver().openTag().answerPlan()
    let request = Fixture.plan(Fixture.query("prd")).request
    driver.press("enter").effects(.preview(.tag(request)))
    driver.send(
      .previewed(
        .tag(request),
        [
          PlannedRequest(
            method: "POST", url: "https://api.github.com/repos/acme/shop/git/refs",
            body: #"{"ref":"refs/tags/shop-prd-20261112-02"}"#)
        ]))
    driver.expectScreen(
      "POST https://api.github.com/repos/acme/shop/git/refs", "refs/tags/shop-prd")
    driver.press("enter").effects().expectNotice("type prd", .warning)
    driver.type("prd").press("enter").effects(.mutate(.tag(request)))
      .expect { $0.focus == .busy }
    driver.press("enter").effects()
    driver.send(.mutated(.tag(request), .done(message: "tagged", run: nil)))
      .effects(.refreshNow).expectNotice("tagged", .success).expect { $0.screens.isEmpty }
  }

  @Test("Elsewhere y sends and n goes back")
  func unprotected() {
    let driver = Driver().openTag(Fixture.query("dev")).answerPlan {
      $0.request.tag = "shop-dev-20261112-02"
    }
    driver.press("enter").drain().press("n").effects().expectNotice("nothing was sent", .info)
    driver.expectScreen("11 commits").press("enter").drain().press("y")
    let request = driver.tag?.request
    #expect(request?.tag == "shop-dev-20261112-02")
    if let request { driver.effects(.mutate(.tag(request))) }
  }

  @Test("The equivalent command is shown and copied, with the commit and the name")
  func commandLine() {
    let driver = Driver().openTag(Fixture.query("dev")).answerPlan {
      $0.request.tag = "shop-dev-20261112-02"
    }
    let command = "cdtop tag shop@dev --from \(Fixture.commit("e")) --tag shop-dev-20261112-0"
    driver.press("enter").drain().expectScreen("cdtop tag shop@dev --from")
    driver.press("c").effects(.copy(command + "2"))
    driver.press("escape", "e", "backspace", "9").press("enter").drain()
    driver.press("c").effects(.copy(command + "9"))
  }

  // MARK: - What comes back

  private func send(_ driver: Driver) -> TagRequest? {
    driver.press("enter").drain().type("prd").press("enter").drain()
    return driver.tag?.request
  }

  @Test("A tag that is taken asks for the plan anew and offers the next number")
  func taken() throws {
    let driver = Driver().openTag().answerPlan()
    let request = try #require(send(driver))
    driver.send(
      .mutated(
        .tag(request),
        .refused(message: "\(request.tag) is there already", remedy: "The next is -03.")))
    driver.effects(.loadTagPlan(Fixture.query("prd")))
      .expectScreen("Nothing was done: shop-prd-20261112-02 is there already", "The next is -03.")
    driver.answerPlan {
      $0.request.tag = "shop-prd-20261112-03"
      $0.taken = ["shop-prd-20261112-02", "shop-prd-20261112-01"]
    }
    #expect(driver.tag?.request?.tag == "shop-prd-20261112-03")
    driver.expectScreen("is there already").press("enter").drain().expect { $0.focus == .name }
  }

  @Test("A typed name that is taken is kept, and the free one is told")
  func typedTaken() throws {
    let driver = Driver().openTag().answerPlan()
    driver.press("e", "ctrl-u").type("shop-prd-20261112-05").press("enter").drain()
    driver.type("prd").press("enter").drain()
    let request = try #require(driver.tag?.request)
    driver.send(.mutated(.tag(request), .refused(message: "there", remedy: "next"))).drain()
    driver.answerPlan {
      $0.request.tag = "shop-prd-20261112-06"
      $0.taken = ["shop-prd-20261112-05"]
    }
    driver.expectScreen("shop-prd-20261112-05", "taken already: shop-prd-20261112-06 is free")
    driver.press("enter").effects().expect { $0.focus == .text }
    driver.press("ctrl-u", "enter").drain()
    #expect(driver.tag?.request?.tag == "shop-prd-20261112-06")
  }

  @Test("What nobody knows is said, and cannot be sent again from there")
  func unknown() throws {
    let driver = Driver().openTag().answerPlan()
    let request = try #require(send(driver))
    driver.send(.mutated(.tag(request), .unknown(message: "the answer was lost")))
      .effects(.refreshNow).expectScreen("Nobody knows whether it was done.")
    driver.press("enter").effects().expect { $0.screens.isEmpty }
  }

  @Test("A read-only environment refuses the dialog, and one that becomes so refuses the answer")
  func readOnly() {
    var snapshot = Fixture.snapshot
    let driver = Driver().openTag(Fixture.query("dev")).answerPlan {
      $0.request.tag = "shop-dev-20261112-02"
    }
    driver.press("enter").drain()
    for index in snapshot.sections.indices {
      snapshot.sections[index].environment.readOnlyReason = "it is frozen"
    }
    driver.send(.snapshot(snapshot)).press("y").effects()
      .expectNotice("read-only: it is frozen", .warning)
    Driver(snapshot).press("t").effects().expectNotice("read-only: it is frozen", .warning)
  }

  @Test("The commits scroll")
  func scrolls() {
    let driver = Driver(columns: 80, rows: 14).openTag().answerPlan()
    driver.expectNotOnScreen("Step 9").press("pgdn", "pgdn").expectScreen("Step 9")
    driver.press("pgup", "pgup").expectScreen("shop-prd-20261112-02")
  }
}
