import Canvas
import Deploys
import Foundation
import Operations
import Store

/// Entries of the audit log, for people and for programs.
struct AuditReport {
  /// The newest first.
  var entries: [AuditEntry]
  /// The actions that will never get an outcome.
  var unfinished: Set<AuditID>
  /// This process, by which is told what runs on this machine.
  var here: AuditOrigin

  private static let head = [
    "ID", "TIME", "WHO", "ACTION", "ENV", "TARGET", "WHAT", "RESULT",
  ]

  /// One line an action.
  var table: String {
    TextTable(
      head: Self.head,
      rows: entries.map { entry in
        let intent = entry.intent
        return [
          "\(entry.id)", entry.startedAt.formatted(.iso8601), entry.actor,
          intent.action.rawValue, intent.environment ?? "-", intent.targetWords,
          intent.words,
          result(of: entry),
        ]
        .map { $0.isEmpty ? "-" : $0 }
      }
    ).text
  }

  /// The form that `docs/json.md` documents.
  var json: JSONValue { .array(entries.map(json)) }

  /// How an action ended, or what is known where nothing was written down about that.
  private func result(of entry: AuditEntry) -> String {
    guard let outcome = entry.outcome else {
      let looked =
        entry.acknowledgedAt.map { "; acknowledged \($0.formatted(.iso8601))" } ?? ""
      return "no outcome: may or may not have been done; \(processWords(of: entry))\(looked)"
    }
    if case .done(let message, let run?) = outcome {
      return "done: \(message) (\(run.repository) run \(run.id))"
    }
    return "\(outcome.word): \(outcome.message)"
  }

  private func processWords(of entry: AuditEntry) -> String {
    let name = "its process, \(entry.origin.process.id) on \(entry.origin.host),"
    switch process(of: entry) {
    case "running": return "\(name) still runs"
    case "ended": return "\(name) has ended"
    default: return "\(name) cannot be looked for from here"
    }
  }

  /// Whether the process of an action without outcome still runs.
  private func process(of entry: AuditEntry) -> String {
    let isHere =
      entry.origin.process.space == here.process.space
      && (entry.origin.process.boot == here.process.boot || entry.origin.host == here.host)
    guard isHere else { return "elsewhere" }
    return unfinished.contains(entry.id) || entry.acknowledgedAt != nil ? "ended" : "running"
  }

  private func json(_ entry: AuditEntry) -> JSONValue {
    let intent = entry.intent
    var made: RunKey?
    if case .done(_, let run) = entry.outcome { made = run }
    return .object([
      "id": .integer(entry.id.rawValue),
      "started_at": JSONValue(entry.startedAt), "finished_at": JSONValue(entry.finishedAt),
      "acknowledged_at": JSONValue(entry.acknowledgedAt),
      "login": JSONValue(intent.login), "user": .string(entry.origin.user),
      "host": .string(entry.origin.host), "pid": .integer(Int64(entry.origin.process.id)),
      "process": entry.outcome == nil ? .string(process(of: entry)) : .null,
      "action": .string(intent.action.rawValue), "environment": JSONValue(intent.environment),
      "repository": JSONValue(intent.repository?.description),
      "service": JSONValue(intent.service), "summary": .string(intent.summary),
      "bulk": JSONValue(intent.bulk), "target": intent.target.json,
      "request": .object([
        "method": .string(intent.request.method), "path": .string(intent.request.path),
        "body": JSONValue(intent.request.body),
      ]),
      "outcome": JSONValue(entry.outcome?.word), "message": JSONValue(entry.outcome?.message),
      "result_repository": JSONValue(made?.repository.description),
      "result_run_id": made.map { .integer($0.id) } ?? .null,
    ])
  }

