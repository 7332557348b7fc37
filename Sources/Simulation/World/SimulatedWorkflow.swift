/// A workflow file of the simulated world.
struct SimulatedWorkflow: Sendable, Hashable {
  /// How the jobs' `runs-on` is written; see the wire forms of CodeBuild's runner labels.
  enum RunnerForm: Sendable, Hashable {
    /// `codebuild-PROJECT-RUN-ATTEMPT` and `buildspec-override:true`.
    case separate
    /// All of it in one label, with spaces.
    case spaced
    /// `codebuild-PROJECT-RUN-ATTEMPT-with-buildspec`.
    case suffixed
    /// GitHub's own runners.
    case hosted
  }

  /// What the steps of a job do.
  enum StepSet: Sendable, Hashable {
    /// The team's whole deploy.
    case deploy
    /// Only the build, before another job deploys.
    case build
    /// Only the roll-out, after another job has built.
    case rollOut
    /// Tests.
    case check
    /// Tests of what has been rolled out.
    case smoke
  }

  /// A job of the file.
  struct JobTemplate: Sendable, Hashable {
    var key: String
    var needs: [String] = []
    /// The values of a matrix; empty for none.
    var legs: [String] = []
    /// The GitHub environment whose rules hold the job back.
    var environment: String?
    var steps: StepSet
    /// Whether the label was computed by the job before, so that a retry keeps the old attempt.
    var inheritsLabel = false
    /// The job of this file that calls the reusable workflow which this job stands in.
    var caller: String?

    /// The display names, one a leg.
    var names: [String] {
      let stem = caller.map { "\($0) / \(key)" } ?? key
      return legs.isEmpty ? [stem] : legs.map { "\(stem) (\($0))" }
    }
  }

  /// An input of `workflow_dispatch`.
  struct Input: Sendable, Hashable {
    /// What may be answered.
    enum Kind: Sendable, Hashable {
      case string
      case number
      case boolean
      case choice([String])
      case environment
    }

    var name: String
    var description: String
    var kind: Kind
    var isRequired = false
    var defaultValue: String?
  }

  var id: Int64
  /// What the file says; `nil` where it says nothing, so that GitHub shows the path.
  var name: String?
  var path: String
  var state = "active"
  var service: String
  /// The environment that it deploys to; `nil` for a workflow that deploys nothing.
  var environment: String?
  var runner: RunnerForm
  var jobs: [JobTemplate]
  var takesTags = true
  var takesDispatch = true
  var inputs: [Input] = []
  /// Whether nobody has deployed with it yet.
  var isUnused = false
  /// Whether its file is no YAML.
  var isUnparsable = false
  /// Whether its file is there.
  var hasFile = true

  /// The reusable workflow that some files call, as the runner names it.
  static let calledFile = "acme/devops/.github/workflows/roll-out.yml"

  /// The commit of the reusable workflow.
  var calledCommit: String { "8f14e45fceea167a5a36dedd4bea2543c1d0b6a7" }
  /// Whether it calls the reusable workflow.
  var callsAnother: Bool { jobs.contains { $0.caller != nil } }

  /// The name of a job that is skipped: without legs, and a call's own where all of it is skipped.
  func nameIfSkipped(_ template: JobTemplate) -> String {
    guard let caller = template.caller else { return template.key }
    let needsSibling = jobs.contains { $0.caller == caller && template.needs.contains($0.key) }
    return needsSibling ? "\(caller) / \(template.key)" : caller
  }

  /// The name that GitHub shows.
  var displayName: String { name ?? path }
  /// The file's own name.
  var fileName: String { String(path.split(separator: "/").last ?? "") }
  /// How the tags that start it begin.
  var tagStem: String { "\(service)-\(environment ?? "")-" }
  /// Whether it deploys.
  var isDeploy: Bool { environment != nil }

  /// The labels of a job.
  func labels(project: String, runID: Int64, attempt: Int) -> [String] {
    let label = "codebuild-\(project)-\(runID)-\(attempt)"
    return switch runner {
    case .separate: [label, "buildspec-override:true"]
    case .spaced: ["\(label) buildspec-override:true instance-size:small"]
    case .suffixed: ["\(label)-with-buildspec"]
    case .hosted: ["ubuntu-latest"]
    }
  }
}
