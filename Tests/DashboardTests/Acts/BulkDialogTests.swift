import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Acting on everything that is marked")
struct BulkDialogTests {
  private static let cancels: [Mutation] = [
    Fixture.cancel(101), Fixture.cancel(102), Fixture.cancel(103, in: Fixture.web),
  ]
  private static let previews = cancels.map(Effect.preview)

  /// Three runs of dev marked, and one that is over.
  private func marked() -> Driver {
    Driver().press("1", "space", "space", "space", "down", "space")
      .expect { $0.marks.count == 4 }
  }

  /// Confirmed, and in the time in which it can be called back.
  private func confirmed() -> Driver {
    let driver = marked().press("x")
    driver.expectScreen("Stop 4 marked deploys", "3 of 4", "none of them").press("enter")
      .effects(Self.previews[0], Self.previews[1], Self.previews[2])
    driver.expectScreen(
      "Cancel 3 deploys?", "shop #128 in dev", "left out", "shop #127 in dev",
      "over already: success", "shop-dev-20261112-03, cancel; it is running")
    return driver.press("y").effects().expect { $0.focus == .undo }
  }

  private func running() -> Driver {
    confirmed().wait(1...1).press("s").effects(.mutateAll(1, Self.cancels))
  }

  @Test("Nothing goes out before three whole seconds have been on the screen")
  func window() {
    let driver = confirmed().expectScreen("3 changes in 3s: nothing is sent yet")
    driver.wait(1...1).effects().expectScreen("in 3s").wait(2...2).expectScreen("in 2s")
    driver.wait(3...3).effects().expectScreen("in 1s")
    driver.wait(4...4).effects(.mutateAll(1, Self.cancels)).expect { $0.focus == .busy }
    driver.wait(5...9).effects()
  }

  @Test("A clock that jumps or a stopped program does not take the time away")
  func jumps() {
    let driver = confirmed().wait(1...1).send(.tick(Fixture.after(3_600))).effects()
    driver.send(.tick(Fixture.after(3_600.1))).send(.tick(Fixture.after(10))).effects()
    driver.expectScreen("in 2s").wait(11...11).effects().wait(12...12)
      .effects(.mutateAll(1, Self.cancels))
  }

  @Test("What cannot be seen does not count down")
  func covered() {
    let driver = confirmed().wait(1...1).press("?").wait(2...9).effects()
    driver.press("escape").send(.resized(Size(columns: 30, rows: 5))).wait(10...15).effects()
    driver.send(.resized(Size(columns: 80, rows: 24))).expectScreen("in 3s")
  }

  @Test(
    "u and escape call it back: nothing is sent and the marks stay", arguments: ["u", "escape"])
  func undo(_ key: String) {
    let driver = confirmed().wait(1...3).press(key == "u" ? "u" : "escape").effects()
    driver.expectNotice("called back: nothing was sent", .info).wait(4...9).effects()
      .expect { $0.screens.isEmpty && $0.marks.count == 4 && $0.bulkUnderway == nil }
  }

  @Test("s sends at once, but not what was typed ahead")
  func sendNow() {
    confirmed().press("s").effects().expectNotice("only just confirmed", .warning)
      .wait(1...1).expectScreen("s sends them now").press("s")
      .effects(.mutateAll(1, Self.cancels)).press("s").effects()
  }

  @Test(
    "The key that confirmed takes no time away, however long it is held", arguments: ["enter", "y"])
  func held(_ key: String) {
    let driver = confirmed()
    for second in 1...3 {
      for _ in 0..<30 { driver.press(key == "y" ? "y" : "enter").effects() }
      driver.expect { $0.focus == .undo }.wait(second...second).effects()
    }
    driver.wait(4...4).effects(.mutateAll(1, Self.cancels))
  }

