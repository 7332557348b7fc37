import Deploys
import Foundation
import GRDB

/// An entry of the audit log as a row of its table.
struct AuditRecord: Encodable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "auditEntry"

  var id: Int64?
  var startedAt: Date
  var login: ExactText?
  var user: ExactText
  var host: ExactText
  var processID: Int32
  var processStart: String
  var processBoot: String
  var processSpace: String
  var action: ExactText
  var environment: ExactText?
  var repository: String?
  var service: ExactText?
  var targetKind: ExactText
  var runID: Int64?
  var attempt: Int?
  var jobID: Int64?
  var buildID: ExactText?
  var tag: ExactText?
  var sha: ExactText?
  var workflow: ExactText?
  var ref: ExactText?
  var summary: ExactText
  var method: ExactText
  var path: ExactText
  var body: ExactText?
  var bulk: ExactText?
  var outcome: String?
  var message: ExactText?
  var resultRepository: String?
  var resultRunID: Int64?
  var finishedAt: Date?
  var acknowledgedAt: Date?

  /// The row of an action that is about to be sent.
  init(_ intent: AuditIntent, from origin: AuditOrigin, at moment: Date) {
    startedAt = moment
    login = intent.login.map(ExactText.init)
    user = ExactText(origin.user)
    host = ExactText(origin.host)
    processID = origin.process.id
    processStart = origin.process.start
    processBoot = origin.process.boot
    processSpace = origin.process.space
    action = ExactText(intent.action.rawValue)
    environment = intent.environment.map(ExactText.init)
    repository = intent.repository?.description
    service = intent.service.map(ExactText.init)
    targetKind = ExactText("")
    summary = ExactText(intent.summary)
    method = ExactText(intent.request.method)
    path = ExactText(intent.request.path)
    body = intent.request.body.map(ExactText.init)
    bulk = intent.bulk.map(ExactText.init)
    setTarget(intent.target)
  }

  /// A row as it is read.
  ///
  /// Written out, for a list decoded by `Decodable` takes more than twice as long.
  init(row: Row) throws {
    id = try row.decode(forColumn: "id")
    startedAt = try row.decode(forColumn: "startedAt")
    login = try row.decode(forColumn: "login")
    user = try row.decode(forColumn: "user")
    host = try row.decode(forColumn: "host")
    processID = try row.decode(forColumn: "processID")
    processStart = try row.decode(forColumn: "processStart")
    processBoot = try row.decode(forColumn: "processBoot")
    processSpace = try row.decode(forColumn: "processSpace")
    action = try row.decode(forColumn: "action")
    environment = try row.decode(forColumn: "environment")
    repository = try row.decode(forColumn: "repository")
    service = try row.decode(forColumn: "service")
    targetKind = try row.decode(forColumn: "targetKind")
    runID = try row.decode(forColumn: "runID")
    attempt = try row.decode(forColumn: "attempt")
    jobID = try row.decode(forColumn: "jobID")
    buildID = try row.decode(forColumn: "buildID")
    tag = try row.decode(forColumn: "tag")
    sha = try row.decode(forColumn: "sha")
    workflow = try row.decode(forColumn: "workflow")
    ref = try row.decode(forColumn: "ref")
    summary = try row.decode(forColumn: "summary")
    method = try row.decode(forColumn: "method")
    path = try row.decode(forColumn: "path")
    body = try row.decode(forColumn: "body")
    bulk = try row.decode(forColumn: "bulk")
    outcome = try row.decode(forColumn: "outcome")
    message = try row.decode(forColumn: "message")
    resultRepository = try row.decode(forColumn: "resultRepository")
    resultRunID = try row.decode(forColumn: "resultRunID")
    finishedAt = try row.decode(forColumn: "finishedAt")
    acknowledgedAt = try row.decode(forColumn: "acknowledgedAt")
  }

  private mutating func setTarget(_ target: AuditTarget) {
    switch target {
    case .run(let id, let attempt, let job):
      targetKind = ExactText("run")
      runID = id
      self.attempt = attempt
      jobID = job
    case .build(let id):
      targetKind = ExactText("build")
      buildID = ExactText(id)
    case .tag(let name, let sha):
      targetKind = ExactText("tag")
      tag = ExactText(name)
      self.sha = ExactText(sha)
    case .workflow(let path, let ref):
      targetKind = ExactText("workflow")
      workflow = ExactText(path)
      self.ref = ExactText(ref)
    case .other(let kind):
      targetKind = ExactText(kind)
    }
  }

  private var target: AuditTarget {
    switch targetKind.text {
    case "run":
      if let runID, let attempt { return .run(id: runID, attempt: attempt, job: jobID) }
    case "build":
      if let buildID { return .build(id: buildID.text) }
    case "tag":
      if let tag, let sha { return .tag(name: tag.text, sha: sha.text) }
    case "workflow":
      if let workflow, let ref { return .workflow(path: workflow.text, ref: ref.text) }
    default: break
    }
    return .other(kind: targetKind.text)
  }

  /// How it ended, from its columns; `nil` while it goes on.
  var auditOutcome: AuditOutcome? {
    guard let outcome, let message = message?.text else { return nil }
    switch outcome {
    case "done":
      let repository = resultRepository.flatMap(RepositoryName.init)
      let run = repository.flatMap { name in
        resultRunID.map { RunKey(repository: name, id: $0) }
      }
      return .done(message: message, run: run)
    case "refused": return .refused(message: message)
    case "not_sent": return .notSent(message: message)
    default: return .unknown(message: message)
    }
  }

  /// The row as the domain knows it.
  var entry: AuditEntry {
    AuditEntry(
      id: AuditID(rawValue: id ?? 0),
      intent: AuditIntent(
        AuditAction(rawValue: action.text), of: target, environment: environment?.text,
        repository: repository.flatMap(RepositoryName.init), service: service?.text,
        summary: summary.text,
        request: AuditIntent.Request(
          method: method.text, path: path.text, body: body?.text),
        login: login?.text, bulk: bulk?.text),
      origin: AuditOrigin(
        user: user.text, host: host.text,
        process: AuditOrigin.Process(
          id: processID, start: processStart, boot: processBoot, space: processSpace)),
      startedAt: startedAt, outcome: auditOutcome, finishedAt: finishedAt,
      acknowledgedAt: acknowledgedAt)
  }
}

extension AuditOutcome {
  /// The word of the column `outcome`.
  var word: String {
    switch self {
    case .done: "done"
    case .refused: "refused"
    case .unknown: "unknown"
    case .notSent: "not_sent"
    }
  }

  /// The run that came of it.
  var run: RunKey? {
    switch self {
    case .done(_, let run): run
    case .refused, .unknown, .notSent: nil
    }
  }
}
