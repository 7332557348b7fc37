import Deploys

/// A workflow run as GitHub's JSON has it (`workflow-run`, version 2022-11-28).
struct WireRun: Decodable {
  struct User: Decodable {
    var login: String?
  }

  struct Commit: Decodable {
    var message: String?
  }

  var id: Int64
  var name: String?
  var displayTitle: String?
  var path: String?
  var number: Int?
  var attempt: Int?
  var workflowID: Int64?
  var event: String?
  var headBranch: String?
  var headSHA: String?
  var headCommit: Commit?
  var status: String?
  var conclusion: String?
  var actor: User?
  var triggeringActor: User?
  var createdAt: String?
  var startedAt: String?
  var updatedAt: String?
  var url: String?

  enum CodingKeys: String, CodingKey {
    case id, name, path, event, status, conclusion, actor
    case displayTitle = "display_title"
    case number = "run_number"
    case attempt = "run_attempt"
    case workflowID = "workflow_id"
    case headBranch = "head_branch"
    case headSHA = "head_sha"
    case headCommit = "head_commit"
    case triggeringActor = "triggering_actor"
    case createdAt = "created_at"
    case startedAt = "run_started_at"
    case updatedAt = "updated_at"
    case url = "html_url"
  }

  /// The run in the domain's terms; `nil` where it lacks the time of its creation.
  func run(of repository: RepositoryName) -> WorkflowRun? {
    guard let createdAt = createdAt.flatMap(Timestamp.parse) else { return nil }
    let path = String((path ?? "").prefix { $0 != "@" })
    let workflowName = name.nonEmpty ?? path
    let startedAt = startedAt.flatMap(Timestamp.parse) ?? createdAt
    let ending = Ending(status: status, conclusion: conclusion)
    return WorkflowRun(
      key: RunKey(repository: repository, id: id), attempt: attempt ?? 1, number: number ?? 0,
      workflowID: workflowID ?? 0, workflowName: workflowName, path: path,
      title: displayTitle.nonEmpty ?? headCommit?.message?.firstLine.nonEmpty ?? workflowName,
      event: event ?? "", ref: headBranch.nonEmpty, headSHA: headSHA ?? "",
      status: ending.status, conclusion: ending.conclusion,
      actor: triggeringActor?.login.nonEmpty ?? actor?.login ?? "",
      createdAt: createdAt, startedAt: startedAt,
      updatedAt: updatedAt.flatMap(Timestamp.parse) ?? startedAt, url: url ?? "")
  }
}

/// A page of runs.
struct WireRunPage: Decodable {
  var totalCount: Int?
  var runs: [Lenient<WireRun>]

  enum CodingKeys: String, CodingKey {
    case totalCount = "total_count"
    case runs = "workflow_runs"
  }
}

/// A status and a conclusion that agree with each other.
struct Ending {
  var status: RunStatus
  var conclusion: Conclusion?

  /// Reads both words; either may be missing.
  ///
  /// A conclusion without a status means that it is over. A conclusion beside a status that says
  /// that it goes on is an earlier attempt's, and is dropped.
  init(status: String?, conclusion: String?) {
    self.conclusion = conclusion.nonEmpty.map { Conclusion(rawValue: $0) }
    self.status =
      status.nonEmpty.map { RunStatus(rawValue: $0) }
      ?? (self.conclusion == nil ? .other("unknown") : .completed)
    switch self.status {
    case .requested, .pending, .waiting, .queued, .inProgress: self.conclusion = nil
    case .completed, .other: break
    }
  }
}

extension String? {
  /// The text; `nil` where there is none or it is empty.
  var nonEmpty: String? { flatMap { $0.isEmpty ? nil : $0 } }
}

extension String {
  fileprivate var firstLine: String? { split(whereSeparator: \.isNewline).first.map(String.init) }
}
