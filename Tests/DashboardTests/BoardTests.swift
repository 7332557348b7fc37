import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("The board")
struct BoardTests {
  private func changed(_ change: (inout Snapshot) -> Void) -> Snapshot {
    var snapshot = Fixture.snapshot
    change(&snapshot)
    return snapshot
  }

  private func filler(_ count: Int, from first: Int64 = 1000) -> [Deploy] {
    (0..<count).map { index in
      let id = first + Int64(index)
      return Fixture.deploy(
        Fixture.run(
          id, "svc\(index)", "dev", number: index, status: .completed, conclusion: .success,
          started: 9000), "svc\(index)", "dev", [])
    }
  }

  @Test("What needs a person stands on top once, the protected first, then the oldest")
  func attention() {
    let rows = Driver().model.board.rows
    let urgent = rows.filter { $0.block == .attention && $0.isItem }.map(\.id)
    #expect(
      urgent == [Fixture.row("prd", 302), Fixture.row("prd", 301), Fixture.row("stg", 201)])
    for id in urgent { #expect(rows.count { $0.id == id } == 1) }
  }

  @Test("The cursor begins on what needs a person first")
  func start() {
    Driver().expectSelection(Fixture.row("prd", 302))
  }

  @Test("A heading that nobody chose gives way to the first deploy; a chosen one does not")
  func headingGivesWay() {
    let empty = Snapshot.empty(Fixture.snapshot.sections.map(\.environment), at: Fixture.now)
    Driver(empty).expectSelection(.section("dev"))
      .send(.snapshot(Fixture.snapshot)).expectSelection(Fixture.row("prd", 302))
    Driver(empty).press("down").expectSelection(.section("stg"))
      .send(.snapshot(Fixture.snapshot)).expectSelection(.section("stg"))
  }

  @Test("The cursor stays on its deploy when it comes to need a person")
  func movesBetweenBlocks() {
    let driver = Driver().press("1").expectSelection(Fixture.row("dev", 101))
    driver.send(
      .snapshot(
        changed {
          $0.sections[0].deploys[0].findings = Fixture.failed.findings
        }))
    driver.expectSelection(Fixture.row("dev", 101))
    #expect(driver.model.board.selectedRow?.block == .attention)
  }

  @Test("When the selected deploy goes, the nearest of its section is taken")
  func neighbour() {
    let driver = Driver().press("1", "down").expectSelection(Fixture.row("dev", 102))
    driver.send(.snapshot(changed { $0.sections[0].deploys.remove(at: 1) }))
    driver.expectSelection(Fixture.row("dev", 103, in: Fixture.web))
    driver.press("2").expectSelection(Fixture.row("stg", 202))
    driver.send(.snapshot(changed { $0.sections[1].deploys.removeLast() }))
    #expect(driver.model.board.selectedRow?.isItem == true)
  }

  @Test("When the selected job goes, its deploy is taken")
  func jobGoes() {
    let id = DeployID(environment: "dev", run: Fixture.key(103, in: Fixture.web))
    let driver = Driver().press("1", "down", "down", "e", "down", "down")
      .expectSelection(.job(id, 32))
    driver.send(.snapshot(changed { $0.sections[0].deploys[2].jobs.remove(at: 1) }))
    driver.expectSelection(.deploy(id))
  }

  @Test("A filter that hides the cursor's deploy gives it back when it goes")
  func filterGivesBack() {
    let driver = Driver().press("1", "down").expectSelection(Fixture.row("dev", 102))
    driver.press("/").type("web").press("enter")
    #expect(driver.model.board.selection != Fixture.row("dev", 102))
    driver.press("escape").expectSelection(Fixture.row("dev", 102))
    driver.press("/").type("web").press("down", "escape")
    #expect(driver.model.board.selection != Fixture.row("dev", 102))
  }

  @Test(
    "The filter looks at every field that it names",
    arguments: [
      ("결제", 4), ("김민수", 4), ("20261112-03", 1), ("approval", 1), ("action-web-dev", 1),
      ("acme/web", 3), ("no runner", 1), ("FAILED", 2), ("shop-prd", 1), ("김민수 prd", 1),
      ("#23.2", 1),
      ("nothing-like-it", 0),
    ])
  func filterFields(text: String, count: Int) {
    let driver = Driver().press("/").type(text)
    #expect(driver.model.board.matches == count)
    #expect(driver.model.board.total == 11)
    driver.expectScreen("\(count) of 11")
  }

