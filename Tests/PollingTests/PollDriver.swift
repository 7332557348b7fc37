import AWS
import Deploys
import Foundation
import GitHub
import Polling
import Testing

/// A fixed moment for times relative to it.
let noon = Date(timeIntervalSince1970: 1_790_000_000)

let shop = RepositoryName(owner: "acme", name: "shop")
let web = RepositoryName(owner: "acme", name: "web")
let devScope = AWSScope(profile: "acme-dev", region: "ap-northeast-2")
let prdScope = AWSScope(profile: "acme-prd", region: "ap-northeast-2")

/// Drives a ``PollState`` through time with scripted answers, as the poller would.
struct PollDriver {
  var state: PollState
  var now = noon
  /// Everything that was asked so far, in order.
  private(set) var asked: [PollAction] = []

  init(
    repositories: [RepositoryName] = [shop], schedule: Schedule = .standard,
    environments: [Environment]? = nil
  ) throws {
    let standard = [
      Environment(
        name: "dev", workflow: try WorkflowPattern("^(action.*dev-deploy)$"), aws: devScope),
      Environment(
        name: "prd", workflow: try WorkflowPattern("^(action.*prd-deploy)$"), isProtected: true,
        aws: prdScope),
    ]
    state = PollState(
      environments: environments ?? standard, repositories: repositories, schedule: schedule,
      seed: 1)
  }

  /// Starts what is due and answers it.
  /// - Returns: What was asked.
  @discardableResult
  mutating func turn(_ answer: (PollAction) -> Observation) -> [PollAction] {
    let actions = state.due(at: now)
    asked += actions
    for action in actions { state.apply(answer(action), of: action, rateLimit: nil, at: now) }
    return actions
  }

  /// Turns until nothing is due any more, without letting time pass but for short pauses.
  @discardableResult
  mutating func settle(_ answer: (PollAction) -> Observation) -> [PollAction] {
    var all: [PollAction] = []
    for _ in 0..<200 where !state.isSettled(at: now) {
      all += turn(answer)
      now += 0.25
    }
    return all
  }

  /// Lets time pass in quarter seconds.
  /// - Returns: What was asked meanwhile.
  @discardableResult
  mutating func pass(_ seconds: Double, _ answer: (PollAction) -> Observation) -> [PollAction] {
    let end = now + seconds
    var all: [PollAction] = []
    while now < end {
      all += turn(answer)
      now += 0.25
    }
    return all
  }
}

/// A world of scripted answers.
struct Script {
  var runs: [WorkflowRun] = []
  var jobs: [RunKey: [Job]] = [:]
  var builds: [AWSScope: [Build]] = [:]
  var markers: [String: Marker] = [:]
  var missingProjects: Set<String> = []
  var failures: [PollTask: PollFailure] = [:]
  var isUnchanged = false

  func answer(_ action: PollAction) -> Observation {
    if let failure = failures[action.task] { return .failure(failure) }
    switch action {
    case .listWorkflowRuns, .listActiveRuns:
      return .runs(.modified(RunPage(runs: [], totalCount: 0, hasNext: false)))
    case .listRuns(let repository, _):
      if isUnchanged { return .runs(.notModified) }
      let own = runs.filter { $0.key.repository == repository }
      return .runs(.modified(RunPage(runs: own, totalCount: own.count, hasNext: false)))
    case .listWorkflows:
      return .workflows(isUnchanged ? .notModified : .modified([]))
    case .loadRun(let key):
      guard let run = runs.first(where: { $0.key == key }) else {
        return .failure(PollFailure(message: "gone", remedy: "", isNotFound: true))
      }
      return .run(.modified(run))
    case .loadJobs(let key, _):
      return .jobs(isUnchanged ? .notModified : .modified(jobs[key] ?? []))
    case .loadProjects(let scope, let names):
      return .projects(
        names.filter { !missingProjects.contains($0) }.map {
          Project(
            key: ProjectKey(scope: scope, name: $0),
            arn: "arn:aws:codebuild:ap-northeast-2:\(scope.profile ?? ""):project/\($0)")
        })
    case .listBuilds(let project):
      return .buildIDs(
        (builds[project.scope] ?? []).filter { $0.key.project == project.name }.map(\.key.id))
    case .loadBuilds(let scope, let ids):
      return .builds((builds[scope] ?? []).filter { ids.contains($0.key.id) })
    case .readMarker(let build, _):
      return .marker(markers[build.id] ?? .absent)
    }
  }
}

func makeRun(
  _ id: Int64, _ repository: RepositoryName = shop, workflow: String = "action-shop-dev-deploy",
  status: RunStatus = .inProgress, conclusion: Conclusion? = nil, attempt: Int = 1,
  created: Double = -60, updated: Double = 0
) -> WorkflowRun {
  WorkflowRun(
    key: RunKey(repository: repository, id: id), attempt: attempt, number: Int(id), workflowID: 1,
    workflowName: workflow, path: ".github/workflows/d.yml", title: "t", event: "push",
    ref: "shop-dev-20261123-01", headSHA: "a", status: status, conclusion: conclusion,
    actor: "kim", createdAt: noon + created, startedAt: noon + created, updatedAt: noon + updated,
    url: "https://github.com/\(repository)/actions/runs/\(id)")
}

func makeJob(
  _ id: Int64, run: Int64, status: RunStatus, conclusion: Conclusion? = nil,
  created: Double = -60, started: Double? = nil, completed: Double? = nil,
  project: String = "runner"
) -> Job {
  Job(
    id: id, runID: run, attempt: 1, name: "build", status: status, conclusion: conclusion,
    createdAt: noon + created, startedAt: started.map { noon + $0 },
    completedAt: completed.map { noon + $0 },
    labels: ["codebuild-\(project)-\(run)-1", "buildspec-override:true"])
}

func makeBuild(
  _ uuid: String, _ scope: AWSScope = devScope, start: Double = -57,
  status: BuildStatus = .inProgress, phase: String = "PROVISIONING", ended: Double? = nil,
  account: String = "111111111111"
) -> Build {
  Build(
    key: BuildKey(scope: scope, id: "runner:\(uuid)"),
    arn: "arn:aws:codebuild:ap-northeast-2:\(account):build/runner:\(uuid)", status: status,
    currentPhase: phase, phases: [BuildPhase(name: phase, startedAt: noon + start + 5)],
    startedAt: noon + start, endedAt: ended.map { noon + $0 },
    initiator: "GitHub-Hookshot/951dca1")
}
