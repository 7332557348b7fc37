import AWS
import Deploys
import Foundation
import GitHub
import Operations
import Simulation
import Testing
import Transport

@Suite("Refused before it is sent")
struct RefusalTests {
  /// Expects that nothing was sent or written down, and why.
  private func expectRefusal(
    _ mutation: Mutation, in scene: OperatorScene, _ words: String, remedy: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let sent = scene.sent.count
    let outcome = await scene.makeOperator().perform(mutation)
    guard case .refused(let message, let told) = outcome else {
      Issue.record("\(outcome)", sourceLocation: sourceLocation)
      return
    }
    #expect(message.contains(words), "\(message)", sourceLocation: sourceLocation)
    #expect(
      !told.isEmpty && (remedy.isEmpty || told.contains(remedy)), "\(told)",
      sourceLocation: sourceLocation)
    #expect(scene.sent.count == sent, sourceLocation: sourceLocation)
    if scene.state != nil {
      #expect(try scene.audit.isEmpty, sourceLocation: sourceLocation)
    }
  }

  @Test("A read-only environment, for every kind of mutation, with its reason")
  func readOnly() async throws {
    let scene = try OperatorScene(
      Situation.allCases,
      environments: { list in
        for index in list.indices { list[index].readOnlyReason = "read_only: true" }
      })
    let mutations = try await [
      scene.dispatch(), scene.retry(), scene.cancel(), scene.cancel(isForced: true),
      scene.review(), scene.tag(), scene.stopBuild(),
    ]
    let requests = scene.github.requestCount
    for mutation in mutations {
      try await expectRefusal(mutation, in: scene, "is read-only: read_only: true")
    }
    #expect(scene.github.requestCount == requests)
  }

  @Test("An environment that nobody has configured")
  func unknownEnvironment() async throws {
    let scene = try OperatorScene()
    let run = try await scene.failedRun()
    try await expectRefusal(
      .retry(
        RetryRequest(
          run: run.key, attempt: run.attempt, scope: .allJobs, environment: "qa")), in: scene,
      "no environment is called qa", remedy: "dev, stg, prd")
  }

  @Test("No audit log, no mutation")
  func noAuditLog() async throws {
    let scene = try OperatorScene(isAudited: false)
    try await expectRefusal(
      try await scene.retry(), in: scene, "without an audit log", remedy: "XDG_STATE_HOME")
  }

  @Test("What was confirmed for one environment does not happen to another")
  func otherEnvironment() async throws {
    let scene = try OperatorScene([.markedFailure, .buildPhases, .abandonedBuild])
    let run = try await scene.failedRun()
    try await expectRefusal(
      .retry(
        RetryRequest(
          run: run.key, attempt: run.attempt, scope: .allJobs, environment: "prd")), in: scene,
      "deploys to dev, not to prd")
    try await expectRefusal(
      try await scene.dispatch(environment: "stg"), in: scene, "deploys to dev, not to stg")
    try await expectRefusal(
      try await scene.tag(environment: "prd"), in: scene, "is no tag that deploys shop to prd")
    guard case .stopBuild(var stop) = try await scene.stopBuild() else { return }
    stop.environment = "stg"
    try await expectRefusal(.stopBuild(stop), in: scene, "not in the account of stg")
  }

  @Test("A target that cannot be read again")
  func unreadable() async throws {
    let scene = try OperatorScene()
    let retry = try await scene.retry()
    scene.onRequest { request, _ in
      .fail(.notSent(host: request.host, reason: "connection refused"))
    }
    try await expectRefusal(retry, in: scene, "nothing was sent", remedy: "try again")
    scene.onRequest { _, _ in .answer(HTTPResponse(status: 502)) }
    try await expectRefusal(retry, in: scene, "could not be read again")
  }

  // MARK: - Retry

  @Test("A retry of what somebody has retried, or of what still runs, or of what went well")
  func retry() async throws {
    let scene = try OperatorScene([.markedFailure, .buildPhases])
    let retry = try await scene.retry()
    let job = try await scene.retryOfJob()
    try await scene.github.rerun(try await scene.failedRun().key)
    try await expectRefusal(retry, in: scene, "is at attempt 2, not 1", remedy: "newest attempt")
    try await expectRefusal(job, in: scene, "is at attempt 2, not 1")
    let active = try await scene.run(of: "action-auth-prd-deploy") { $0.isActive }
    try await expectRefusal(
      .retry(
        RetryRequest(run: active.key, attempt: 1, scope: .allJobs, environment: "prd")),
      in: scene, "is still", remedy: "Wait")
    let good = try await scene.run(of: "action-auth-dev-deploy") { $0.conclusion == .success }
    try await expectRefusal(
      .retry(
        RetryRequest(
          run: good.key, attempt: good.attempt, scope: .failedJobs, environment: "dev")),
      in: scene, "has no failed jobs", remedy: "all jobs")
  }

  @Test("A job of an older attempt, or of another run")
  func retryOfJob() async throws {
    let scene = try OperatorScene()
    let run = try await scene.run(of: "action-api-stg-deploy") { $0.attempt > 1 }
    let old = try await scene.github.jobs(of: run.key, inAttempt: 1)
    let job = try #require(old.first)
    try await expectRefusal(
      .retry(
        RetryRequest(
          run: run.key, attempt: run.attempt, scope: .job(id: job.id, name: job.name),
          environment: "stg")), in: scene, "belongs to attempt 1, and the newest of",
      remedy: "newest attempt")
    let other = try await scene.failedRun()
    let foreign = try #require(
      try await scene.github.jobs(of: other.key, inAttempt: 1).first)
    try await expectRefusal(
      .retry(
        RetryRequest(
          run: run.key, attempt: run.attempt, scope: .job(id: foreign.id, name: foreign.name),
          environment: "stg")), in: scene, "another run")
  }

  @Test("Thirty days are GitHub's to count: a clock that is wrong by an hour refuses nothing")
  func age() async throws {
    let days = 30.0 * 86_400
    for error in [-3600.0, 0, 3600] {
      let scene = try OperatorScene(clockError: error)
      let retry = try await scene.retry()
      let created = try await scene.failedRun().createdAt
      scene.clock.advance(by: .seconds(days - 1800 - scene.clock.now.timeIntervalSince(created)))
      guard case .done = await scene.makeOperator().perform(retry) else {
        Issue.record("refused by a clock that is \(error) s off")
        continue
      }
    }
    let scene = try OperatorScene(clockError: -3600)
    let retry = try await scene.retry()
    scene.clock.advance(by: .seconds(days + 1800))
    guard case .refused(let message, let remedy) = await scene.makeOperator().perform(retry)
    else {
      Issue.record("not refused")
      return
    }
    #expect(message.contains("older than 30 days") && remedy.contains("anew"))
    #expect(scene.simulator.effects.isEmpty)
    let old = try OperatorScene()
    let late = try await old.retry()
    old.clock.advance(by: .seconds(days + 2 * 86_400))
    try await expectRefusal(late, in: old, "older than 30 days", remedy: "anew")
  }

  // MARK: - Cancel, review

  @Test("A cancel of what has ended, or of an attempt that is not the newest")
  func cancel() async throws {
    let scene = try OperatorScene([.markedFailure, .buildPhases])
    let run = try await scene.failedRun()
    for isForced in [false, true] {
      try await expectRefusal(
        .cancel(
          CancelRequest(
            run: run.key, attempt: run.attempt, isForced: isForced, environment: "dev")),
        in: scene, "is over (failure) already")
    }
    try await scene.github.rerun(run.key)
    try await expectRefusal(
      .cancel(CancelRequest(run: run.key, attempt: 1, environment: "dev")), in: scene,
      "is at attempt 2, not 1")
  }

  @Test("A review of what does not wait, or by somebody who may not, or of nothing")
  func review() async throws {
    let scene = try OperatorScene([.waitingForReview, .waitingForOthers])
    guard case .review(var empty) = try await scene.review() else { return }
    let approval = Mutation.review(empty)
    empty.targets = []
    try await expectRefusal(.review(empty), in: scene, "no environment")
    try await expectRefusal(
      try await scene.review("action-admin-prd-deploy"), in: scene, "may not answer for prd",
      remedy: "reviewers: ")
    try await scene.github.review(
      empty.run, environmentIDs: [try #require(approval.targets.first).id], isApproval: true,
      comment: "")
    try await expectRefusal(approval, in: scene, "does not wait for prd any more")
    try await scene.github.forceCancel(empty.run)
    scene.clock.advance(by: .seconds(60))
    try await expectRefusal(approval, in: scene, "already")
  }

  // MARK: - Dispatch, tag

  @Test("A workflow that is disabled, or that has moved, or that is gone")
  func dispatch() async throws {
    let scene = try OperatorScene([])
    try await expectRefusal(
      try await scene.dispatch(
        "action-admin-stg-deploy", in: OperatorScene.web, environment: "stg"), in: scene,
      "is disabled (disabled manually)", remedy: "Enable")
    guard case .dispatch(var moved) = try await scene.dispatch() else { return }
    moved.path = ".github/workflows/old.yml"
    try await expectRefusal(.dispatch(moved), in: scene, "not at .github/workflows/old.yml")
    moved.workflowID = 1
    try await expectRefusal(.dispatch(moved), in: scene, "not found")
  }

  @Test("A tag that is taken, with the next free one")
  func tag() async throws {
    let scene = try OperatorScene([])
    let tag = try await scene.tag()
    guard case .tag(let request) = tag else { return }
    try await scene.github.createTag(
      request.tag, commit: request.commit, in: request.repository)
    try await expectRefusal(
      tag, in: scene, "is there already, on the same commit",
      remedy: "next free tag is shop-dev-20261123-78")
    let branches = try await scene.github.branches(of: OperatorScene.shop, page: 1).refs
    let other = try #require(branches.first { $0.commit != request.commit })
    try await expectRefusal(
      try await scene.tag(commit: other.commit), in: scene, "another commit",
      remedy: "shop-dev-20261123-78")
  }

  @Test("A rehearsal tells what stands in the way, and sends and writes nothing")
  func rehearsal() async throws {
    let scene = try OperatorScene(
      [.markedFailure], environments: { $0[0].readOnlyReason = "read_only: true" })
    let operations = scene.makeOperator()
    let retry = try await scene.retry()
    #expect(await operations.obstacle(to: retry) == nil)
    guard case .retry(var other) = retry else { return }
    other.attempt = 3
    let obstacle = await operations.obstacle(to: .retry(other))
    #expect(obstacle?.message.contains("is at attempt 1, not 3") == true)
    other.environment = "prd"
    other.attempt = 1
    #expect(
      await operations.obstacle(to: .retry(other))?.message.contains("not to prd") == true)
    #expect(scene.sent.isEmpty)
    #expect(try scene.audit.isEmpty)
  }

  @Test("What GitHub itself refuses is passed on in its words")
  func gitHubRefuses() async throws {
    let scene = try OperatorScene([])
    let unknown = try await scene.tag(commit: String(repeating: "f", count: 40))
    let inputs = [DispatchRequest.Input(name: "colour", value: "red")]
    for (mutation, words) in [
      (unknown, "does not have this commit"),
      (try await scene.dispatch(inputs: inputs), "Unexpected inputs provided: [\"colour\"]"),
      (
        try await scene.dispatch(
          "action-admin-prd-deploy", in: OperatorScene.web, environment: "prd"),
        "workflow_dispatch"
      ),
    ] {
      let outcome = await scene.makeOperator().perform(mutation)
      guard case .refused(let message, _) = outcome else {
        Issue.record("\(words): \(outcome)")
        continue
      }
      #expect(message.contains(words), "\(message)")
    }
    #expect(scene.simulator.effects.isEmpty)
    #expect(try scene.audit.count == 3)
  }

  @Test("A token without permission is told which one it lacks")
  func permission() async throws {
    let scene = try OperatorScene(scenario: { $0.missingPermissions = ["actions=write"] })
    let retry = try await scene.retry()
    guard case .refused(_, let remedy) = await scene.makeOperator().perform(retry) else {
      Issue.record("not refused")
      return
    }
    #expect(remedy.contains("Actions: write"))
  }

  // MARK: - Builds

  @Test("A build that a job runs on, or waits for, or that has ended, or that nobody knows")
  func stopBuild() async throws {
    let scene = try OperatorScene([.longBuild, .buildPhases, .abandonedBuild])
    let busy = try await scene.run(of: "action-auth-stg-deploy") { $0.isActive }
    let running = try await scene.build(of: busy, in: "stg")
    for run in [busy.key, nil] {
      try await expectRefusal(
        .stopBuild(StopBuildRequest(build: running.key, run: run, environment: "stg")),
        in: scene, "runs on the build", remedy: "Cancel the run")
    }
    let queued = try await scene.run(of: "action-auth-prd-deploy") { $0.isActive }
    let awaited = try await scene.build(of: queued, in: "prd")
    try await expectRefusal(
      .stopBuild(StopBuildRequest(build: awaited.key, run: queued.key, environment: "prd")),
      in: scene, "waits for the build")
    let stop = try await scene.stopBuild()
    guard case .stopBuild(var unknown) = stop else { return }
    try await scene.aws.client(for: unknown.build.scope).stopBuild(id: unknown.build.id)
    scene.clock.advance(by: .seconds(10))
    try await expectRefusal(stop, in: scene, "has ended already (STOPPED)")
    unknown.build.id += "0"
    try await expectRefusal(.stopBuild(unknown), in: scene, "AWS knows no build")
  }

  @Test("A build whose job is gone is stopped, also where its run is not known")
  func stopsIdleBuild() async throws {
    let scene = try OperatorScene([.longBuild, .buildPhases, .abandonedBuild])
    guard case .stopBuild(var stop) = try await scene.stopBuild() else { return }
    stop.run = nil
    guard case .done = await scene.makeOperator().perform(.stopBuild(stop)) else {
      Issue.record("not done")
      return
    }
    #expect(scene.simulator.effects.map(\.target) == [stop.build.id])
  }
}

extension Mutation {
  fileprivate var targets: [ReviewRequest.Target] {
    if case .review(let request) = self { request.targets } else { [] }
  }
}

extension OperatorScene {
  /// The build that was started nearest to a run's job.
  fileprivate func build(of run: WorkflowRun, in environment: String) async throws -> Build {
    let jobs = try await github.jobs(of: run.key, inAttempt: run.attempt)
    let client = try aws.client(for: Self.scope(environment))
    let ids = try await client.listBuilds(project: "acme-\(environment)-runner")
    let links = Correlator.correlate(jobs: jobs, builds: try await client.builds(ids: ids))
    let key = try #require(links.values.compactMap(\.best).first?.build)
    return try #require(try await client.builds(ids: [key.id]).first)
  }
}