  @Test("What has the word in service, environment or state comes before what has it elsewhere")
  func filterRanks() {
    // Every run but those of web is of acme/shop, so each has the word somewhere.
    let driver = Driver().expectSelection(Fixture.row("prd", 302)).press("/").type("shop")
    let rows = driver.model.board.rows.filter(\.isItem)
    #expect(
      rows.map(\.id) == [
        Fixture.row("prd", 301), Fixture.row("stg", 201), Fixture.row("prd", 302),
        Fixture.row("dev", 101), Fixture.row("dev", 99), Fixture.row("dev", 102),
        Fixture.row("dev", 98), Fixture.row("stg", 202),
      ])
    driver.expectSelection(Fixture.row("prd", 301))
    driver.press("down", "down").expectSelection(Fixture.row("prd", 302)).press("left", "right")
      .expectSelection(Fixture.row("prd", 302))
    driver.press("up", "up", "escape").expectSelection(Fixture.row("prd", 301))
    Driver().press("/").type("shop").press("escape").expectSelection(Fixture.row("prd", 302))
  }

  @Test("The filter's line says what can be typed, until something is")
  func filterHint() {
    let driver = Driver().press("/")
      .expectScreen("a service, environment, state, ref or person  enter keeps it")
    driver.type("s").expectNotOnScreen("ref or person")
    Driver(columns: 80, rows: 24).press("/").expectScreen("state, ref or person")
    Driver(columns: 40, rows: 10).press("/").expectScreen("service, env, state")
  }

  @Test("n and N go round the matches, filtered or not; without a search they say why not")
  func matches() {
    let driver = Driver().press("n").expectNotice("nothing was looked for yet", .warning)
    driver.press("/").type("shop-").press("enter", "escape")
    var seen: [BoardRow.ID?] = []
    for _ in 0..<4 {
      driver.press("n")
      seen.append(driver.model.board.selection)
    }
    #expect(
      seen == [
        Fixture.row("prd", 301), Fixture.row("stg", 201), Fixture.row("dev", 101),
        Fixture.row("dev", 99),
      ])
    driver.press("N").expectSelection(Fixture.row("dev", 101))
  }

  @Test("! goes round what needs a person")
  func nextUrgent() {
    let driver = Driver().press("3", "!").expectSelection(Fixture.row("prd", 302))
    driver.press("!").expectSelection(Fixture.row("prd", 301))
    driver.press("!", "!").expectSelection(Fixture.row("prd", 302))
    var calm = Fixture.snapshot
    for index in calm.sections.indices {
      calm.sections[index].deploys.removeAll(where: \.needsPerson)
    }
    Driver(calm).press("!").expectNotice("nothing needs a person", .warning)
  }

  @Test("Tab and the digits go to environments; 0 goes to the top")
  func sections() {
    let driver = Driver().press("tab").expectSelection(Fixture.row("dev", 101))
    driver.press("tab").expectSelection(Fixture.row("stg", 202))
    driver.press("shift-tab", "shift-tab").expectSelection(Fixture.row("prd", 302))
    driver.press("3").expectSelection(Fixture.row("prd", 303, in: Fixture.web))
    driver.press("0").expectSelection(Fixture.row("prd", 302))
    driver.press("9").expectNotice("there are 3 environments", .warning)
  }

  @Test("Space opens and closes; the arrows go in and out")
  func tree() {
    let deploy = DeployID(environment: "dev", run: Fixture.key(103, in: Fixture.web))
    let driver = Driver().press("1", "down", "down").expectSelection(.deploy(deploy))
    driver.press("right").expectScreen("build (linux/amd64)").press("l")
      .expectSelection(.job(deploy, 31))
    driver.press("left").expectSelection(.deploy(deploy)).expectNotOnScreen("build (linux/amd64)")
    driver.press("h").expectSelection(.section("dev"))
    driver.press("left").expectNotice("a heading", .warning)
    driver.press("down", "e").expect { !$0.board.expanded.isEmpty }
    driver.press("e").expect { $0.board.expanded.isEmpty }
  }

  @Test("Active only keeps what needs a person, and escape gives the rest back")
  func activeOnly() {
    let driver = Driver().press("a")
    driver.expectScreen("active only", "failed at: Run build script").expectNotOnScreen("jiyoon")
    driver.expectScreen("nothing is going on; a shows all 1")
    driver.press("escape").expectScreen("jiyoon").expectNotOnScreen("active only")
  }

  @Test("Escape at the top ends nothing, and q does")
  func leaving() {
    Driver().press("escape").effects().expectNotice("q ends cdtop", .warning)
    Driver().press("q").effects(.quit)
    Driver().press("?", "q").effects().press("ctrl-c").effects(.quit)
    Driver().press("/", "ctrl-c").effects(.quit)
    Driver().press("ctrl-z").effects(.suspend)
  }

  @Test("Open, copy and refresh ask for what they say")
  func small() {
    let run = "https://github.com/acme/shop/actions/runs/101"
    let driver = Driver().press("1", "o").effects(.openInBrowser(run))
    driver.press("y").effects(.copy(run)).expectNotice("copied", .success)
    driver.press("e", "down", "o").effects(.openInBrowser("\(run)/job/1"))
    driver.press("R").effects(.refreshNow).press("f5").effects(.refreshNow)
    driver.press("ctrl-r").effects(.refreshNow)
    driver.press("left", "left", "o").effects().expectNotice("go to a deploy", .warning)
  }

  @Test("A key without a command says so")
  func unbound() {
    Driver().press("z").expectNotice("z does nothing here", .info)
  }

  @Test("Rows that come above leave the selected row on its line")
  func viewport() {
    var long = Fixture.snapshot
    long.sections[0].deploys += filler(60)
    let driver = Driver(long, columns: 80, rows: 24)
    for _ in 0..<30 { driver.press("down") }
    let line = { (model: Model) in (model.board.selectedIndex ?? 0) - model.board.top }
    let before = line(driver.model)
    let selected = driver.model.board.selection
    var more = long
    more.sections[0].deploys.insert(contentsOf: filler(5, from: 5000), at: 0)
    driver.send(.snapshot(more)).expectSelection(selected)
    #expect(line(driver.model) == before)
    more.sections[0].deploys.removeFirst(8)
    driver.send(.snapshot(more)).expectSelection(selected)
    #expect(line(driver.model) == before)
  }

  @Test("At the top of the board, what newly needs a person comes into view")
  func topStays() {
    var long = Fixture.snapshot
    long.sections[0].deploys += filler(60)
    let driver = Driver(long, columns: 80, rows: 24).press("1")
    #expect(driver.model.board.top == 0)
    var urgent = long
    urgent.sections[0].deploys[3].findings = Fixture.failed.findings
    driver.send(.snapshot(urgent)).expectSelection(Fixture.row("dev", 101))
    #expect(driver.model.board.top == 0)
    driver.expectScreen("NEEDS YOU 4")
  }

  @Test("What is opened at the bottom of the screen is brought into view")
  func revealsJobs() {
    let driver = Driver(columns: 40, rows: 10).press("1", "down", "down")
    driver.press("e").expectScreen("roll out")
  }

  @Test("Times go on with every tick, and nothing is asked for")
  func ticks() {
    let driver = Driver(columns: 120).expectScreen("3m12s", "PROVISIONING 41s")
    driver.send(.tick(Fixture.now.addingTimeInterval(1))).effects()
    driver.expectScreen("3m13s", "PROVISIONING 42s", "read 3s ago", "14:03:28")
  }

  @Test("The columns do not move with a filter or a snapshot")
  func columnsStandStill() {
    let driver = Driver(columns: 100)
    let slots = driver.model.board.layout.slots
    driver.press("/").type("web")
    #expect(driver.model.board.layout.slots == slots)
    driver.press("escape").send(.snapshot(changed { $0.sections[0].deploys.removeSubrange(1...3) }))
    #expect(driver.model.board.layout.slots == slots)
  }

  @Test("One run in two environments makes two rows, each of which can be selected")
  func twice() {
    var snapshot = Fixture.snapshot
    var copy = Fixture.succeeded
    copy.environment = "stg"
    snapshot.sections[1].deploys.append(copy)
    let driver = Driver(snapshot).press("2", "down").expectSelection(Fixture.row("stg", 99))
    driver.send(.snapshot(snapshot)).expectSelection(Fixture.row("stg", 99))
  }
}
