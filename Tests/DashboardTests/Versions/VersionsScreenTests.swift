import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("The versions")
struct VersionsScreenTests {
  @Test("They open with what the board knows, and fill")
  func opens() {
    let driver = Driver()
    driver.openVersions(nil).expectScreen("Versions", "shop", "결제-api", "reading")
    driver.send(.versionsLoaded(Fixture.versions)).expectScreen(
      "!= 20261112-08", "20261110-04", "never deployed", "not read", "main")
    #expect(driver.versions?.isReading == false)
    driver.press("q").expect { $0.screens.isEmpty }
  }

  @Test("Neighbours that differ are told from those that are the same")
  func compares() {
    let driver = Driver().openVersions()
    let rows = driver.versions?.grid.rows ?? []
    let shop = rows.first { $0.id.name == "shop" }
    #expect(shop?.cells[0]?.comparison == LiveVersionComparison.none)
    #expect(shop?.cells[1]?.comparison == .differs(column: 0, isOlder: true))
    #expect(shop?.cells[2]?.comparison == .same(column: 1))
    driver.go(to: "shop", "stg").expectScreen("!= dev has another commit", "deployed later")
    // What differs says which side is the older one, where there is room.
    #expect(driver.versions?.place?.cell?.comparison.isOlder == true)
    driver.press("l").expectScreen("=  the same commit as in stg")
  }

  @Test("What succeeded later than what was read is live")
  func laterSuccess() {
    let driver = Driver().openVersions().go(to: "shop", "dev")
    // The board has run 99, which ended after the run 90 that was read.
    driver.expectScreen("shop-dev-20261112-02", "deployed 20m ago")
  }

  @Test("What is in flight and what has failed since is in the cell and below")
  func news() {
    let driver = Driver().openVersions().go(to: "결제-api", "prd")
    driver.expectScreen("✗ failed", "failed at: Run build script").go(to: "shop", "prd")
    driver.expectScreen("◔ approval", "waits for approval").go(to: "shop", "dev")
    driver.expectScreen("◉ running")
  }

  @Test("A cell that could not be read says why")
  func failure() {
    Driver().openVersions().go(to: "web", "prd")
      .expectScreen("GitHub refuses the runs of acme/web (403)", "Give the token actions:read")
  }

  @Test("The cursor stays on its cell, whatever comes and goes")
  func cursor() {
    let driver = Driver().openVersions().go(to: "web", "prd")
    var answer = Fixture.versions
    answer.rows.insert(
      LiveVersions.Row(
        service: "account", repository: Fixture.shop,
        cells: [Fixture.cell("account", "dev", .loaded(nil)), nil, nil]), at: 0)
    answer.rows.removeLast()
    driver.send(.versionsLoaded(answer)).expectCell("web", "prd")
    driver.send(.snapshot(Fixture.snapshot)).expectCell("web", "prd")
    answer.failures = []
    answer.rows = answer.rows.filter { $0.service != "web" }
    var snapshot = Fixture.snapshot
    for index in snapshot.sections.indices {
      snapshot.sections[index].deploys.removeAll { $0.service == "web" }
    }
    driver.send(.versionsLoaded(answer)).send(.snapshot(snapshot))
    #expect(driver.versions?.place?.environment == "prd")
  }

  @Test("Keys move by cell, and say where they end")
  func moves() {
    let driver = Driver().openVersions().go(to: "shop", "dev")
    driver.press("tab").expectCell("shop", "stg").press("right").expectCell("shop", "prd")
    driver.press("l").expectNotice("prd is the last environment", .warning)
    driver.press("shift-tab", "h").expectCell("shop", "dev")
    driver.press("left").expectNotice("dev is the first environment", .warning)
    driver.press("G").expectCell("결제-api", "dev").press("g")
    #expect(driver.versions?.place?.row == 0)
  }

  @Test("The selected environment is on the smallest screen, too")
  func sideways() {
    let driver = Driver(columns: 40, rows: 10).openVersions().go(to: "shop", "dev")
    driver.expectScreen("dev", "more >").press("l", "l").expectScreen("prd", "more")
      .expectNotOnScreen("more >")
    driver.press("j", "j").expectCell("결제-api", "prd").expectScreen("결제-api")
  }

  // MARK: - Reading anew

  @Test("R reads anew and keeps what is shown")
  func reread() {
    let driver = Driver().openVersions()
    driver.press("R").effects(.loadVersions).expectScreen("20261112-08", "reading")
    driver.press("R").effects().expectNotice("being read already", .warning)
  }

  private func succeeding(_ snapshot: Snapshot) -> Snapshot {
    var snapshot = snapshot
    guard let index = snapshot.sections[0].deploys.firstIndex(where: { $0.run.key.id == 101 })
    else { return snapshot }
    snapshot.sections[0].deploys[index].state = .completed(.success)
    snapshot.sections[0].deploys[index].run.status = .completed
    snapshot.sections[0].deploys[index].run.conclusion = .success
    return snapshot
  }

  @Test("A success on the board is read anew, once")
  func success() {
    let driver = Driver().openVersions()
    let later = succeeding(Fixture.snapshot)
    driver.send(.snapshot(later)).effects(.loadVersions)
    driver.send(.snapshot(later)).effects().send(.versionsLoaded(Fixture.versions)).effects()
    driver.send(.snapshot(later)).effects().go(to: "shop", "dev").expectScreen("deployed 0s ago")
  }

  @Test("A success while it is being read is read after the answer, once")
  func successMeanwhile() {
    let driver = Driver().openVersions(nil)
    let later = succeeding(Fixture.snapshot)
    driver.send(.snapshot(later)).effects()
    driver.send(.versionsLoaded(Fixture.versions)).effects(.loadVersions)
    driver.send(.versionsLoaded(Fixture.versions)).effects()
  }

