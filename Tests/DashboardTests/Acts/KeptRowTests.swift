import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("What was just acted on stays in sight")
struct KeptRowTests {
  private static let row = Fixture.row("dev", 101)

  /// The board after the first run of dev was cancelled.
  private static let over = Fixture.board { snapshot in
    snapshot.sections[0].deploys[0].run.status = .completed
    snapshot.sections[0].deploys[0].run.conclusion = .cancelled
    snapshot.sections[0].deploys[0].state = .completed(.cancelled)
  }

  /// Cancels the first run of dev, where something else hides it afterwards.
  private func cancelled(_ hide: (Driver) -> Void) -> Driver {
    let driver = Driver()
    hide(driver)
    driver.press("1").expectSelection(Self.row).press("x", "enter").drain().press("y").drain()
    driver.send(.mutated(Fixture.cancel(101), .done(message: "cancels", run: Fixture.key(101))))
      .drain().send(.tick(Fixture.after(60)))
    return driver.send(.snapshot(Self.over)).expectSelection(Self.row)
  }

  private func isShown(_ model: Model) -> Bool { model.board.rows.contains { $0.id == Self.row } }

  @Test("A cancelled run that the filter would hide stays, marked, until the cursor leaves it")
  func filter() {
    let driver = cancelled { $0.press("/").type("running").press("enter") }
    driver.expectScreen("~dev shop", "2 of 6 match", "the filter would hide this")
    driver.expect { $0.board.matches == 2 && $0.board.selectedRow?.isOutside == true }
    driver.send(.snapshot(Self.over)).expectSelection(Self.row)
    driver.press("e", "down").expect("its jobs belong to it") { isShown($0) }
    driver.press("up", "down", "down").expect { !isShown($0) && $0.board.matches == 2 }
    driver.press("up", "up", "up").expect { !isShown($0) }
  }

  @Test("Another filter lets go of it")
  func otherFilter() {
    let driver = cancelled { $0.press("/").type("running").press("enter") }
    driver.press("/", "backspace").expect { !isShown($0) }
    driver.press("escape").expectSelection(Self.row).expectNotOnScreen("~dev")
  }

  @Test("So it is where only what goes on is shown")
  func activeOnly() {
    let driver = cancelled { $0.press("a") }
    driver.expectScreen("~dev shop").press("down").expect { !isShown($0) }
  }

  @Test("Without a filter nothing is marked, and leaving the row hides nothing")
  func unfiltered() {
    let driver = cancelled { _ in }
    driver.expectNotOnScreen("~dev").press("down").expect { isShown($0) }
  }

  @Test("All that was marked and sent stays, and each goes when the cursor has been there")
  func bulk() {
    let driver = Driver().press("/").type("running").press("enter", "1", "space", "space")
    driver.press("x", "enter").drain().press("y").drain().wait(1...4).drain()
    let ids = [Self.row, Fixture.row("dev", 103, in: Fixture.web)]
    let over = Fixture.board { snapshot in
      for index in [0, 2] { snapshot.sections[0].deploys[index].state = .completed(.cancelled) }
    }
    driver.send(.snapshot(over)).expect { model in
      ids.allSatisfy { id in model.board.rows.contains { $0.id == id && $0.isOutside } }
    }
  }

  @Test("A new run is gone to whatever the filter says, and leaves with the cursor")
  func newRun() {
    let driver = Driver().press("/").type("prd").press("enter")
    let id = Fixture.row("dev", 160)
    driver.act {
      $0.followed = .run(Fixture.key(160))
      return []
    }
    let more = Fixture.board {
      $0.sections[0].deploys.insert(
        Fixture.deploy(
          Fixture.run(160, "shop", "dev", number: 160, status: .queued, started: 1), "shop", "dev",
          []), at: 0)
    }
    driver.send(.snapshot(more)).expectSelection(id).expectScreen("~dev shop")
    driver.press("up").expect { model in !model.board.rows.contains { $0.id == id } }
  }

  @Test("The run of a tag is gone to when polling brings it, and no other")
  func tag() throws {
    let driver = Driver().openTag().answerPlan().press("enter").drain().type("prd").press("enter")
      .drain()
    guard case .tag(let request)? = driver.model.underway else {
      Issue.record("nothing was sent")
      return
    }
    driver.send(.mutated(.tag(request), .done(message: "tagged", run: nil))).drain()
      .expect { $0.screens.isEmpty && $0.followed == .ofTag(request) }
    func board(_ change: (inout WorkflowRun) -> Void) -> Snapshot {
      var run = Fixture.run(
        170, request.service, "prd", number: 170, ref: request.tag, status: .queued, started: 1)
      run.headSHA = request.commit
      change(&run)
      let deploy = Fixture.deploy(run, request.service, "prd", [])
      return Fixture.board { $0.sections[2].deploys.insert(deploy, at: 0) }
    }
    let before = driver.model.board.selection
    driver.send(.snapshot(board { $0.headSHA = "another" })).expectSelection(before)
    driver.send(.snapshot(board { $0.ref = "main" })).expectSelection(before)
    driver.send(.snapshot(board { _ in })).expectSelection(Fixture.row("prd", 170))
      .expect { $0.followed == nil }
  }
}
