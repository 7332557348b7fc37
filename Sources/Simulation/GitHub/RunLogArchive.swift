import Foundation

/// The zip of an attempt's logs: one file a job, and one a step in a folder named after the job.
struct RunLogArchive {
  private let attempt: AttemptPlan
  private let run: RunPlan
  private let world: World

  init(_ attempt: AttemptPlan, of run: RunPlan, in world: World) {
    self.attempt = attempt
    self.run = run
    self.world = world
  }

  /// The zip.
  var content: LazyContent {
    var files: [ZipWriter.File] = []
    let jobs = attempt.jobs.filter { !$0.steps.isEmpty }
    for (index, job) in jobs.enumerated() {
      files.append(
        ZipWriter.File(
          "\(index)_\(Self.fileName(job.name)).txt", JobLog(job, of: run, in: world).content))
    }
    for job in jobs {
      let log = JobLog(job, of: run, in: world)
      let folder = Self.fileName(job.name)
      for step in job.steps {
        let content = log.content(of: step)
        guard content.count > 0 else { continue }
        files.append(
          ZipWriter.File("\(folder)/\(step.number)_\(Self.fileName(step.name)).txt", content))
      }
      files.append(
        ZipWriter.File("\(folder)/system.txt", SystemLog(job: job, run: run, world: world).text))
    }
    let ends = jobs.compactMap(\.completedAt)
    return ZipWriter.zip(
      files, modifiedAt: world.clock.date(of: ends.max() ?? attempt.startedAt))
  }

  /// A name as the zip has it: without what a file's name may not hold, 90 UTF-16 units at most.
  ///
  /// Found out by others: cli/cli, `getJobNameForLogFilename`.
  static func fileName(_ name: String) -> String {
    let kept = name.unicodeScalars.filter { scalar in
      scalar.value >= 32 && !"\"<>|:*?\\/".unicodeScalars.contains(scalar)
    }
    let units = Array(String(String.UnicodeScalarView(kept)).utf16.prefix(90))
    return String(decoding: units, as: UTF16.self).trimmingCharacters(in: .whitespaces)
  }
}
