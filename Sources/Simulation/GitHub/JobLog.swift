import Deploys
import Foundation

/// The log of a job as GitHub keeps it: a time before each line, groups, errors, colours.
struct JobLog {
  private let job: JobPlan
  private let run: RunPlan
  private let world: World

  init(_ job: JobPlan, of run: RunPlan, in world: World) {
    self.job = job
    self.run = run
    self.world = world
  }

  /// All steps, one after another.
  var text: String { job.steps.map { text(of: $0) }.joined() }

  /// One step; empty for one that was skipped.
  func text(of step: StepPlan) -> String {
    guard step.conclusion != .skipped else { return "" }
    let lines = self.lines(of: step)
    let length = step.completedAt - step.startedAt
    return lines.enumerated().map { index, line in
      let share = Double(index) / Double(max(lines.count, 1))
      let time = Timestamp.isoOfLogLine(world.clock.date(of: step.startedAt + length * share))
      return "\(time) \(line)\n"
    }.joined()
  }

  private func lines(of step: StepPlan) -> [String] {
    switch step.name {
    case "Set up job":
      return [
        "Current runner version: '2.330.0'", "Runner name: '\(job.runner?.name ?? "")'",
        "Runner group name: '\(job.runner?.group ?? "")'", "Machine name: 'ip-10-0-3-17'",
        "##[group]GITHUB_TOKEN Permissions", "Contents: read", "Metadata: read", "##[endgroup]",
        "Prepare workflow directory", "Complete job name: \(job.name)",
      ]
    case "Complete job": return ["Cleaning up orphan processes"]
    default: break
    }
    var lines = ["##[group]Run \(step.name)", "shell: /usr/bin/bash -e {0}", "##[endgroup]"]
    lines += work(of: step)
    switch step.conclusion {
    case .failure:
      lines += [
        "\u{1B}[31mERROR\u{1B}[0m \(world.workflow(of: run).service): 배포 실패 - health check failed",
        "##[error]Process completed with exit code 1.",
      ]
    case .cancelled: lines.append("##[error]The operation was canceled.")
    default: break
    }
    return lines
  }

  private func work(of step: StepPlan) -> [String] {
    let workflow = world.workflow(of: run)
    switch step.name {
    case "Run build script", "Build and push image":
      var lines = ["Building \(workflow.service) for \(workflow.environment ?? "") from \(run.ref)"]
      for number in 1...18 {
        lines.append("#\(number) [\(number)/18] RUN step \(number) of the Dockerfile")
        if number % 5 == 0 { lines.append("#\(number) CACHED") }
      }
      lines.append("\u{1B}[32m이미지 푸시 완료\u{1B}[0m \(workflow.service):\(run.sha.prefix(7))")
      lines.append("##[warning]The `--password` flag is visible to other processes.")
      return lines
    case "Get package version": return ["tag "]
    case StepTemplate.markerName:
      return step.conclusion == .success
        ? ["Completed 18 Bytes/18 Bytes (212 Bytes/s) with 1 file(s) remaining"]
        : [
          "upload failed: ./build-status.txt An error occurred (AccessDenied) when calling the "
            + "PutObject operation: Access Denied"
        ]
    default: return ["\(step.name): done"]
    }
  }
}
