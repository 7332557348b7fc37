import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Approve or reject")
struct ReviewDialogTests {
  private static let run = Fixture.key(301)

  private static func review(
    _ targets: [(Int64, String)], isApproval: Bool = true, _ comment: String = ""
  ) -> Mutation {
    .review(
      ReviewRequest(
        run: run, attempt: 1, targets: targets.map { .init(id: $0.0, name: $0.1) },
        isApproval: isApproval, comment: comment, environment: "prd"))
  }

  private func driver(
    _ pending: PendingDeployment..., columns: Int = 120, rows: Int = 40
  ) -> Driver {
    Driver(columns: columns, rows: rows).press("!", "P").effects(.loadPending(Self.run))
      .expectScreen("asking GitHub what holds it back").expect { $0.focus == .busy }
      .send(.pendingLoaded(Self.run, .pending(pending)))
  }

  @Test("One environment is approved with a comment, after its name is typed")
  func approves() {
    let mutation = Self.review([(7, "production")], "looks good")
    let driver = driver(
      Fixture.pending(
        7, "production", timer: .minutes(30), since: Fixture.ago(420)))
    driver.expectScreen(
      "[x] production", "reviewers: minsu, @ops; you may answer", "23m00s left")
    driver.expect { $0.focus == .choice }.press("enter").expect { $0.focus == .text }
    driver.type("looks good ").press("enter").effects(.preview(mutation))
      .expectScreen("approved: its jobs go on", "looks good", "cdtop approve 301")
    driver.type("prd").press("enter").effects(.mutate(mutation))
      .expectScreen("telling GitHub that it is approved")
  }

  @Test("A rejection says so, and the answer can be changed by going back")
  func rejects() {
    let mutation = Self.review([(7, "production")], isApproval: false)
    let driver = driver(Fixture.pending(7, "production"))
    driver.press("down", "enter", "shift-tab").expectScreen("(*) reject").press("enter", "enter")
      .effects(.preview(mutation)).expectScreen("rejected: it ends", "cdtop reject 301")
    driver.press("escape").expect { $0.focus == .text }.press("shift-tab", "space", "enter")
    driver.press("enter").effects(.preview(Self.review([(7, "production")])))
  }

  @Test("Of several environments only those that may be answered for can be chosen")
  func several() {
    let driver = driver(
      Fixture.pending(7, "production"), Fixture.pending(8, "audit", mine: false),
      Fixture.pending(9, "canary"))
    driver.expectScreen("[x] production", " -  audit", "minsu, @ops; you may not answer")
    driver.press("down", "space", "enter", "enter", "enter")
      .effects(.preview(Self.review([(7, "production")])))
    driver.press("escape", "shift-tab", "shift-tab", "shift-tab").press("up", "space", "enter")
      .expectScreen("choose one at least").expect { $0.focus == .choice }
    driver.press("down", "space", "enter", "enter", "enter")
      .effects(.preview(Self.review([(9, "canary")])))
  }

  /// A run of stg that waits for GitHub's environments.
  private func driver(
    inStg pending: PendingDeployment..., change: (inout Snapshot) -> Void = { _ in }
  ) -> Driver {
    let snapshot = Fixture.board { snapshot in
      let waiting = snapshot.deploy(DeployID(environment: "prd", run: Self.run))
      for index in snapshot.sections.indices { snapshot.sections[index].deploys = [] }
      if var waiting {
        waiting.environment = "stg"
        snapshot.sections[1].deploys = [waiting]
      }
      change(&snapshot)
    }
    return Driver(snapshot).press("!", "P").effects(.loadPending(Self.run))
      .send(.pendingLoaded(Self.run, .pending(pending)))
  }

  @Test("GitHub's environment that is called like a protected one has to be typed")
  func otherEnvironment() {
    let driver = driver(inStg: Fixture.pending(7, "PRD"))
    driver.press("enter", "enter").drain().expect { $0.focus == .name }
      .expect { $0.confirmation?.environment == "prd" }
    let request = ReviewRequest(
      run: Self.run, attempt: 1, targets: [.init(id: 7, name: "PRD")], isApproval: true,
      comment: "", environment: "stg", confirmed: ["prd"])
    driver.type("prd").press("enter").effects(.mutate(.review(request)))
  }

  @Test("GitHub's environment that is called like a read-only one is not answered for")
  func readOnlyEnvironment() {
    let driver = driver(inStg: Fixture.pending(7, "PRD"), Fixture.pending(9, "canary")) {
      $0.sections[2].environment.readOnlyReason = "a freeze"
    }
    driver.expectScreen(" -  PRD", "prd is read-only: a freeze", "[x] canary")
    driver.press("enter", "enter").drain().expect { $0.focus == .confirm }
    let closed = self.driver(inStg: Fixture.pending(7, "PRD")) {
      $0.sections[2].environment.readOnlyReason = "a freeze"
    }
    closed.expectScreen("prd is read-only: a freeze").expect { $0.focus == .message }
  }

  @Test("Where none may be answered for it is said who may, and nothing can be sent")
  func notMine() {
    let driver = driver(Fixture.pending(8, "audit", mine: false, reviewers: ["jiyoon"]))
    driver.expectScreen("reviewers: jiyoon; you may not answer", "ask one of those who may")
      .expect { $0.focus == .message }
    driver.press("enter").effects().expect { $0.screens.isEmpty }
  }

  @Test("What cannot be read, or holds nothing back, is told")
  func failures() {
    let failure = ReadFailure(
      .denied, message: "GitHub refuses (403).", remedy: "Ask for Actions.")
    Driver().press("!", "P").drain().send(.pendingLoaded(Self.run, .failed(failure)))
      .expectScreen("GitHub refuses (403).", "Ask for Actions.")
    driver().expectScreen("No environment holds the run back any more.")
    Driver().press("!", "P").drain().send(.pendingLoaded(Fixture.key(1), .pending([])))
      .expect { $0.focus == .busy }.press("escape").expect { $0.screens.isEmpty }
  }

  @Test("What does not wait cannot be reviewed, and says why")
  func unavailable() {
    Driver().press("1", "P").expectNotice("it does not wait for approval", .warning)
    var snapshot = Fixture.snapshot
    snapshot.sections[2].deploys[2].state = .completed(.actionRequired)
    Driver(snapshot).press("3", "P").expectNotice("on its own page: o opens it", .warning)
  }

  @Test("A run that somebody else has answered for is not answered for again")
  func changedMeanwhile() {
    let driver = driver(Fixture.pending(7, "production")).press("enter", "enter").drain()
    var snapshot = Fixture.snapshot
    snapshot.sections[2].deploys[0].state = .running
    snapshot.sections[2].deploys[0].jobs[0].job.status = .inProgress
    driver.send(.snapshot(snapshot)).type("prd").press("enter").effects()
      .expectNotice("not sent: it waits for nobody any more", .warning)
  }
}
