import Deploys
import Foundation

/// Everything that is or will be in the simulated GitHub and AWS.
struct World: Sendable {
  let seed: UInt64
  let clock: WorldClock
  let scenario: Scenario
  var catalogue: Catalogue
  private(set) var runs: [Int64: RunPlan] = [:]
  private(set) var runOfJob: [Int64: Int64] = [:]
  var builds: [String: BuildPlan] = [:]
  /// Ids of builds by account, in the order of their start.
  private(set) var buildIDs: [[String]]
  private(set) var effects: [SimulatedEffect] = []
  /// Artifacts that have been asked for.
  var shelf = ArtifactShelf()
  /// Signatures of links that a fault has ended before their minute was over.
  var revokedLinks: Set<String> = []
  /// How many links have been given out.
  var links = 0
  /// How many runs have come by themselves, and when the next one does.
  var arrivals = 0
  var nextArrivalAt: Instant?
  private var lastRunID: Int64 = 19_640_000_000
  private var lastJobID: Int64 = 55_310_000_000
  private var runNumbers: [Int64: Int] = [:]

  init(seed: UInt64, clock: WorldClock, scenario: Scenario) {
    self.seed = seed
    self.clock = clock
    self.scenario = scenario
    switch scenario.world {
    case .team: catalogue = .team(seed: seed)
    case .idle, .single: catalogue = .plain(repositories: scenario.repositories, seed: seed)
    }
    catalogue.apply(scenario.workflowFlaws)
    for index in catalogue.repositories.indices {
      catalogue.repositories[index].vanishedRefs = Set(scenario.vanishedRefs)
    }
    buildIDs = catalogue.accounts.map { _ in [] }
    fill()
  }

  /// Files a run that is about to start and plans its first attempt.
  @discardableResult mutating func start(_ order: RunOrder) -> RunPlan? {
    let workflow = catalogue.repositories[order.repository].workflows[order.workflow]
    var chance = Randomness(seed: seed, "run id", String(lastRunID))
    lastRunID += chance.number(in: 3...90)
    let number = runNumbers[workflow.id] ?? Int(workflow.id % 37) * 3
    runNumbers[workflow.id] = number + 1
    let run = RunPlan(
      id: lastRunID, repository: order.repository, workflow: order.workflow, number: number + 1,
      event: order.event, ref: order.ref, commit: order.commit, title: order.title,
      actor: order.actor, createdAt: order.createdAt,
      attempts: [
        AttemptPlan(
          number: 1, startedAt: order.createdAt, actor: order.actor, fate: order.fate)
      ])
    runs[run.id] = run
    catalogue.repositories[order.repository].runIDs.append(run.id)
    planReadyJobs(of: run.id)
    return runs[run.id]
  }

  func run(_ id: Int64, in repository: Int) -> RunPlan? {
    runs[id].flatMap { $0.repository == repository ? $0 : nil }
  }

  func workflow(of run: RunPlan) -> SimulatedWorkflow {
    catalogue.repositories[run.repository].workflows[run.workflow]
  }

  /// The job that ran on a build, with its run.
  func job(onBuild id: String) -> (RunPlan, JobPlan)? {
    guard let run = builds[id].flatMap({ runs[$0.runID] }) else { return nil }
    return run.attempts.flatMap(\.jobs).first { $0.ranOn == id && !$0.isCarried }
      .map { (run, $0) }
  }

  /// How long a repository keeps logs and artifacts.
  func retention(in repository: Int) -> TimeInterval {
    86_400 * (scenario.retentionDays ?? catalogue.repositories[repository].retentionDays)
  }

  mutating func update(_ run: RunPlan) { runs[run.id] = run }

  mutating func record(_ kind: SimulatedEffect.Kind, _ target: String, at now: Instant) {
    effects.append(SimulatedEffect(kind: kind, target: target, time: clock.date(of: now)))
  }

  mutating func takeJobID(of run: Int64) -> Int64 {
    var chance = Randomness(seed: seed, "job id", String(lastJobID))
    lastJobID += chance.number(in: 3...60)
    runOfJob[lastJobID] = run
    return lastJobID
  }

  /// Files a build among those of its account.
  mutating func add(_ build: BuildPlan) {
    builds[build.id] = build
    let ids = buildIDs[build.account]
    let place = ids.lastIndex { (builds[$0]?.startedAt ?? .start) <= build.startedAt }
    buildIDs[build.account].insert(build.id, at: place.map { $0 + 1 } ?? 0)
  }

  /// Forgets a build that will never start.
  mutating func remove(build id: String) {
    guard let build = builds.removeValue(forKey: id) else { return }
    buildIDs[build.account].removeAll { $0 == id }
  }
}
