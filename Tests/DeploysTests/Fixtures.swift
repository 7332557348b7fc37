import Deploys
import Foundation

/// A fixed moment for times relative to it.
let noon = Date(timeIntervalSince1970: 1_790_000_000)

/// A moment after ``noon``.
func at(_ seconds: TimeInterval) -> Date { noon.addingTimeInterval(seconds) }

let devScope = AWSScope(profile: "acme-dev", region: "ap-northeast-2")

func makeRun(
  id: Int64 = 100, attempt: Int = 1, status: RunStatus = .inProgress,
  conclusion: Conclusion? = nil, createdAt: Date = noon, updatedAt: Date = noon
) -> WorkflowRun {
  WorkflowRun(
    key: RunKey(repository: RepositoryName(owner: "acme", name: "shop"), id: id),
    attempt: attempt, number: 7, workflowID: 1, workflowName: "action-shop-dev-deploy",
    path: ".github/workflows/dev.yml", title: "t", event: "push", ref: "shop-dev-20261123-01",
    headSHA: "abc", status: status, conclusion: conclusion, actor: "kim", createdAt: createdAt,
    startedAt: createdAt, updatedAt: updatedAt, url: "https://github.com/acme/shop/actions/runs/100"
  )
}

func makeJob(
  id: Int64, run: Int64 = 100, name: String = "build", status: RunStatus,
  conclusion: Conclusion? = nil, created: TimeInterval = 0, started: TimeInterval? = nil,
  completed: TimeInterval? = nil, project: String = "dev-runner", runnerName: String? = nil,
  steps: [Step] = []
) -> Job {
  Job(
    id: id, runID: run, attempt: 1, name: name, status: status, conclusion: conclusion,
    createdAt: at(created), startedAt: started.map(at), completedAt: completed.map(at),
    steps: steps, labels: ["codebuild-\(project)-\(run)-1", "buildspec-override:true"],
    runnerName: runnerName)
}

func makeBuild(
  _ uuid: String, start: TimeInterval, status: BuildStatus = .inProgress,
  phases: [BuildPhase] = [], ended: TimeInterval? = nil,
  initiator: String? = "GitHub-Hookshot/951dca1", variables: [String: String] = [:],
  scope: AWSScope = devScope, currentPhase: String? = nil
) -> Build {
  Build(
    key: BuildKey(scope: scope, id: "dev-runner:\(uuid)"),
    arn: "arn:aws:codebuild:ap-northeast-2:111111111111:build/dev-runner:\(uuid)",
    status: status, currentPhase: currentPhase ?? phases.last?.name, phases: phases,
    startedAt: at(start), endedAt: ended.map(at), initiator: initiator, variables: variables)
}

/// The BUILD phase, in which a runner lives.
func buildPhase(_ start: TimeInterval, _ end: TimeInterval? = nil) -> BuildPhase {
  BuildPhase(
    name: "BUILD", status: end == nil ? nil : .succeeded, startedAt: at(start),
    endedAt: end.map(at))
}