  /// Says on standard error which actions ended without an outcome.
  func warn(of open: [AuditEntry]) {
    guard !open.isEmpty else { return }
    let isOne = open.count == 1
    let lines = open.prefix(10).map { entry in
      "\(entry.id)  \(entry.startedAt.formatted(.iso8601))  \(entry.intent.words)"
        + (entry.intent.environment.map { " in \($0)" } ?? "") + "  by \(entry.actor)"
    }
    let ids = open.map(\.id.description).joined(separator: " ")
    let what =
      "\(isOne ? "one action" : "\(open.count) actions") ended without an outcome, for "
      + "\(isOne ? "its process was" : "their processes were") ended: nobody knows whether "
      + "\(isOne ? "it was" : "they were") done"
    Console.complain(
      [what],
      remedies: lines + (open.count > lines.count ? ["…"] : []) + [
        "Look what came of \(isOne ? "it" : "them"); then `cdtop audit --acknowledge \(ids)` "
          + "ends this warning."
      ])
  }
}

extension Session {
  /// Says on standard error what processes have left that were ended in the middle of an action.
  func warnOfUnfinished() async {
    let open = await operations.unfinished()
    AuditReport(entries: open, unfinished: Set(open.map(\.id)), here: .current()).warn(of: open)
  }
}

extension AuditEntry {
  /// Who did it: the login, or the account of the machine where the token names nobody.
  fileprivate var actor: String { intent.login ?? "\(origin.user)@\(origin.host)" }
}

extension AuditOutcome {
  /// How it ended, in one word.
  fileprivate var word: String {
    switch self {
    case .done: "done"
    case .refused: "refused"
    case .unknown: "unknown"
    case .notSent: "not_sent"
    }
  }
}

extension AuditIntent {
  /// What was about to be done, for a person, with the inputs of a dispatch.
  fileprivate var words: String {
    let inputs = dispatchInputs.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    return inputs.isEmpty ? summary : "\(summary) with \(inputs)"
  }

  /// The inputs that a dispatch sent, by name; their order is not written down.
  private var dispatchInputs: [DispatchRequest.Input] {
    struct Body: Decodable {
      var inputs: [String: String]?
    }
    guard action == .dispatch, let body = request.body,
      let inputs = try? JSONDecoder().decode(Body.self, from: Data(body.utf8)).inputs
    else { return [] }
    return inputs.map { DispatchRequest.Input(name: $0.key, value: $0.value) }
      .sorted { $0.name < $1.name }
  }

  /// What it was done to, for a person.
  fileprivate var targetWords: String {
    let place = repository?.description ?? ""
    return switch target {
    case .run(let id, let attempt, let job):
      "\(place) run \(id).\(attempt)\(job.map { " job \($0)" } ?? "")"
    case .build(let id): "build \(id)"
    case .tag(let name, let sha): "\(place) tag \(name) on \(sha.prefix(7))"
    case .workflow(let path, let ref):
      "\(place) \(path.split(separator: "/").last ?? path[...]) at \(ref)"
    case .other(let kind): "\(place) \(kind)"
    }
  }
}

extension AuditTarget {
  fileprivate var json: JSONValue {
    switch self {
    case .run(let id, let attempt, let job):
      Self.json("run", runID: id, attempt: attempt, jobID: job)
    case .build(let id): Self.json("build", buildID: id)
    case .tag(let name, let sha): Self.json("tag", ref: name, sha: sha)
    case .workflow(let path, let ref): Self.json("workflow", path: path, ref: ref)
    case .other(let kind): Self.json(kind)
    }
  }

  private static func json(
    _ kind: String, runID: Int64? = nil, attempt: Int? = nil, jobID: Int64? = nil,
    buildID: String? = nil, path: String? = nil, ref: String? = nil, sha: String? = nil
  ) -> JSONValue {
    .object([
      "kind": .string(kind), "run_id": runID.map { .integer($0) } ?? .null,
      "attempt": JSONValue(attempt), "job_id": jobID.map { .integer($0) } ?? .null,
      "build_id": JSONValue(buildID), "path": JSONValue(path), "ref": JSONValue(ref),
      "sha": JSONValue(sha),
    ])
  }
}