  @Test("Each gets a result; marks of what is done go, the others stay")
  func results() {
    let driver = running().send(.bulk(1, .sending(0))).expectScreen("being sent", "3 to come")
    driver.send(.bulk(1, .ended(0, .done(message: "GitHub cancels #128", run: nil))))
      .expectScreen("✓ shop #128 in dev  GitHub cancels #128", "1 done, 2 to come")
    driver.send(.bulk(1, .sending(1)))
      .send(.bulk(1, .ended(1, .refused(message: "It is over.", remedy: "Look."))))
      .expectScreen("refused: It is over. Look.")
    driver.send(.bulk(1, .sending(2))).send(.bulk(1, .ended(2, .unknown(message: "Lost."))))
      .expectScreen("nobody knows whether it was done: Lost.")
    driver.send(.bulk(1, .finished)).effects(.refreshNow)
      .expectScreen("1 done, 1 refused, 1 unknown, 1 deploy left out", "enter closes this")
    driver.expect { $0.marks.count == 3 && !$0.marks.contains(Fixture.key(101)) }
      .expect("what may have been taken counts") {
        Set($0.cancels.keys) == [Fixture.key(101), Fixture.key(103, in: Fixture.web)]
      }
    driver.press("enter").effects().expect { $0.screens.isEmpty && $0.bulkUnderway == nil }
  }

  @Test("A rate limit pauses, says until when and why, and goes on")
  func pause() {
    let driver = running().send(.bulk(1, .sending(0)))
      .send(.bulk(1, .paused(until: Fixture.after(60), why: "secondary rate limit")))
    driver.expectScreen("paused until", "secondary rate limit", "3 to come")
    driver.send(.bulk(1, .sending(0))).expectNotOnScreen("paused until")
    driver.send(.bulk(1, .ended(0, .done(message: "ok", run: nil)))).expectScreen("1 done")
  }

  @Test("Escape stops before the next one, and says what was sent and what was not")
  func stopping() {
    let driver = running().send(.bulk(1, .sending(0))).press("escape").effects(.stopBulk(1))
    driver.expectScreen("stopping: nothing is sent after what is on its way")
    driver.send(.bulk(1, .ended(0, .done(message: "ok", run: nil))))
    driver.send(.bulk(1, .finished)).effects(.refreshNow)
      .expectScreen("1 done, 2 not sent", "not sent").expect { $0.marks.count == 3 }
  }

  @Test("Who leaves it to itself is told how what was on its way ended")
  func left() {
    let driver = running().send(.bulk(1, .sending(0))).press("escape").drain().press("escape")
    driver.effects().expectNotice("what is on its way goes on", .info)
      .expect { $0.screens.isEmpty }
    driver.send(.bulk(1, .ended(0, .unknown(message: "Lost.")))).expectNotice("Lost.", .error)
    driver.send(.bulk(1, .finished)).effects(.refreshNow)
    let next = driver.press("x", "enter").drain().press("y").wait(20...20).press("s")
    next.effects(.mutateAll(2, Self.cancels))
    next.send(.bulk(1, .sending(0))).expectNotOnScreen("being sent")
  }

  @Test("Protected environments are named in one line, in the order of the board")
  func names() {
    let snapshot = Fixture.board {
      $0.sections[1].environment.isProtected = true
      $0.sections[1].deploys[1].state = .completed(.failure)
      $0.sections[1].deploys[1].jobs[0].job.conclusion = .failure
    }
    let mutations = [Fixture.retry(202, "stg"), Fixture.retry(302, attempt: 2, "prd")]
    let driver = Driver(snapshot).press("*", "r").expectScreen("(*) failed jobs", "of 11")
    driver.press("D", "D", "enter").drain().expect { $0.focus == .name }
    let dev = driver.model.confirmation?.environment
    #expect(dev == "stg prd")
    driver.type("prd").press("enter").effects().expectNotice("type stg prd to go on", .warning)
    driver.press("ctrl-u").type("stg prd").press("enter").effects().wait(1...3)
    let cancelled = Fixture.retry(98, "dev")
    driver.wait(4...4).effects(.mutateAll(1, mutations + [cancelled]))
  }

  @Test("All jobs with debug logs are another choice")
  func allJobs() {
    let driver = Driver().press("space", "r", "down", "D", "enter").drain()
    driver.type("prd").press("enter")
    driver.expectScreen("with debug logs").wait(1...4)
      .effects(
        .mutateAll(1, [Fixture.retry(302, attempt: 2, scope: .allJobs, isDebug: true, "prd")]))
  }

