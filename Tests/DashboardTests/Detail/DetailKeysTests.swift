import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("The keys of a run's screen")
struct DetailKeysTests {
  private let broken = Fixture.brokenStep
  private var item: DeployJob { broken.jobs[0] }

  private func driver(
    _ deploy: Deploy? = nil, columns: Int = 120, rows: Int = 40
  ) -> Driver {
    let deploy = deploy ?? broken
    return Driver(Fixture.snapshot(deploy), columns: columns, rows: rows).open(deploy)
  }

  private func opened(_ driver: Driver) -> LogSource? {
    guard case .pager(let pager) = driver.model.screens.last else { return nil }
    return pager.request.source
  }

  @Test("Arrows open and close jobs, runners and groups")
  func folding() {
    let driver = driver(Fixture.groups)
    driver.press("left").expect { $0.detail?.table.selection == .job(41) }
    driver.press("left").expect { $0.detail?.folds.isOpen(.job(41)) == false }
    driver.press("h").expect { $0.detail?.table.selection == .group("빌드") }
    driver.press("left").expect { $0.detail?.table.rows.contains { $0.id == .job(41) } == false }
    driver.press("left").expectNotice("nothing to close", .warning)
    driver.press("right", "l").expect { $0.detail?.table.selection == .job(40) }
    driver.press("space").expect { $0.detail?.folds.isOpen(.job(40)) == true }
    driver.press("space").expect { $0.detail?.folds.isOpen(.job(40)) == false }
    driver.press("left", "enter").expect { $0.detail?.folds.isOpen(.group("빌드")) == false }
    driver.press("enter").expect { $0.detail?.folds.isOpen(.group("빌드")) == true }
  }

  @Test("A runner opens into its phases, and enter on one opens the runner's log")
  func runner() {
    let driver = driver()
    driver.press("g", "down", "right").expectScreen("PROVISIONING", "POST_BUILD", "COMPLETED")
    driver.press("right").expect { $0.detail?.table.selection == .phase(9, 0) }
    driver.press("enter").drain()
    #expect(opened(driver) == item.build.map { .build($0.key) })
  }

  @Test("The last phase, which AWS gives no status, goes the way of its build")
  func lastPhase() {
    var deploy = Fixture.brokenStep
    deploy.jobs[0].build?.phases[9].status = nil
    driver(deploy).press("g", "down", "right").expect { model in
      let rows = model.detail?.table.rows.filter { $0.name == "COMPLETED" }
      return rows?.map(\.sign) == [model.glyphs.failure]
    }
  }

  @Test("e and E go through what failed, opening what hides it")
  func failures() {
    let driver = driver(Fixture.groups)
    driver.press("left", "left", "left", "left", "G").expect {
      $0.detail?.table.selection == .job(46)
    }
    driver.press("e").expect { $0.detail?.table.selection == .step(41, 7) }
    let two = self.driver()
    two.press("g", "down", "right", "e").expect { $0.detail?.table.selection == .phase(9, 7) }
    two.press("e").expect { $0.detail?.table.selection == .step(9, 5) }
    two.press("E").expect { $0.detail?.table.selection == .phase(9, 7) }
    self.driver(Fixture.inFlight).press("e").expectNotice("nothing failed", .warning)
  }

  @Test("Tab goes from pane to pane; narrow screens have a tab for each")
  func panes() {
    let wide = driver().answerAll()
    wide.press("tab").expect { $0.detail?.pane == .why }.press("tab")
      .expect { $0.detail?.pane == .jobs }
    let narrow = driver(columns: 60, rows: 20).answerAll().expect { $0.detail?.pane == .why }
    narrow.press("tab").expect { $0.detail?.pane == .jobs }.expectNotOnScreen("█")
    narrow.press("tab").expect { $0.detail?.pane == .timeline }.expectScreen("█")
    narrow.press("shift-tab").expect { $0.detail?.pane == .jobs }
    // A timeline of its own has no place on a wide screen.
    narrow.press("tab").send(.resized(Size(columns: 120, rows: 40)))
      .expect { $0.detail?.pane == .jobs }
  }

  @Test("L, B and A open the job's log, its runner's and the attempt's")
  func logs() {
    let key = Fixture.key(302)
    for (name, source) in [
      ("L", LogSource.job(key, job: 9)), ("B", .build(item.build?.key ?? Fixture.noBuild)),
      ("A", .attempt(key, attempt: 2)),
    ] as [(Key, LogSource)] {
      let driver = driver().press(name).drain()
      #expect(opened(driver) == source)
    }
    let running = driver(Fixture.inFlight)
    running.press("A").expectNotice("when the attempt is over", .warning)
    running.press("L").drain()
    #expect(opened(running) == .job(Fixture.key(306), job: 12))
    driver(Fixture.groups).press("B").expectNotice("no build of project deploy", .warning)
    driver(Fixture.unclaimed).press("L").expectNotice("no runner has come", .warning)
  }

