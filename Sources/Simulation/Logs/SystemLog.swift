import Foundation

/// What GitHub itself writes about a job before a runner has it; only the zip of a run has it.
struct SystemLog {
  let job: JobPlan
  let run: RunPlan
  let world: World

  /// The file `system.txt`.
  var text: String {
    let workflow = world.workflow(of: run)
    let repository = world.catalogue.repositories[run.repository].name
    let file = "\(repository)/\(workflow.path)@\(run.ref)"
    let template = workflow.jobs.first { $0.key == job.key }
    var lines: [(Instant, String)] = []
    func say(_ text: String, at time: Instant?) { lines.append((time ?? job.createdAt, text)) }
    say("Evaluating \(template?.caller.map { "\($0).\(job.key)" } ?? job.key).if", at: nil)
    say("Evaluating: success()", at: nil)
    say("Result: true", at: nil)
    say("Requested labels: \(job.labels.joined(separator: ", "))", at: job.queuedAt)
    if template?.caller != nil {
      let called = "\(SimulatedWorkflow.calledFile)@refs/heads/main"
      say("Job defined at: \(called)", at: job.queuedAt)
      say("Reusable workflow chain:", at: job.queuedAt)
      say("\(file) (\(run.sha))", at: job.queuedAt)
      say("-> \(called) (\(workflow.calledCommit))", at: job.queuedAt)
    } else {
      say("Job defined at: \(file)", at: job.queuedAt)
    }
    say("Waiting for a runner to pick up this job...", at: job.queuedAt)
    if let runner = job.runner {
      let kind = job.ranOn == nil ? "hosted runner" : "runner"
      say("Job is about to start running on the \(kind): \(runner.name)", at: job.pickedUpAt)
    }
    return lines.map { time, text in
      let ticks = Timestamp.ticks(of: world.clock.date(of: time))
      return "\(Timestamp.isoOfLogLine(ticks: ticks)) \(text)\n"
    }.joined()
  }
}
