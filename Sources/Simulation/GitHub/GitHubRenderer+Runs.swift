import Deploys
import Foundation

extension GitHubRenderer {
  /// A run as one of its attempts.
  func run(_ run: RunPlan, attempt: AttemptPlan? = nil, repository: JSON) -> JSON {
    let attempt = attempt ?? run.attempt(at: now)
    let state = RunState(run: run, attempt: attempt, at: now)
    let workflow = world.workflow(of: run)
    let place = run.repository
    let url = "\(url(of: place))/actions/runs/\(run.id)"
    let suite = run.id * 2 + 1
    let entry = world.catalogue.repositories[place]
    let previous = attempt.number > 1 ? "\(url)/attempts/\(attempt.number - 1)" : nil
    return [
      "id": .int(run.id), "name": .string(workflow.displayName),
      "node_id": Self.nodeID("WFR_", run.id), "head_branch": .string(run.ref),
      "head_sha": .string(run.sha), "path": .string(workflow.path),
      "display_title": .string(run.title), "run_number": .count(run.number),
      "event": .string(run.event), "status": .string(state.status.rawValue),
      "conclusion": .text(state.conclusion?.rawValue), "workflow_id": .int(workflow.id),
      "check_suite_id": .int(suite), "check_suite_node_id": Self.nodeID("CS_", suite),
      "url": .string(url), "html_url": "\(page(of: place))/actions/runs/\(run.id)",
      "pull_requests": [], "created_at": time(run.createdAt),
      "updated_at": time(state.updatedAt), "actor": user(run.actor),
      "run_attempt": .count(attempt.number),
      "referenced_workflows": referencedWorkflows(of: workflow),
      "run_started_at": time(attempt.startedAt), "triggering_actor": user(attempt.actor),
      "jobs_url": "\(url)/jobs", "logs_url": "\(url)/logs",
      "check_suite_url": "\(self.url(of: place))/check-suites/\(suite)",
      "artifacts_url": "\(url)/artifacts", "cancel_url": "\(url)/cancel",
      "rerun_url": "\(url)/rerun", "previous_attempt_url": .text(previous),
      "workflow_url": "\(self.url(of: place))/actions/workflows/\(workflow.id)",
      "head_commit": commit(of: run), "repository": repository, "head_repository": repository,
      "head_repository_id": .int(entry.id),
    ]
  }

  private func referencedWorkflows(of workflow: SimulatedWorkflow) -> JSON {
    guard workflow.callsAnother else { return [] }
    return [
      [
        "path": "\(SimulatedWorkflow.calledFile)@main", "sha": .string(workflow.calledCommit),
        "ref": "refs/heads/main",
      ]
    ]
  }

  private func commit(of run: RunPlan) -> JSON {
    let author: JSON = [
      "name": .string(run.commit.author.name),
      "email": "\(run.commit.author.id)@users.noreply.github.com",
    ]
    return [
      "id": .string(run.sha), "tree_id": .string(String(run.sha.reversed())),
      "message": .string(run.message), "timestamp": time(run.commit.date),
      "author": author, "committer": author,
    ]
  }

  /// A job of an attempt.
  func job(_ job: JobPlan, of attempt: AttemptPlan, run: RunPlan) -> JSON {
    let url = url(of: run.repository)
    let status = job.status(at: now)
    let isOver = status == .completed
    let page = "\(page(of: run.repository))/actions/runs/\(run.id)/job/\(job.id)"
    let hasStarted = job.pickedUpAt.map { $0 <= now } ?? false
    let queuedAt = job.queuedAt.flatMap { $0 <= now ? $0 : nil }
    let startedAt = hasStarted ? job.pickedUpAt : queuedAt
    let head: JSON = [
      "id": .int(job.id), "run_id": .int(run.id),
      "workflow_name": .string(world.workflow(of: run).displayName),
      "head_branch": .string(run.ref), "run_url": "\(url)/actions/runs/\(run.id)",
      "run_attempt": .count(attempt.number), "node_id": Self.nodeID("CR_", job.id),
      "head_sha": .string(run.sha), "url": "\(url)/actions/jobs/\(job.id)",
      "html_url": .string(page), "status": .string(status.rawValue),
      "conclusion": .text(isOver ? job.conclusion?.rawValue : nil),
      "created_at": time(job.createdAt), "started_at": time(startedAt ?? job.createdAt),
      "completed_at": time(isOver ? job.completedAt : nil), "name": .string(job.name),
      "steps": .array(hasStarted ? job.steps.map { step($0) } : []),
      "check_run_url": "\(url)/check-runs/\(job.id)", "labels": .texts(job.labels),
    ]
    return head.adding(runner(of: job, hasStarted: hasStarted))
  }

  /// Without a runner, GitHub writes `null` or an empty name; both are seen here.
  private func runner(of job: JobPlan, hasStarted: Bool) -> JSON {
    guard hasStarted, let runner = job.runner else {
      let isEmpty = job.id % 2 == 0
      return [
        "runner_id": isEmpty ? 0 : .null, "runner_name": isEmpty ? "" : .null,
        "runner_group_id": isEmpty ? 0 : .null, "runner_group_name": isEmpty ? "" : .null,
      ]
    }
    return [
      "runner_id": .int(runner.id), "runner_name": .string(runner.name),
      "runner_group_id": .int(runner.groupID), "runner_group_name": .string(runner.group),
    ]
  }

  private func step(_ step: StepPlan) -> JSON {
    let status = step.status(at: now)
    func moment(_ instant: Instant, if isThere: Bool) -> JSON {
      isThere ? .string(Timestamp.isoOfStep(world.clock.date(of: instant))) : .null
    }
    return [
      "name": .string(step.name), "status": .string(status.rawValue),
      "conclusion": .text(status == .completed ? step.conclusion.rawValue : nil),
      "number": .count(step.number), "started_at": moment(step.startedAt, if: status != .queued),
      "completed_at": moment(step.completedAt, if: status == .completed),
    ]
  }

  func workflow(_ workflow: SimulatedWorkflow, in place: Int) -> JSON {
    let badge = RequestTarget.encode(workflow.displayName)
    return [
      "id": .int(workflow.id), "node_id": Self.nodeID("W_", workflow.id),
      "name": .string(workflow.displayName), "path": .string(workflow.path),
      "state": .string(workflow.state), "created_at": time(.start + .seconds(-90 * 86_400)),
      "updated_at": time(.start + .seconds(-30 * 86_400)),
      "url": "\(url(of: place))/actions/workflows/\(workflow.id)",
      "html_url": "\(page(of: place))/blob/main/\(workflow.path)",
      "badge_url": "\(page(of: place))/workflows/\(badge)/badge.svg",
    ]
  }

  /// A remark as a check run's annotation.
  func annotation(_ remark: LogScript.Remark, of run: RunPlan) -> JSON {
    let path = remark.path ?? ".github"
    let line = remark.line ?? remark.logLine
    let page = "\(page(of: run.repository))/blob/\(run.sha)"
    return [
      "path": .string(path),
      "blob_href": "\(page)/\(RequestTarget.encode(path, keepingSlashes: true))",
      "start_line": .count(line), "start_column": nil, "end_line": .count(line),
      "end_column": nil, "annotation_level": .string(remark.level.rawValue),
      "title": .string(remark.title), "message": .string(remark.message), "raw_details": "",
    ]
  }
}
