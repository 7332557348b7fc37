import Deploys
import Foundation
import Testing

@Suite("Events of deploys")
struct EventWatchTests {
  /// What a run looks like in one snapshot.
  enum Look: Sendable {
    case queued
    case running
    case waiting([Int64])
    case ended(Conclusion)
    /// Over for GitHub, with jobs that were read before.
    case endedUnread(Conclusion)
    /// Active, with jobs that were not read yet.
    case unread(RunStatus)
    case absent
  }

  static func deploy(
    _ look: Look, id: Int64 = 100, attempt: Int = 1, actor: String = "kim",
    findings: [Finding] = []
  ) -> Deploy? {
    var run = makeRun(id: id, attempt: attempt)
    run.actor = actor
    var jobs: [Job] = []
    var hasJobs = true
    func job(_ status: RunStatus, _ conclusion: Conclusion? = nil, id: Int64 = 1) -> Job {
      makeJob(
        id: id, status: status, conclusion: conclusion,
        started: status == .inProgress || status == .completed ? 1 : nil,
        runnerName: status == .queued || status == .waiting ? nil : "r")
    }
    switch look {
    case .absent: return nil
    case .queued:
      run.status = .queued
      jobs = [job(.queued)]
    case .running: jobs = [job(.inProgress)]
    case .waiting(let ids):
      run.status = .waiting
      jobs = ids.map { job(.waiting, id: $0) }
    case .ended(let conclusion):
      (run.status, run.conclusion) = (.completed, conclusion)
      jobs = [job(.completed, conclusion)]
    case .endedUnread(let conclusion):
      (run.status, run.conclusion) = (.completed, conclusion)
      jobs = [job(.inProgress)]
    case .unread(let status):
      run.status = status
      hasJobs = false
    }
    return Deploy(
      run: run, environment: "dev", service: "shop",
      jobs: jobs.map { DeployJob(job: $0, kind: RunnerKind(of: $0)) }, hasJobs: hasJobs,
      state: DeployState(run: run, jobs: jobs), findings: findings)
  }

  static func snapshot(
    _ deploys: [Deploy?], isComplete: Bool = true, at seconds: TimeInterval = 0
  ) throws -> Snapshot {
    let environment = Environment(name: "dev", workflow: try WorkflowPattern("x"))
    return Snapshot(
      takenAt: at(seconds),
      sections: [
        Snapshot.Section(
          environment: environment, deploys: deploys.compactMap(\.self), sources: [])
      ], isComplete: isComplete)
  }

  static let key = RunKey(repository: RepositoryName(owner: "acme", name: "shop"), id: 100)
  /// An older run, by which the watch knows where the new ones begin.
  static let older = deploy(.ended(.success), id: 50, actor: "lee")

  struct Story: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the run looks like, snapshot after snapshot, and its attempt.
    let looks: [(look: Look, attempt: Int)]
    let events: [String]
    var isFollowed = false
    /// Whether the watch had begun before the first look.
    var isNew = true
    var actor = "Kim"

