import Deploys
import Foundation

extension Snapshot {
  /// The form that `docs/json.md` documents.
  var json: JSONValue {
    .object([
      "taken_at": JSONValue(takenAt),
      "complete": .bool(isComplete),
      "environments": .array(sections.map(\.json)),
      "rate_limit": rateLimit?.json ?? .null,
      "clock_ahead_seconds": clock.json,
    ])
  }
}

extension ClockError? {
  /// By how many whole seconds this machine's clock is ahead; null where it is right.
  var json: JSONValue { JSONValue(map { Int(($0.ahead / .seconds(1)).rounded()) }) }
}

extension RateLimit {
  /// The form that `docs/json.md` documents.
  var json: JSONValue {
    .object([
      "limit": JSONValue(limit), "remaining": JSONValue(remaining), "used": JSONValue(used),
      "resets_at": JSONValue(resetsAt),
    ])
  }
}

extension Snapshot.Section {
  fileprivate var json: JSONValue {
    let state =
      !failures.isEmpty
      ? "failing" : sources.contains { $0.lastSuccess == nil } ? "loading" : "ok"
    return .object([
      "name": .string(environment.name),
      "health": .object(["state": .string(state), "sources": .array(sources.map(\.json))]),
      "runs": .array(deploys.map { $0.json(region: environment.aws?.region) }),
    ])
  }
}

extension SourceHealth {
  fileprivate var json: JSONValue {
    let kind =
      switch source {
      case .repository: "repository"
      case .project: "project"
      case .markers: "markers"
      }
    return .object([
      "name": .string(source.name), "kind": .string(kind), "last_success": JSONValue(lastSuccess),
      "error": JSONValue(failure?.message), "remedy": JSONValue(failure?.remedy),
      "failing_since": JSONValue(failure?.since),
    ])
  }
}

extension Deploy {
  /// The form that `docs/json.md` documents.
  func json(region: String?) -> JSONValue {
    .object([
      "repository": .string(run.key.repository.description),
      "workflow": .string(run.workflowName),
      "service": .string(service),
      "id": .integer(run.key.id),
      "number": JSONValue(run.number),
      "attempt": JSONValue(run.attempt),
      "ref": JSONValue(run.ref),
      "sha": .string(run.headSHA),
      "title": .string(run.title),
      "event": .string(run.event),
      "actor": .string(run.actor),
      "state": .string(state.name),
      "conclusion": JSONValue(state.conclusion?.rawValue),
      "created_at": JSONValue(run.createdAt),
      "started_at": JSONValue(run.startedAt),
      "updated_at": JSONValue(run.updatedAt),
      "url": .string(run.url),
      "needs_person": .bool(needsPerson),
      "verdict": verdict.json,
      "findings": .array(findings.map(\.json)),
      "jobs": .array(jobs.map { $0.json(region: region) }),
    ])
  }
}

extension Verdict {
  fileprivate var json: JSONValue {
    let state: String
    var found: Disagreement?
    switch self {
    case .undecided: state = "undecided"
    case .agree: state = "agree"
    case .disagree(let disagreement):
      state = "disagree"
      found = disagreement
    }
    return .object([
      "state": .string(state), "disagreement": JSONValue(found?.rawValue),
      "explanation": JSONValue(found?.explanation),
    ])
  }
}

extension Finding {
  fileprivate var json: JSONValue {
    .object([
      "kind": .string(kind.rawValue), "summary": .string(summary),
      "evidence": .array(evidence.map { .string($0) }), "action": .string(plainAction),
      "needs_person": .bool(needsPerson),
    ])
  }
}

extension DeployJob {
  fileprivate func json(region: String?) -> JSONValue {
    let isCodeBuild = kind.label != nil
    return .object([
      "id": .integer(job.id),
      "name": .string(job.name),
      "state": .string(job.status.rawValue),
      "conclusion": JSONValue(job.conclusion?.rawValue),
      "steps_done": JSONValue(job.stepsDone),
      "steps_total": JSONValue(job.steps.count),
      "current_step": JSONValue(job.currentStep?.name),
      "runner": .object([
        "kind": .string(kind.name),
        "name": JSONValue(job.runnerName),
        "project": JSONValue(kind.label?.project),
        "account": JSONValue(build?.account),
        "region": JSONValue(build?.region ?? (isCodeBuild ? region : nil)),
        "build_id": JSONValue(build?.key.id),
        "phase": phase == .outside ? .null : .string(phase.name),
        "phase_since": JSONValue(phase.since),
        "build_status": JSONValue(build?.status.rawValue),
        "correlation": JSONValue(correlation.best?.tier.rawValue),
        "evidence": .array((correlation.best?.evidence ?? []).map { .string($0) }),
      ]),
      "marker": .object([
        "state": .string(marker.name), "location": JSONValue(markerLocation?.description),
        "detail": JSONValue(marker.detail),
      ]),
    ])
  }
}
