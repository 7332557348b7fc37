import Foundation

/// The zip of an attempt's logs: one file a job, and one a step in a folder named after the job.
struct RunLogArchive {
  let data: Data

  init(_ attempt: AttemptPlan, of run: RunPlan, in world: World) {
    var files: [(name: String, content: Data)] = []
    for (index, job) in attempt.jobs.enumerated() where !job.steps.isEmpty {
      let log = JobLog(job, of: run, in: world)
      let name = job.name.replacing("/", with: "_").replacing(":", with: "_")
      files.append(("\(index)_\(name).txt", Data(log.text.utf8)))
      for step in job.steps {
        let text = log.text(of: step)
        guard !text.isEmpty else { continue }
        files.append(("\(name)/\(step.number)_\(step.name).txt", Data(text.utf8)))
      }
    }
    data = StoredArchive.zip(files)
  }
}
