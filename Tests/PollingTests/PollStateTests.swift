import Deploys
import Foundation
import GitHub
import Polling
import Testing

struct PollStateTests {
  @Test func aQueuedDeployIsJoinedWithItsBuild() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7)]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued)]
    script.builds[devScope] = [makeBuild("aaaaaaaa-1")]
    driver.settle(script.answer)
    let snapshot = driver.state.snapshot(at: driver.now)
    let deploy = try #require(snapshot.deploys.first)
    #expect(snapshot.isComplete)
    #expect(deploy.environment == "dev")
    #expect(deploy.service == "shop")
    #expect(deploy.state == .queued)
    #expect(deploy.jobs[0].phase.name == "PROVISIONING")
    #expect(deploy.jobs[0].correlation.best?.tier == .heuristic)
    #expect(deploy.jobs[0].build?.account == "111111111111")
  }

  @Test func otherWorkflowsAreLeftOut() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(1, workflow: "ci"), makeRun(2, workflow: "action-a-stg-deploy")]
    driver.settle(script.answer)
    #expect(driver.state.snapshot(at: driver.now).deploys.isEmpty)
    #expect(!driver.asked.contains { if case .loadJobs = $0 { true } else { false } })
  }

  @Test func theListedWorkflowNameWinsOverTheRunsOwn() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(1, workflow: "Deploy of 2026-11-23 by kim")]
    driver.settle { action in
      if case .listWorkflows = action {
        return .workflows(
          .modified([
            Workflow(id: 1, name: "action-shop-dev-deploy", path: "p", state: "active")
          ]))
      }
      return script.answer(action)
    }
    #expect(driver.state.snapshot(at: driver.now).deploys.map(\.service) == ["shop"])
  }

  @Test func oneLabelInTwoAccountsIsNotConfused() throws {
    var driver = try PollDriver()
    var script = Script()
    let prd = makeRun(8, workflow: "action-shop-prd-deploy")
    script.runs = [makeRun(7), prd]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued)]
    script.jobs[prd.key] = [makeJob(80, run: 8, status: .queued)]
    script.builds[devScope] = [makeBuild("aaaaaaaa-1", devScope, account: "111111111111")]
    script.builds[prdScope] = [
      makeBuild("bbbbbbbb-2", prdScope, phase: "QUEUED", account: "333333333333")
    ]
    driver.settle(script.answer)
    let deploys = driver.state.snapshot(at: driver.now).deploys
    let found = Dictionary(
      uniqueKeysWithValues: deploys.map { ($0.environment, $0.jobs[0].build?.account) })
    #expect(found == ["dev": "111111111111", "prd": "333333333333"])
  }

  @Test func finishedRunsAreAskedForOnce() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = (1...5).map {
      makeRun($0, status: .completed, conclusion: .success, created: -3600, updated: -3000)
    }
    for run in script.runs {
      script.jobs[run.key] = [
        makeJob(
          run.key.id * 10, run: run.key.id, status: .completed, conclusion: .success,
          created: -3600, started: -3500, completed: -3000)
      ]
    }
    driver.settle(script.answer)
    let jobCalls = driver.asked.count { if case .loadJobs = $0 { true } else { false } }
    #expect(jobCalls == 5)
    let later = driver.pass(300, script.answer)
    #expect(!later.contains { if case .loadJobs = $0 { true } else { false } })
    #expect(
      later.allSatisfy { action in
        switch action {
        case .listRuns, .listWorkflows, .loadProjects: true
        default: false
        }
      })
    let listings = later.count { if case .listRuns = $0 { true } else { false } }
    #expect((18...23).contains(listings), "\(listings) listings in five quiet minutes")
  }

  @Test func activeRunsAreLookedAtAboutEveryThreeSeconds() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7)]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .inProgress, started: -10)]
    script.builds[devScope] = [makeBuild("aaaaaaaa-1", phase: "BUILD")]
    driver.settle(script.answer)
    let asked = driver.pass(60, script.answer)
    let jobs = asked.count { if case .loadJobs = $0 { true } else { false } }
    let builds = asked.count { if case .loadBuilds = $0 { true } else { false } }
    #expect((17...23).contains(jobs), "\(jobs)")
    #expect((17...23).contains(builds), "\(builds)")
  }

  @Test func aFinishedBuildsMarkerIsLookedForOnceMore() throws {
    var driver = try PollDriver()
    var script = Script()
    let run = makeRun(7)
    script.runs = [run]
    script.jobs[run.key] = [
      makeJob(
        70, run: 7, status: .completed, conclusion: .failure, started: -20, completed: -5)
    ]
    script.builds[devScope] = [makeBuild("aaaaaaaa-1", phase: "POST_BUILD")]
    driver.settle(script.answer)
    func looks() -> Int {
      driver.asked.count { if case .readMarker = $0 { true } else { false } }
    }
    #expect(looks() == 1)
    script.runs = [makeRun(7, status: .completed, conclusion: .failure, updated: 5)]
    script.builds[devScope] = [
      makeBuild("aaaaaaaa-1", status: .failed, phase: "COMPLETED", ended: 4)
    ]
    script.markers["runner:aaaaaaaa-1"] = .failed
    driver.pass(60, script.answer)
    let after = looks()
    #expect(driver.state.snapshot(at: driver.now).deploys[0].jobs[0].marker == .failed)
    driver.pass(120, script.answer)
    #expect(looks() == after)
  }

  @Test func aFailingAccountLeavesTheOthersAlive() throws {
    var driver = try PollDriver()
    var script = Script()
    let prd = makeRun(8, workflow: "action-shop-prd-deploy")
    script.runs = [makeRun(7), prd]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued)]
    script.jobs[prd.key] = [makeJob(80, run: 8, status: .queued)]
    script.builds[devScope] = [makeBuild("aaaaaaaa-1")]
    let refusal = PollFailure(message: "AccessDenied for acme-prd", remedy: "Allow it.")
    for task in [
      PollTask.projects(prdScope), .buildList(ProjectKey(scope: prdScope, name: "runner")),
    ] { script.failures[task] = refusal }
    driver.settle(script.answer)
    let snapshot = driver.state.snapshot(at: driver.now)
    #expect(snapshot.sections[0].failures.isEmpty)
    #expect(snapshot.sections[0].deploys[0].jobs[0].phase.name == "PROVISIONING")
    #expect(snapshot.sections[1].failures.map(\.failure?.message) == ["AccessDenied for acme-prd"])
    #expect(
      snapshot.sections[1].deploys[0].jobs[0].phase == .unreadable("AccessDenied for acme-prd"))
    // Mended, it recovers by itself.
    script.failures = [:]
    script.builds[prdScope] = [makeBuild("bbbbbbbb-2", prdScope)]
    driver.pass(90, script.answer)
    #expect(driver.state.snapshot(at: driver.now).sections[1].failures.isEmpty)
  }

  @Test func failuresBackOff() throws {
    var driver = try PollDriver()
    var script = Script()
    script.failures[.runs(shop)] = PollFailure(message: "502", remedy: "")
    let asked = driver.pass(600, script.answer)
    let listings = asked.count { if case .listRuns = $0 { true } else { false } }
    #expect((10...16).contains(listings), "\(listings) listings in ten failing minutes")
    let health = driver.state.snapshot(at: driver.now).sections[0].sources[0]
    #expect(health.failure?.since == noon)
  }

  @Test func aRateLimitPausesGitHubAndNothingElse() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7)]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued)]
    script.builds[devScope] = [makeBuild("aaaaaaaa-1")]
    driver.settle(script.answer)
    script.failures[.jobs(script.runs[0].key)] = PollFailure(
      message: "limit", remedy: "", retryAt: driver.now + 120, pausesGitHub: true)
    driver.pass(10, script.answer)
    #expect(driver.state.snapshot(at: driver.now).pausedUntil != nil)
    let paused = driver.pass(90, script.answer)
    #expect(paused.allSatisfy { !$0.task.isGitHub })
    #expect(paused.contains { if case .loadBuilds = $0 { true } else { false } })
    script.failures = [:]
    let resumed = driver.pass(60, script.answer)
    #expect(resumed.contains { $0.task == .runs(shop) })
  }

  @Test func aNewRunIsFollowedFromItsFirstSecond() throws {
    var driver = try PollDriver()
    var script = Script()
    driver.settle(script.answer)
    let key = RunKey(repository: shop, id: 99)
    driver.state.track(key, at: driver.now)
    script.runs = [makeRun(99, status: .queued, created: 0)]
    let asked = driver.turn(script.answer)
    #expect(asked.contains(.loadRun(key)))
    #expect(driver.state.snapshot(at: driver.now).deploys.map(\.id) == [key])
  }

  @Test func aRetriedRunShowsItsNewAttempt() throws {
    var driver = try PollDriver()
    var script = Script()
    let key = RunKey(repository: shop, id: 7)
    script.runs = [makeRun(7, status: .completed, conclusion: .failure)]
    script.jobs[key] = [makeJob(70, run: 7, status: .completed, conclusion: .failure)]
    driver.settle(script.answer)
    script.runs = [makeRun(7, status: .queued, attempt: 2, updated: 30)]
    script.jobs[key] = [makeJob(71, run: 7, status: .queued, created: 30)]
    driver.state.track(key, at: driver.now)
    driver.pass(2, script.answer)
    let deploy = try #require(driver.state.snapshot(at: driver.now).deploy(key))
    #expect(deploy.run.attempt == 2)
    #expect(deploy.jobs.map(\.id) == [71])
    // A listing that lags behind does not bring the old attempt back.
    script.runs = [makeRun(7, status: .completed, conclusion: .failure)]
    driver.pass(20, script.answer)
    #expect(driver.state.snapshot(at: driver.now).deploy(key)?.run.attempt == 2)
  }

  @Test func olderPagesAreReadUntilThereIsEnough() throws {
    var driver = try PollDriver()
    let script = Script()
    let asked = driver.settle { action in
      guard case .listRuns(_, let page) = action else { return script.answer(action) }
      let runs = (1...5).map {
        makeRun(
          Int64(1000 - page * 10 - $0), workflow: "ci", status: .completed, conclusion: .success)
      }
      return .runs(.modified(RunPage(runs: runs, totalCount: 100, hasNext: true)))
    }
    let pages = asked.compactMap { if case .listRuns(_, let page) = $0 { page } else { nil } }
    #expect(pages == [1, 2, 3, 4])
  }

  @Test func aMissingProjectIsNamed() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7)]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued)]
    script.missingProjects = ["runner"]
    driver.settle(script.answer)
    let section = driver.state.snapshot(at: driver.now).sections[0]
    #expect(section.failures[0].failure?.message.contains("no CodeBuild project runner") == true)
    let later = driver.pass(50, script.answer)
    #expect(!later.contains { if case .listBuilds = $0 { true } else { false } })
  }

  @Test func concurrencyIsBounded() throws {
    let repositories = (0..<50).map { RepositoryName(owner: "acme", name: "r\($0)") }
    var driver = try PollDriver(repositories: repositories)
    let first = driver.state.due(at: driver.now)
    #expect(first.count == Schedule.standard.concurrency)
    #expect(driver.state.due(at: driver.now).isEmpty)
  }

  @Test func anIdleHourWithUnchangedAnswersChargesNothing() throws {
    let repositories = (0..<10).map { RepositoryName(owner: "acme", name: "r\($0)") }
    var driver = try PollDriver(repositories: repositories)
    var script = Script()
    driver.settle(script.answer)
    script.isUnchanged = true
    let asked = driver.pass(300, script.answer)
    #expect(asked.count > 150)
    #expect(asked.allSatisfy { if case .listRuns = $0 { true } else { false } })
  }
}

