import Deploys
import Foundation

extension InspectedRun {
  /// The form that `docs/json.md` documents.
  func json(_ facts: RunFacts) -> JSONValue {
    deploy.detailedJSON(facts, region: environment.aws?.region).adding([
      "environment": .string(deploy.environment),
      "newest_attempt": JSONValue(newestAttempt),
      "clock_ahead_seconds": (snapshot?.clock).json,
      "other_attempts": .array(
        otherAttempts.map {
          .object([
            "attempt": JSONValue($0.attempt), "state": .string($0.status.rawValue),
            "conclusion": JSONValue($0.conclusion?.rawValue), "actor": .string($0.actor),
            "started_at": JSONValue($0.startedAt), "updated_at": JSONValue($0.updatedAt),
          ])
        }),
      "artifacts": .array(facts.artifacts.map(\.json)),
      "unread": .array(
        facts.failures.map {
          .object(["error": .string($0.message), "remedy": .string($0.remedy)])
        }),
    ])
  }
}

extension Deploy {
  /// The run with every job's steps, its build's phases and what was read about its failure.
  func detailedJSON(_ facts: RunFacts = RunFacts(), region: String? = nil) -> JSONValue {
    guard case .object(let members) = json(region: region),
      case .array(let plain)? = members["jobs"]
    else { return .null }
    let detailed = zip(jobs, plain).map { item, value in
      value.adding(item.details).adding((facts.jobs[item.id] ?? RunFacts.JobFacts()).json)
    }
    return JSONValue.object(members).adding(["jobs": .array(detailed)])
  }
}

extension DeployJob {
  fileprivate var details: [String: JSONValue] {
    [
      "created_at": JSONValue(job.createdAt), "queued_since": JSONValue(job.queuedSince),
      "started_at": JSONValue(job.runningSince), "completed_at": JSONValue(job.completedAt),
      "url": .string(job.url),
      "steps": .array(
        job.steps.map {
          .object([
            "number": JSONValue($0.number), "name": .string($0.name),
            "state": .string($0.status.rawValue), "conclusion": JSONValue($0.conclusion?.rawValue),
            "started_at": JSONValue($0.startedAt), "completed_at": JSONValue($0.completedAt),
          ])
        }),
      "phases": .array(
        (build?.phases ?? []).map {
          .object([
            "name": .string($0.name), "status": JSONValue($0.status?.rawValue),
            "started_at": JSONValue($0.startedAt), "ended_at": JSONValue($0.endedAt),
            "messages": .array($0.messages.map { .string($0) }),
          ])
        }),
    ]
  }
}

extension RunFacts.JobFacts {
  fileprivate var json: [String: JSONValue] {
    [
      "failed_steps": .array(
        excerpts.map { excerpt in
          .object([
            "number": JSONValue(excerpt.step), "total_lines": JSONValue(excerpt.total),
            "lines": .array(
              excerpt.lines.map {
                .object([
                  "number": JSONValue($0.number), "text": .string($0.text),
                  "is_error": .bool($0.isError),
                ])
              }),
          ])
        }),
      "annotations": .array(
        annotations.map {
          .object([
            "level": .string($0.level.rawValue), "title": .string($0.title),
            "message": .string($0.message), "path": .string($0.path), "line": JSONValue($0.line),
          ])
        }),
      "marker_content": JSONValue(marker?.text),
      "failure_files": .array(files.map(\.json)),
    ]
  }
}

extension Artifact {
  /// The form that `docs/json.md` documents.
  var json: JSONValue {
    .object([
      "source": .string("github"), "id": .integer(id), "name": .string(name),
      "size": JSONValue(size),
      "digest": JSONValue(digest), "expired": .bool(isExpired),
      "created_at": JSONValue(createdAt), "expires_at": JSONValue(expiresAt),
    ])
  }
}

extension StoredFile {
  /// The form that `docs/json.md` documents.
  var json: JSONValue {
    .object([
      "path": .string(path), "size": JSONValue(size), "modified_at": JSONValue(modifiedAt),
      "refusal": JSONValue(refusal),
    ])
  }
}
