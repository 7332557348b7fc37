import Deploys
import Foundation

/// Writes the log of one step of a job, in the words of the runner and of the tools that it runs.
struct StepScript {
  let step: StepPlan
  let job: JobPlan
  let run: RunPlan
  let world: World
  let workflow: SimulatedWorkflow
  let template: SimulatedWorkflow.JobTemplate?
  var chance: Randomness
  var script = LogScript()

  init(_ step: StepPlan, of job: JobPlan, run: RunPlan, in world: World) {
    self.step = step
    self.job = job
    self.run = run
    self.world = world
    workflow = world.workflow(of: run)
    template = workflow.jobs.first { $0.key == job.key }
    chance = Randomness(seed: world.seed, "log", String(job.workID), step.name)
    guard step.conclusion != .skipped else { return }
    compose()
  }

  /// The environment that the job deploys to; empty where it deploys nothing.
  var environment: String { workflow.environment ?? "" }
  /// The service.
  var service: String { workflow.service }
  /// The service's folder, which is ASCII.
  var slug: String { Catalogue.slug(service) }
  /// The repository's name, `owner/name`.
  var repository: String { world.catalogue.repositories[run.repository].name.description }
  /// The ref in its long form.
  var ref: String { run.event == "push" && workflow.isDeploy ? "refs/tags/\(run.ref)" : run.ref }
  /// The image that the job builds.
  var image: String {
    let account = world.catalogue.account(for: environment)
    return "\(account?.number ?? "000000000000").dkr.ecr.\(account?.region ?? "us-east-1")"
      + ".amazonaws.com/\(slug)"
  }
  /// The runner's folder.
  var workspace: String {
    let name = world.catalogue.repositories[run.repository].name.name
    guard job.ranOn != nil else { return "/home/runner/work/\(name)/\(name)" }
    return "/codebuild/output/src\(1_000_000 + run.id % 8_999_999)/src/actions-runner/_work/"
      + "\(name)/\(name)"
  }

  private mutating func compose() {
    if job.isDebug { beginDebug() }
    write()
    if step.conclusion == .cancelled, job.lostAt == nil {
      script.cut(at: 0.6)
      script.wait(0.1)
      script.remark(LogScript.Remark(level: .failure, message: "The operation was canceled."))
    }
    if job.isDebug { script.say("##[debug]Finishing: \(step.name)") }
  }

  /// What the runner says before a step when its debug logs are wanted.
  private mutating func beginDebug() {
    if step.isWritten {
      let condition =
        switch StepTemplate.condition(of: step.name) {
        case .success: "success()"
        case .failure: "failure()"
        case .always: "always()"
        }
      script.say(
        "##[debug]Evaluating condition for step: '\(step.name)'",
        "##[debug]Evaluating: \(condition)", "##[debug]Evaluating \(condition.dropLast(2)):",
        "##[debug]=> true", "##[debug]Result: true")
    }
    script.say("##[debug]Starting: \(step.name)")
    if step.isWritten { script.say("##[debug]Loading inputs", "##[debug]Loading env") }
  }

  private mutating func write() {
    switch step.name {
    case "Set up job": setUp()
    case "Complete job": complete()
    case let name where name.hasPrefix("Post "): cleanUp()
    case let name where name.contains("heckout"): checkOut()
    case "Get package version": packageVersion()
    case let name where name.hasPrefix("Noti "): notify()
    case let name where name.hasPrefix("Upload "): upload()
    case StepTemplate.markerName: marker()
    case "Run build script" where template?.steps == .rollOut: rollOut()
    case "Run build script", "Build and push image": build()
    case "Wait for healthy targets": waitForTargets()
    case "Smoke test": smokeTest()
    default: check()
    }
  }

  /// Whether the step's own work goes wrong.
  var isFailing: Bool { step.conclusion == .failure }

  /// What the job's cause says, where the step is the one that fails.
  var cause: FailureCause? { isFailing ? job.cause : nil }

  /// The head of a step that runs a script: its lines in colour, its shell and its environment.
  mutating func begin(_ lines: String...) {
    let first = lines.first ?? step.name
    script.say("##[group]Run \(first)")
    // Bold cyan, as the runner writes the lines of a script.
    script.say(lines.map { "\u{1B}[36;1m\($0)\u{1B}[0m" })
    script.say("shell: /usr/bin/bash -e {0}")
    script.say(variables)
    script.say("##[endgroup]")
  }

  /// The head of a step that uses an action.
  mutating func begin(action: String, with values: [String]) {
    script.say("##[group]Run \(action)")
    if !values.isEmpty { script.say(["with:"] + values.map { "  \($0)" }) }
    script.say(variables)
    script.say("##[endgroup]")
  }

  private var variables: [String] {
    guard workflow.isDeploy else { return [] }
    return [
      "env:", "  ENVIRONMENT: \(environment)", "  SERVICE_NAME: \(service)",
      "  SLACK_CHANNEL: #deploy-\(environment)", "  S3_BUCKET: acme-\(environment)-deploy",
      "  DOCKERFILE_PATH: apps/\(slug)/Dockerfile",
    ]
  }

  /// The last lines of a step whose process ends badly.
  mutating func fail(_ cause: FailureCause?) {
    if let remark = cause?.remark(service: slug) { script.remark(remark) }
    script.remark(
      LogScript.Remark(
        level: .failure, message: "Process completed with exit code \(cause?.exitCode ?? 1)."))
  }
}