    init(
      _ name: String, _ looks: [Look], _ events: [String], isFollowed: Bool = false,
      isNew: Bool = true, actor: String = "Kim", secondAttempt: [Look] = []
    ) {
      testDescription = name
      self.looks = looks.map { ($0, 1) } + secondAttempt.map { ($0, 2) }
      self.events = events
      self.isFollowed = isFollowed
      self.isNew = isNew
      self.actor = actor
    }
  }

  static let stories: [Story] = [
    Story(
      "an own run from beginning to end", [.queued, .running, .running, .ended(.success)],
      ["1/started", "1/succeeded"]),
    Story(
      "somebody else's run", [.queued, .running, .ended(.failure)], [], actor: "lee"),
    Story(
      "somebody else's run that is followed", [.running, .ended(.failure)],
      ["1/started", "1/failed"], isFollowed: true, actor: "lee"),
    Story(
      "a run that GitHub names nobody for", [.running, .ended(.failure)], [], actor: ""),
    Story(
      "a start is silent about what is over", [.ended(.failure), .ended(.failure)], [],
      isNew: false),
    Story(
      "a start is silent about what waits, and tells its end",
      [.waiting([7]), .waiting([7]), .running, .ended(.cancelled)], ["1/started", "1/cancelled"],
      isNew: false),
    Story(
      "a start is silent about what runs, and tells its end", [.running, .ended(.timedOut)],
      ["1/failed"], isNew: false),
    Story(
      "jobs that are read late do not break the silence of a start",
      [.unread(.waiting), .waiting([7]), .waiting([7])], [], isNew: false),
    Story(
      "an end after the start is told though the jobs never could be read",
      [.unread(.inProgress), .ended(.success)], ["1/succeeded"], isNew: false),
    Story(
      "a followed run that is over at first sight", [.ended(.startupFailure)], ["1/failed"],
      isFollowed: true, isNew: false),
    Story(
      "a followed run that waits at first sight", [.waiting([7])], ["1/needs_approval/7"],
      isFollowed: true, isNew: false),
    Story(
      "a new run that is over or waits at first sight", [.waiting([7]), .ended(.startupFailure)],
      ["1/needs_approval/7", "1/failed"]),
    Story(
      "approvals one after another, each once",
      [.waiting([7, 8]), .waiting([8]), .running, .waiting([9]), .running, .ended(.success)],
      ["1/needs_approval/7", "1/started", "1/needs_approval/9", "1/succeeded"]),
    Story(
      "GitHub waits for somebody before the workflow may run",
      [.ended(.actionRequired), .ended(.actionRequired), .running, .ended(.success)],
      ["1/needs_approval", "1/started", "1/succeeded"]),
    Story(
      "a new attempt", [.running, .ended(.failure)],
      ["1/started", "1/failed", "2/started", "2/succeeded"], isFollowed: true,
      secondAttempt: [.queued, .running, .ended(.success)]),
    Story(
      "a new attempt of what was over at the start", [.ended(.failure)],
      ["2/started", "2/succeeded"], isNew: false, secondAttempt: [.running, .ended(.success)]),
    Story(
      "a run that leaves and comes back",
      [.running, .absent, .running, .ended(.success), .absent, .ended(.success)],
      ["1/started", "1/succeeded"]),
    Story(
      "an old answer in between",
      [.running, .ended(.success), .running, .ended(.success)], ["1/started", "1/succeeded"]),
    Story("skipped and given up are no success", [.ended(.skipped)], ["1/cancelled"]),
    Story("an unknown word is a failure", [.ended(.other("exploded"))], ["1/failed"]),
    Story(
      "a short run between two looks", [.queued, .ended(.success)], ["1/succeeded"]),
  ]

  @Test("Stories of one run", arguments: stories)
  func story(_ story: Story) throws {
    var watch = EventWatch(login: "kim")
    if story.isFollowed { watch.follow(Self.key) }
    if story.isNew {
      #expect(try watch.events(in: Self.snapshot([Self.older])).isEmpty)
    }
    var events: [DeployEvent] = []
    for (index, step) in story.looks.enumerated() {
      let deploy = Self.deploy(step.look, attempt: step.attempt, actor: story.actor)
      events += try watch.events(
        in: Self.snapshot([deploy, Self.older], at: TimeInterval(index)))
    }
    #expect(events.map(\.id) == story.events.map { "acme/shop/100/\($0)" })
  }

  @Test("Nothing is told before the first complete snapshot, nor of what it brings")
  func beginning() throws {
    var watch = EventWatch(login: "kim")
    #expect(try watch.events(in: Self.snapshot([], isComplete: false)).isEmpty)
    #expect(
      try watch.events(in: Self.snapshot([Self.deploy(.waiting([7]))], isComplete: false)).isEmpty)
    let late = Self.deploy(.running, id: 101)
    #expect(try watch.events(in: Self.snapshot([Self.deploy(.waiting([7])), late])).isEmpty)
    let new = Self.deploy(.running, id: 102)
    #expect(try watch.events(in: Self.snapshot([new, late])).map(\.run.id) == [102])
  }

  @Test("A repository that answers late begins late, and old runs stay silent")
  func lateRepository() throws {
    var watch = EventWatch(login: "kim")
    #expect(try watch.events(in: Self.snapshot([])).isEmpty)
    #expect(try watch.events(in: Self.snapshot([Self.deploy(.ended(.failure))])).isEmpty)
    let older = Self.deploy(.ended(.failure), id: 99)
    let newer = Self.deploy(.ended(.failure), id: 101)
    #expect(try watch.events(in: Self.snapshot([newer, older])).map(\.run.id) == [101])
  }

  @Test("Following or knowing one's name too late tells only what comes")
  func lateInterest() throws {
    for name in [nil, "kim"] {
      var watch = EventWatch()
      _ = try watch.events(in: Self.snapshot([Self.older]))
      _ = try watch.events(in: Self.snapshot([Self.deploy(.waiting([7]))]))
      if let name { watch.login = name } else { watch.follow(Self.key) }
      #expect(try watch.events(in: Self.snapshot([Self.deploy(.waiting([7]))])).isEmpty)
      #expect(
        try watch.events(in: Self.snapshot([Self.deploy(.ended(.success))])).map(\.kind)
          == [.succeeded])
    }
  }

  @Test("An answer from before the newest attempt is passed over")
  func staleAttempt() throws {
    var watch = EventWatch()
    watch.follow(Self.key)
    #expect(try watch.events(in: Self.snapshot([Self.deploy(.running, attempt: 2)])).count == 1)
    #expect(try watch.events(in: Self.snapshot([Self.deploy(.ended(.failure))])).isEmpty)
    #expect(
      try watch.events(in: Self.snapshot([Self.deploy(.ended(.success), attempt: 2)])).map(\.id)
        == ["acme/shop/100/2/succeeded"])
  }

  @Test("Jobs that ended in the attempt before do not start a retry")
  func retriedJobs() throws {
    var watch = EventWatch()
    watch.follow(Self.key)
    var run = makeRun(attempt: 2, status: .queued)
    run.startedAt = at(100)
    let done = makeJob(
      id: 1, status: .completed, conclusion: .success, started: 1, completed: 9, runnerName: "r")
    let jobs = [done, makeJob(id: 2, status: .queued)]
    let deploy = Deploy(
      run: run, environment: "dev", service: "shop",
      jobs: jobs.map { DeployJob(job: $0, kind: RunnerKind(of: $0)) }, hasJobs: true,
      state: DeployState(run: run, jobs: jobs))
    #expect(try watch.events(in: Self.snapshot([deploy])).isEmpty)
  }

  @Test("A failure waits for the jobs that say what failed, and not for long")
  func summary() throws {
    let finding = Finding(
      kind: .failed, summary: "failed at: docker build", action: "", needsPerson: true)
    let vague = Finding(kind: .failed, summary: "failed", action: "", needsPerson: true)
    var watch = EventWatch()
    watch.follow(Self.key)
    _ = try watch.events(in: Self.snapshot([Self.deploy(.running)]))
    var other = watch
    let unread = Self.deploy(.endedUnread(.failure), findings: [vague])
    #expect(try watch.events(in: Self.snapshot([unread], at: 10)).isEmpty)
    let read = Self.deploy(.ended(.failure), findings: [finding, vague])
    #expect(
      try watch.events(in: Self.snapshot([read], at: 12)).map(\.summary)
        == ["failed at: docker build"])

    #expect(try other.events(in: Self.snapshot([unread], at: 10)).isEmpty)
    #expect(try other.events(in: Self.snapshot([unread], at: 29)).isEmpty)
    #expect(try other.events(in: Self.snapshot([unread], at: 30)).map(\.summary) == ["failed"])
    #expect(try other.events(in: Self.snapshot([read], at: 31)).isEmpty)
  }

  @Test("A run whose end nobody can see is named until it is seen again")
  func missing() throws {
    var watch = EventWatch(login: "kim")
    _ = try watch.events(in: Self.snapshot([Self.older]))
    let others = Self.deploy(.running, id: 101, actor: "lee")
    _ = try watch.events(in: Self.snapshot([Self.deploy(.running), others]))
    #expect(watch.missing.isEmpty)
    _ = try watch.events(in: Self.snapshot([]))
    #expect(watch.missing == [Self.key])
    let ended = try Self.snapshot([Self.deploy(.ended(.success))])
    #expect(watch.events(in: ended).map(\.kind) == [.succeeded])
    _ = try watch.events(in: Self.snapshot([]))
    #expect(watch.missing.isEmpty)
  }

  @Test("An event carries the facts of its deploy")
  func facts() throws {
    let approval = Finding(
      kind: .approvalNeeded, summary: "waits for approval, 0 s",
      evidence: ["job build is held by its environment's protection rules"], action: "",
      needsPerson: true)
    var watch = EventWatch()
    watch.follow(Self.key)
    let waiting = Self.deploy(.waiting([7]), findings: [approval])
    let event = try #require(try watch.events(in: Self.snapshot([waiting])).first)
    #expect(event.service == "shop")
    #expect(event.environment == "dev")
    #expect(event.ref == "shop-dev-20261123-01")
    #expect(event.repository.description == "acme/shop")
    #expect(event.actor == "kim")
    #expect(event.number == 7)
    #expect(event.conclusion == nil)
    #expect(event.summary == approval.evidence[0])
    #expect(event.startedAt == noon)
    #expect(event.endedAt == nil)
    #expect(event.url == "https://github.com/acme/shop/actions/runs/100")
  }
}