  @Test("What changed meanwhile is left out with its reason, and stays out; the others go")
  func changedMeanwhile() {
    let driver = marked().press("x", "enter").drain()
    let changed = Fixture.board {
      $0.sections[0].deploys[1].run.attempt = 2
      $0.sections[0].deploys[2].state = .completed(.success)
    }
    driver.send(.snapshot(changed)).expectScreen(
      "Cancel 1 deploy?", "somebody else was faster: attempt 2 exists",
      "it is over by now: success")
    driver.send(.snapshot(Fixture.snapshot)).expectScreen("Cancel 1 deploy?")
    driver.press("y").wait(1...1).press("s").effects(.mutateAll(1, [Self.cancels[0]]))
  }

  @Test("A run that left the board is not cancelled; going back and on again says so too")
  func vanished() {
    let driver = marked().press("x", "enter").drain()
    let less = Fixture.board { $0.sections[0].deploys.remove(at: 1) }
    driver.send(.snapshot(less)).expectScreen(
      "Cancel 2 deploys?", "the run is no longer on the board")
    let rest = [Self.cancels[0], Self.cancels[2]]
    driver.press("escape", "enter").effects(.preview(rest[0]), .preview(rest[1]))
      .expectScreen("Cancel 2 deploys?", "the run is no longer on the board")
    driver.press("y").wait(1...1).send(.snapshot(Fixture.board { $0.sections[0].deploys = [] }))
    driver.press("s").effects().expectNotice("nothing was sent", .warning)
      .expect { $0.screens.isEmpty && $0.bulkUnderway == nil }
  }

  @Test("Where all of it changed there is nothing to send")
  func allChanged() {
    let driver = marked().press("x", "enter").drain()
    driver.send(.snapshot(Fixture.readOnly(0))).expectScreen("read-only: --read-only was given")
    driver.press("y").effects().expectNotice("nothing is left to send", .warning)
  }

  @Test("A run that is too old for the board is run again all the same")
  func aged() {
    let driver = Driver().press("*", "r", "enter").drain().expectScreen("Retry 2 deploys?")
    driver.send(.snapshot(Fixture.board { $0.sections[2].deploys.remove(at: 1) }))
    driver.expectNotice("1 of the marked runs left the board", .warning)
      .type("prd").press("enter").wait(1...1).press("s")
      .effects(.mutateAll(1, [Fixture.retry(302, attempt: 2, "prd"), Fixture.retry(98, "dev")]))
  }

