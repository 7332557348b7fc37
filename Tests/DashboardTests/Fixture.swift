import Deploys
import Foundation

@testable import Dashboard

/// A board by hand: three environments with everything that can be the matter with a deploy.
enum Fixture {
  static let now = Date(timeIntervalSince1970: 1_794_492_207)
  static let shop = RepositoryName(owner: "acme", name: "shop")
  static let web = RepositoryName(owner: "acme", name: "web")

  static func ago(_ seconds: Double) -> Date { now.addingTimeInterval(-seconds) }

  static func environment(_ name: String, isProtected: Bool = false) -> Environment {
    guard let pattern = try? WorkflowPattern("^(action.*\(name)-deploy)$") else {
      preconditionFailure("The pattern is constant.")
    }
    return Environment(
      name: name, workflow: pattern, isProtected: isProtected,
      aws: AWSScope(profile: "acme-\(name)", region: "ap-northeast-2"))
  }

  static func key(_ id: Int64, in repository: RepositoryName = shop) -> RunKey {
    RunKey(repository: repository, id: id)
  }

  static func row(_ environment: String, _ id: Int64, in repository: RepositoryName = shop)
    -> BoardRow.ID
  {
    .deploy(DeployID(environment: environment, run: key(id, in: repository)))
  }

  static func run(
    _ id: Int64, _ service: String, _ environment: String, in repository: RepositoryName = shop,
    attempt: Int = 1, number: Int, ref: String? = nil, status: RunStatus = .inProgress,
    conclusion: Conclusion? = nil, actor: String = "minsu", started: Double, updated: Double = 0,
    event: String = "push", title: String = "Round prices down"
  ) -> WorkflowRun {
    WorkflowRun(
      key: key(id, in: repository), attempt: attempt, number: number, workflowID: id % 100,
      workflowName: "action-\(service)-\(environment)-deploy",
      path: ".github/workflows/\(environment).yml", title: title, event: event,
      ref: ref ?? "\(service)-\(environment)-20261112-0\(number % 9 + 1)",
      headSHA: "0123456789abcdef0123456789abcdef01234567", status: status,
      conclusion: conclusion, actor: actor, createdAt: ago(started + 4), startedAt: ago(started),
      updatedAt: ago(updated), url: "https://github.com/\(repository)/actions/runs/\(id)")
  }

  static let stepNames = [
    "Set up job", "Check out the tag", "Read the version", "Check out build scripts",
    "Log in to ECR", "Restore cache", "Run build script", "Push image", "Roll out", "Tell Slack",
  ]

  /// Steps of which the given number are over.
  static func steps(done: Int, failed: Bool = false) -> [Step] {
    stepNames.enumerated().map { index, name in
      let status: RunStatus = index < done ? .completed : index == done ? .inProgress : .queued
      if failed, index == done {
        return Step(number: index + 1, name: name, status: .completed, conclusion: .failure)
      }
      return Step(
        number: index + 1, name: name, status: failed && index > done ? .completed : status,
        conclusion: index < done ? .success : failed ? .skipped : nil)
    }
  }

  static func job(
    _ id: Int64, run: Int64, _ name: String, _ status: RunStatus, _ conclusion: Conclusion? = nil,
    done: Int? = nil, created: Double, started: Double? = nil, completed: Double? = nil,
    labels: [String]? = nil
  ) -> Job {
    Job(
      id: id, runID: run, attempt: 1, name: name, status: status, conclusion: conclusion,
      createdAt: ago(created), startedAt: started.map(ago), completedAt: completed.map(ago),
      steps: done.map { steps(done: $0, failed: conclusion?.isFailure == true) } ?? [],
      labels: labels ?? ["codebuild-deploy-\(run)-1", "buildspec-override:true"],
      url: "https://github.com/acme/shop/actions/runs/\(run)/job/\(id)")
  }

  static func build(
    _ environment: String, _ uuid: String, _ status: BuildStatus, phase: String?, since: Double
  ) -> Build {
    Build(
      key: BuildKey(
        scope: AWSScope(profile: "acme-\(environment)", region: "ap-northeast-2"),
        id: "deploy-\(environment):\(uuid)"),
      status: status, currentPhase: phase,
      phases: phase.map { [BuildPhase(name: $0, startedAt: ago(since))] } ?? [],
      startedAt: ago(since + 20), endedAt: status == .inProgress ? nil : ago(since))
  }

  static func joined(
    _ job: Job, _ build: Build?, tier: CorrelationTier = .exact, marker: Marker = .notLooked
  ) -> DeployJob {
    let link = build.map {
      BuildLink(
        build: $0.key, tier: tier,
        evidence: tier == .ambiguous
          ? ["two builds of the project started within 3 s"] : ["the build names the job"])
    }
    return DeployJob(
      job: job, kind: RunnerKind(of: job),
      correlation: Correlation(requested: link, ranOn: job.status == .queued ? nil : link),
      build: build, phase: RunnerPhase(job: job, build: build, failure: nil), marker: marker,
      markerLocation: build.map { MarkerTemplate.standard.location(for: $0.key) })
  }

  static func deploy(
    _ run: WorkflowRun, _ service: String, _ environment: String, _ jobs: [DeployJob],
    findings: [Finding] = [], verdict: Verdict = .undecided
  ) -> Deploy {
    Deploy(
      run: run, environment: environment, service: service, jobs: jobs, hasJobs: !jobs.isEmpty,
      state: DeployState(run: run, jobs: jobs.map(\.job)), verdict: verdict, findings: findings)
  }
}