  @Test("A step that was skipped or has not begun says that it has written nothing")
  func stepsWithoutLines() {
    driver().press("down", "enter").expectNotice("was skipped", .warning)
    driver(Fixture.inFlight).press("down", "enter").expectNotice("has not begun", .warning)
    let driver = driver().press("up", "enter").drain()
    guard case .pager(let pager) = driver.model.screens.last else {
      Issue.record("no pager")
      return
    }
    #expect(pager.request.start == .step(4))
  }

  @Test("f goes to the artifacts, and enter opens one; one that is gone says so")
  func artifacts() {
    driver(Fixture.inFlight).answer(.artifacts, .artifacts([])).press("f")
      .expectNotice("has left no artifacts", .warning)
    let driver = driver().press("f").expectScreen("listing them").answerAll()
    driver.press("f").expect { $0.detail?.why.selection == .artifact(71) }
    driver.press("down", "enter").expectNotice("has expired", .warning)
    driver.press("up", "enter").effects(.listFiles(.artifact(Fixture.report)))
      .expect { $0.focus == .files }
  }

  @Test("The files that a build left in S3 open as a container")
  func failureFiles() {
    let driver = driver().answerAll().press("f", "up", "up", "enter")
    driver.effects(
      .listFiles(
        .failureFiles(
          item.build?.key ?? Fixture.noBuild,
          S3Location(bucket: "failures-deploy-prd", key: "deploy-prd:cccc-1/"))))
  }

  @Test("m goes to the marker, and asks for it where nobody has")
  func marker() {
    let driver = driver().answerAll().press("m")
    driver.expect { $0.detail?.why.selectedRow?.isHeading == true }
      .expectScreen("marker ∙ written 25m ago")
    let live = self.driver(Fixture.inFlight)
    guard let item = Fixture.inFlight.jobs.first, let build = item.build?.key,
      let location = item.markerLocation
    else { return }
    live.press("m").effects(
      .inspect(Fixture.key(306), attempt: 1, .marker(build, location)))
    live.answer(.marker(build, location), .marker(nil)).expectScreen("there is none")
    self.driver(Fixture.unclaimed).press("m").expectNotice("no build is known", .warning)
  }

  @Test("c shows both links with their tiers and evidence, follows the cursor, and esc hides them")
  func link() {
    var deploy = broken
    deploy.jobs[0].correlation = Correlation(
      requested: BuildLink(build: Fixture.noBuild, tier: .heuristic, evidence: ["27 s after"]),
      ranOn: deploy.jobs[0].correlation.ranOn)
    let driver = driver(deploy).press("c")
    driver.expectScreen(
      "runner of 빌드와 배포", "started for it:", "heuristic link", "27 s after",
      "ran on: deploy-prd:cccc-1 ∙ exact link", "codebuild-runner-7",
      "labels: codebuild-deploy-302-1")
    driver.press("escape").expectNotOnScreen("exact link: the").expect { $0.focus == .detail }
    #expect(driver.detail?.showsLink == false)
    driver.press("escape").expect { $0.screens.isEmpty }
  }

  @Test("o and y take the step's, the job's and the attempt's page")
  func addresses() {
    let page = "https://github.com/acme/shop/actions/runs/302"
    driver().press("o").effects(.openInBrowser("\(page)/job/9#step:5:1"))
    driver().press("g", "y").effects(.copy("\(page)/job/9"))
    driver(Fixture.groups).press("g", "o").effects(
      .openInBrowser("https://github.com/acme/web/actions/runs/307"))
  }

  @Test("d and r work as on the board")
  func operations() {
    driver().press("r").expect { $0.screens.count == 2 }.expectScreen("Retry")
    driver().press("d").effects(.loadDispatchForm(Fixture.target(302), ref: Fixture.ref(302)))
    driver(Fixture.inFlight).press("r").expectNotice("still running", .warning)
  }

  @Test("Help names the keys, and why one does not work now")
  func help() {
    driver(columns: 120, rows: 80).press("?").expectScreen(
      "Keys on a run's screen", "Open the logs of all jobs", "Show the attempt before this one.")
  }

  @Test("Pages and ends move in the pane that has the keys")
  func moving() {
    let driver = driver(columns: 80, rows: 24).answerAll()
    driver.press("G").expect { $0.detail?.table.selection == .job(10) }
    driver.press("pgup", "pgup", "pgup").expect { $0.detail?.table.selection == .job(9) }
    driver.press("tab", "G").expect { $0.detail?.why.selection == .artifact(70) }
    driver.press("g").expect { $0.detail?.why.selection == .heading(.job(9)) }
  }
}