struct PollStateThrottleTests {
  @Test func aMomentOfThrottlingDoesNotHideWhatIsKnown() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7, created: -900)]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued, created: -900)]
    driver.settle(script.answer)
    let project = ProjectKey(scope: devScope, name: "runner")
    script.failures[.buildList(project)] = PollFailure(message: "throttled", remedy: "")
    driver.pass(31, script.answer)
    let section = driver.state.snapshot(at: driver.now).sections[0]
    #expect(section.failures.count == 1)
    #expect(section.deploys[0].jobs[0].phase.name == "unclaimed")
    driver.pass(60, script.answer)
    #expect(
      driver.state.snapshot(at: driver.now).sections[0].deploys[0].jobs[0].phase
        == .unreadable("throttled"))
  }

  @Test func whatIsOldIsCalledUnreadableThoughNothingElseIsNew() throws {
    var driver = try PollDriver()
    var script = Script()
    script.runs = [makeRun(7, created: -900)]
    script.jobs[script.runs[0].key] = [makeJob(70, run: 7, status: .queued, created: -900)]
    driver.settle(script.answer)
    script.isUnchanged = true
    let project = ProjectKey(scope: devScope, name: "runner")
    script.failures[.buildList(project)] = PollFailure(message: "throttled", remedy: "")
    driver.pass(120, script.answer)
    #expect(
      driver.state.snapshot(at: driver.now).sections[0].deploys[0].jobs[0].phase
        == .unreadable("throttled"))
  }
}
