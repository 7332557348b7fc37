import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Cancel, force-cancel, stop an idle build")
struct StopDialogTests {
  private static let cancel = Fixture.cancel(101)
  private static let force = Fixture.cancel(101, isForced: true)

  /// A board whose first deploy of dev is this one.
  private static func board(_ deploy: Deploy) -> Snapshot {
    Fixture.board { $0.sections[0].deploys = [deploy] }
  }

  @Test("A run that goes on is cancelled after a question, once")
  func cancels() {
    let driver = Driver().press("1", "x").expectScreen("(*) cancel", "none was asked for")
    driver.press("down", "enter").effects(.preview(Self.cancel))
      .expectScreen("y to cancel it", "cdtop cancel 101")
    driver.press("enter").effects().expectNotice("nothing was sent", .info)
    driver.press("enter").effects(.preview(Self.cancel))
    driver.press("y").effects(.mutate(Self.cancel)).press("y").effects()
    driver.send(.mutated(Self.cancel, .done(message: "cancels", run: Fixture.key(101))))
      .effects(.refreshNow).expect { $0.screens.isEmpty && $0.watched.isEmpty }
  }

  @Test("Force is offered once the cancel has hung for 90 seconds, and says how long is left")
  func forces() {
    let driver = Driver().press("1", "x", "enter").drain().press("y").drain()
    driver.send(.mutated(Self.cancel, .done(message: "cancels", run: Fixture.key(101)))).drain()
    driver.send(.tick(Fixture.after(30))).press("x").expectScreen("1m00s left", "asked for 30s ago")
    driver.press("down", "enter").effects(.preview(Self.cancel)).press("escape")
    driver.send(.tick(Fixture.after(89))).expectScreen("1s left")
    driver.send(.tick(Fixture.after(90))).expectNotOnScreen("left")
      .expectScreen("(*) cancel", "( ) force-cancel")
    driver.press("escape", "x").expectScreen("(*) force-cancel")
    driver.press("enter").effects(.preview(Self.force)).expectScreen("y to end it by force")
    driver.press("y").effects(.mutate(Self.force))
  }

  @Test("A cancel that may have been taken counts, one that was refused does not")
  func counting() {
    for outcome in [
      OperationOutcome.unknown(message: "lost"), .refused(message: "no", remedy: "Wait."),
    ] {
      let driver = Driver().press("1", "x", "enter").drain().press("y").drain()
      driver.send(.mutated(Self.cancel, outcome)).drain().press("escape")
      driver.send(.tick(Fixture.after(91))).press("x")
      let isCounted = if case .unknown = outcome { true } else { false }
      driver.expect { ($0.cancels[Fixture.key(101)] != nil) == isCounted }
      driver.expectScreen(isCounted ? "(*) force-cancel" : "none was asked for")
    }
  }

  @Test("A cancel of an older attempt does not count, nor does one of a run that is gone")
  func attempts() {
    let driver = Driver().press("1", "x", "enter").drain().press("y").drain()
    driver.send(.mutated(Self.cancel, .done(message: "c", run: Fixture.key(101)))).drain()
    var snapshot = Fixture.snapshot
    snapshot.sections[0].deploys[0].run.attempt = 2
    driver.send(.snapshot(snapshot)).send(.tick(Fixture.after(100))).press("x")
      .expectScreen("none was asked for").press("escape")
    snapshot.sections[0].deploys.removeFirst()
    driver.send(.snapshot(snapshot)).expect { $0.cancels.isEmpty }
  }

  @Test("A job that was cancelled in a run that goes on tells of somebody else's cancel")
  func elsewhere() {
    var deploy = Fixture.matrix
    deploy.jobs[0].job.status = .completed
    deploy.jobs[0].job.conclusion = .cancelled
    deploy.jobs[0].job.completedAt = Fixture.ago(100)
    Driver(Self.board(deploy)).press("1", "x")
      .expectScreen("(*) force-cancel", "somebody asked for it 1m40s ago")
    // Where a job failed, others are cancelled by GitHub itself.
    deploy.jobs[1].job.status = .completed
    deploy.jobs[1].job.conclusion = .failure
    Driver(Self.board(deploy)).press("1", "x").expectScreen("none was asked for")
  }

  @Test("An idle build whose job is gone is stopped, by its id")
  func idleBuild() {
    let mutation = Mutation.stopBuild(
      StopBuildRequest(
        build: Fixture.abandonedBuild, run: Fixture.key(140), environment: "dev"))
    let driver = Driver(Self.board(Fixture.abandoned(300))).press("1", "x")
      .expectScreen("(*) stop build", "deploy-dev:aaaa-9, in BUILD")
      .expectNotOnScreen("force-cancel")
    driver.press("enter").effects(.preview(mutation)).expectScreen("cdtop stop-build")
    driver.send(
      .previewed(
        mutation,
        [
          PlannedRequest(
            method: "POST", url: "https://codebuild.ap-northeast-2.amazonaws.com/",
            body: #"{"id":"deploy-dev:aaaa-9"}"#, operation: "CodeBuild_20161006.StopBuild")
        ])
    ).expectScreen("CodeBuild_20161006.StopBuild", #"{"id":"deploy-dev:aaaa-9"}"#)
    driver.press("y").effects(.mutate(mutation)).expectScreen("asking AWS to stop the build")
  }

  @Test("A build that has ended by itself meanwhile is not stopped")
  func endedMeanwhile() {
    let driver = Driver(Self.board(Fixture.abandoned(300))).press("1", "x", "enter").drain()
    var ended = Fixture.abandoned(300)
    ended.jobs[0].build?.status = .succeeded
    driver.send(.snapshot(Self.board(ended))).expectScreen("the build has ended by itself")
    driver.press("y").effects().expectNotice("not sent: the build has ended by itself", .warning)
  }

  @Test("A build is left to itself at first, and one that may be another job's always")
  func notYet() {
    Driver(Self.board(Fixture.abandoned(50))).press("1", "x")
      .expectNotice("it is over; its build may end by itself: 1m10s left", .warning)
    Driver(Self.board(Fixture.abandoned(300, tier: .ambiguous))).press("1", "x")
      .expectNotice("it is over, and no build of it goes on", .warning)
    var late = Fixture.abandoned(300)
    late.jobs[0].job.conclusion = .success
    late.jobs[0].build?.currentPhase = "POST_BUILD"
    Driver(Self.board(late)).press("1", "x").expectNotice("no build of it goes on", .warning)
    Driver().press("x").expectNotice("it is over", .warning)
  }

  @Test("A run that ends while it is asked about is not cancelled")
  func changedMeanwhile() {
    let driver = Driver().press("1", "x", "enter").drain()
    var snapshot = Fixture.snapshot
    snapshot.sections[0].deploys[0].state = .completed(.success)
    driver.send(.snapshot(snapshot)).expectScreen("it is over by now: success")
    driver.press("y").effects().expectNotice("not sent: it is over by now", .warning)
    driver.press("escape", "enter").effects().expect { $0.focus == .choice }
  }

  @Test("A build is left to itself for as long as the limits say")
  func limits() {
    let abandoned = Fixture.abandoned(200)
    func rest(_ limits: Diagnosis.Limits) -> Duration? {
      let model = Model(
        snapshot: Self.board(abandoned), context: "c", limits: limits, now: Fixture.now)
      return model.stopWays(of: abandoned).idleBuilds.first?.rest
    }
    #expect(rest(Diagnosis.Limits()) == .zero)
    #expect(rest(Diagnosis.Limits(afterEnd: .minutes(5))) == .seconds(100))
  }
}
