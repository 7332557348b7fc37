import Canvas
import Deploys
import Foundation

/// Turns a row of states of one run into lines about what changed.
struct StepReporter {
  private var known: [String: String] = [:]
  private var last: Deploy?

  /// Whether a state says anything that the last one did not.
  mutating func isNews(_ deploy: Deploy) -> Bool {
    defer { last = deploy }
    return deploy != last
  }

  /// One line for each job, runner or step that is new or went on.
  mutating func lines(for deploy: Deploy, at now: Date) -> [String] {
    var lines: [String] = []
    for item in deploy.jobs {
      let job = item.job
      note("job \(job.id)", job.conclusion?.rawValue ?? job.status.rawValue, job.name, &lines)
      if item.phase != .outside {
        note("phase \(job.id)", item.phase.name, "\(job.name)  runner", &lines)
      }
      for step in job.steps where step.startedAt != nil || step.status == .completed {
        let word = step.conclusion?.rawValue ?? step.status.rawValue
        note(
          "step \(job.id) \(step.number)", word, "\(job.name)  \(step.number) \(step.name)",
          &lines)
      }
    }
    for finding in deploy.findings where finding.needsPerson {
      note("finding \(finding.kind.rawValue)", finding.summary, "needs a person", &lines)
    }
    let word = deploy.state.conclusion?.rawValue ?? deploy.state.name
    note("run", word, "\(deploy.service) #\(deploy.run.number)", &lines)
    return lines.map { "\(now.formatted(.iso8601))  \(PlainText.sanitized($0))" }
  }

  private mutating func note(
    _ key: String, _ word: String, _ name: String, _ lines: inout [String]
  ) {
    guard known[key] != word else { return }
    known[key] = word
    lines.append("\(name)  \(word)")
  }
}