  @Test("A retry of an older run says so in its line; protected ones stand first, with their refs")
  func older() {
    let driver = Driver().press("*", "r", "down", "enter").drain().expectScreen(
      "#128 is newer (in_progress): this puts the older commit back",
      "결제-api #23.2 in prd protected", "20261112-06, run again: all 2")
    let lines = driver.screen.split(separator: "\n").map(String.init)
    let protected = lines.lastIndex { $0.contains("in prd protected") }
    let other = lines.firstIndex { $0.contains("➜") && $0.contains("in dev") }
    if let protected, let other { #expect(protected < other) } else { Issue.record("no lines") }
  }

  @Test("What is sent is told in one line, as soon as it is known of all")
  func requests() {
    let driver = marked().press("x", "enter").drain()
    for (index, mutation) in Self.cancels.enumerated() {
      driver.expectNotOnScreen("what is sent")
      let planned = PlannedRequest(
        method: "POST", url: "https://api.github.com/repos/a/b/actions/runs/\(index)/cancel")
      driver.send(.previewed(mutation, [planned]))
    }
    driver.expectScreen("what is sent: POST …/cancel, 3 times")
  }

  @Test("A reason that more than three share is told once")
  func grouped() {
    var fourth = Fixture.succeeded
    fourth.run.key = Fixture.key(310)
    let snapshot = Fixture.board { $0.sections[0].deploys.append(fourth) }
    Driver(snapshot).press("*", "x", "enter").drain()
      .expectScreen("shop #31 in prd", "cancel; it waits for approval")
      .expectScreen("4 left out: over already: success", "over already: failed")
      .expectNotOnScreen("shop #127 in dev")
  }

  @Test("What was called back before it was sent is not counted as refused")
  func calledBack() {
    let driver = running().send(.bulk(1, .sending(0))).press("escape").drain()
    driver.send(.bulk(1, .calledBack(0))).send(.bulk(1, .finished)).drain()
      .expectScreen("shop #128 in dev  not sent: called back", "1 called back, 2 not sent")
      .expectNotOnScreen("refused")
  }

  @Test("A message without a full stop and its remedy are two sentences")
  func sentences() {
    running().send(.bulk(1, .ended(0, .refused(message: "it is over", remedy: "Look."))))
      .expectScreen("refused: it is over. Look.")
  }

  @Test("Where nothing can be done to any of them, each says why")
  func nothing() {
    let driver = Driver().press("G", "space", "P").effects()
      .expectScreen("Nothing can be done to any of them.", "waits for nobody's approval")
    driver.press("enter").effects().expect { $0.screens.isEmpty }
  }

  @Test("Read-only environments are left out, and named where there is nothing else")
  func readOnly() {
    let driver = Driver(Fixture.readOnly(2)).press("1", "space", "3", "space", "x", "enter").drain()
      .expectScreen("Cancel 1 deploy?", "read-only: --read-only was given")
    driver.press("escape", "escape", "u", "3", "space", "x")
      .expectNotice("read-only: --read-only was given", .warning)
  }

  @Test("Each marked run is asked what holds it back, and one comment goes with all answers")
  func review() {
    var second = Fixture.waiting
    second.run.key = Fixture.key(310)
    second.run.number = 32
    var third = second
    third.run.key = Fixture.key(311)
    third.run.number = 33
    let snapshot = Fixture.board { $0.sections[2].deploys += [second, third] }
    let keys: [RunKey] = [Fixture.key(301), Fixture.key(310), Fixture.key(311)]
    let driver = Driver(snapshot).press("/").type("approval").press("enter", "*", "P")
      .effects(.loadPending(keys[0]), .loadPending(keys[1]), .loadPending(keys[2]))
      .expectScreen("asking GitHub what holds them back: 0 of 3").expect { $0.focus == .busy }
    driver.send(.pendingLoaded(keys[0], .pending([Fixture.pending(7, "production")])))
    driver.send(
      .pendingLoaded(
        keys[1],
        .pending([Fixture.pending(7, "production"), Fixture.pending(8, "qa", mine: false)])))
    driver.expectScreen("2 of 3")
    driver.send(.pendingLoaded(keys[2], .pending([Fixture.pending(8, "qa", mine: false)])))
    driver.expectScreen("2 of 3, their jobs go on").press("down", "enter").type("not today")
    driver.press("enter").drain().expectScreen(
      "Reject 2 deploys?", "reject production; qa is not yours",
      "qa has reviewers: minsu, @ops; you may not answer",
      "comment: not today")
    driver.type("prd").press("enter").wait(1...4)
    let target = ReviewRequest.Target(id: 7, name: "production")
    driver.effects(
      .mutateAll(
        1,
        keys.prefix(2).map {
          .review(
            ReviewRequest(
              run: $0, attempt: 1, targets: [target], isApproval: false, comment: "not today",
              environment: "prd"))
        }))
  }

  @Test("Idle builds of marked runs are stopped, each by its id")
  func builds() {
    let snapshot = Fixture.board { $0.sections[0].deploys = [Fixture.abandoned(300)] }
    let driver = Driver(snapshot).press("1", "space", "x")
      .expectScreen("(*) stop builds", " -  cancel").press("enter").drain().press("y").wait(1...4)
    driver.effects(
      .mutateAll(
        1,
        [
          .stopBuild(
            StopBuildRequest(
              build: Fixture.abandonedBuild, run: Fixture.key(140), environment: "dev"))
        ]))
  }

  @Test("A run that stands in two environments counts once, to the protected one")
  func twice() {
    let snapshot = Fixture.board { snapshot in
      var copy = Fixture.running
      copy.environment = "prd"
      snapshot.sections[2].deploys.append(copy)
    }
    Driver(snapshot).press("1", "space", "x", "enter").drain().expect {
      $0.confirmation?.environment == "prd"
    }
    .expectScreen("Cancel 1 deploy?", "shop #128 in prd")
  }
}