  @Test("What cannot be read anew stays, with the reason")
  func keeps() {
    let driver = Driver().openVersions()
    var answer = Fixture.versions
    answer.rows[1].cells[1]?.live = .failed(Fixture.denied)
    answer.rows.remove(at: 0)
    driver.press("R").drain().send(.versionsLoaded(answer)).go(to: "shop", "stg")
      .expectScreen("shop-stg-20261112-08", "it could not be read", "auth")
    driver.press("R").drain().send(.versionsLoaded(Fixture.versions)).go(to: "shop", "stg")
      .expectNotOnScreen("it could not be read")
  }

  @Test("Nothing to show says why")
  func nothing() {
    var snapshot = Fixture.snapshot
    for index in snapshot.sections.indices { snapshot.sections[index].deploys = [] }
    let driver = Driver(snapshot).openVersions(nil)
    driver.expectScreen("reading what is live where").press("p")
      .expectNotice("no service", .warning)
    driver.send(
      .versionsLoaded(
        LiveVersions(
          environments: [], rows: [], failures: [Fixture.denied], readAt: Fixture.now)))
    driver.expectScreen("GitHub refuses the runs")
    driver.send(.versionsLoaded(LiveVersions(environments: [], rows: [], readAt: Fixture.now)))
      .expectScreen("no workflow deploys")
  }

  // MARK: - What the keys do

  @Test("p promotes to the next environment that the service has")
  func promotes() {
    let driver = Driver().openVersions().go(to: "shop", "dev").press("p")
    driver.effects(.loadTagPlan(Fixture.query("stg", .environment("dev"))))
      .expectScreen("Tag shop to stg").press("escape")
    driver.go(to: "web", "dev").press("p").effects(
      .loadTagPlan(
        TagQuery(
          repository: Fixture.web, service: "web", environment: "prd",
          source: .environment("dev"))))
    driver.press("escape").expectCell("web", "dev")
  }

  @Test("p says why it cannot, and warns where nothing would change")
  func promotionRefusals() {
    let driver = Driver().openVersions().go(to: "shop", "prd").press("p").effects()
      .expectNotice("prd is the last environment", .warning)
    driver.go(to: "shop", "stg").press("p")
      .effects(.loadTagPlan(Fixture.query("prd", .environment("stg"))))
      .expectNotice("the same commit is live in prd already", .warning).press("escape")
    driver.go(to: "결제-api", "prd").press("p").expectNotice("no deploy of 결제-api", .warning)
    driver.go(to: "web", "stg").press("p").expectNotice("no workflow deploys web", .warning)
    var snapshot = Fixture.snapshot
    snapshot.sections[1].environment.readOnlyReason = "it is frozen"
    driver.send(.snapshot(snapshot)).go(to: "shop", "dev").press("p").effects()
      .expectNotice("read-only: it is frozen", .warning)
    driver.press("l", "t").expectNotice("read-only", .warning).press("d")
      .expectNotice("read-only", .warning)
  }

  @Test("A promotion that is done leaves the versions open")
  func promotion() {
    let driver = Driver().openVersions().go(to: "shop", "stg").press("p").drain().answerPlan()
    driver.press("enter").drain().type("prd").press("enter")
    guard let request = driver.tag?.request else { return }
    driver.effects(.mutate(.tag(request)))
    driver.send(.mutated(.tag(request), .done(message: "tagged", run: nil))).effects(.refreshNow)
      .expectCell("shop", "stg").expectNotice("tagged", .success)
  }

  @Test("t, d and Y act on the cell")
  func acts() {
    let driver = Driver().openVersions().go(to: "shop", "stg")
    driver.press("t").effects(.loadTagPlan(Fixture.query("stg"))).press("escape")
    driver.press("d").effects(
      .loadDispatchForm(Fixture.target("shop", "stg"), ref: "shop-stg-20261112-08"))
    driver.press("escape").press("Y").effects(.copy("shop-stg-20261112-08"))
    driver.go(to: "web", "stg").press("Y").effects().expectNotice("no workflow", .warning)
  }

  @Test("Enter opens the run that is the news, else the one that is live, and leads back")
  func opensRuns() {
    let driver = Driver().openVersions().go(to: "shop", "prd").press("enter").drain()
    #expect(driver.detail?.run == Fixture.key(301))
    driver.press("escape").expectCell("shop", "prd").go(to: "결제-api", "stg").press("enter").drain()
    #expect(driver.detail?.run == Fixture.key(202))
    driver.press("v").effects().expectCell("결제-api", "stg")
    driver.expect { $0.screens.count == 1 }
  }

  @Test("A run that is too old for the board is opened, and read")
  func opensOldRun() {
    let driver = Driver().openVersions().go(to: "auth", "dev").press("enter")
    let key = Fixture.key(93)
    driver.effects(.inspect(key, attempt: 2, .attempt), .inspect(key, attempt: 2, .artifacts))
      .expectScreen("no longer on the board", "#8.2")
    driver.send(.snapshot(Fixture.snapshot)).drain().expectScreen("no longer on the board")
  }

  @Test("Opened from a run's screen, they begin there and leave one run's screen at most")
  func fromDetail() {
    let driver = Driver().press("enter").drain().press("v").effects(.loadVersions)
    driver.send(.versionsLoaded(Fixture.versions)).expectCell("결제-api", "prd")
    driver.press("enter").drain().expect { $0.screens.count == 2 }
    driver.press("escape", "escape").expect { $0.screens.isEmpty }
  }
}
