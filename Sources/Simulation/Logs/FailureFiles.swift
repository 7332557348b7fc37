import Deploys
import Foundation

/// What a failing job leaves behind: in an artifact, and in S3 beside the marker.
struct FailureFiles {
  let job: JobPlan
  let run: RunPlan
  let world: World

  /// What the failing steps and the package manager have said.
  var logs: [ZipWriter.File] {
    let failed = job.steps.filter { $0.conclusion == .failure }
    let log = JobLog(job, of: run, in: world)
    let text = failed.map { log.output(of: $0) }.joined()
    return [
      ZipWriter.File("logs/docker-build.log", text),
      ZipWriter.File("logs/npm-debug.log", npmLog),
      ZipWriter.File("logs/배포 로그.txt", "배포 실패: \(job.cause?.summary ?? "원인 미상")\n"),
    ]
  }

  /// The files that the build's own script copies to S3, under names that need care in a URL.
  var uploads: [ZipWriter.File] {
    let finishedAt = world.clock.date(of: job.completedAt ?? job.createdAt)
    let service = world.workflow(of: run).service
    let report = TestReport(job: job, service: service, finishedAt: finishedAt)
    let pixels = Randomness.mix(UInt64(truncatingIfNeeded: job.id))
    let head = [
      ZipWriter.File("docker-build.log", logs[0].content), ZipWriter.File("report.xml", report.xml),
      ZipWriter.File("배포 로그.txt", logs[2].content),
      ZipWriter.File(
        "screenshots/order page+cart.png", PNGImage(width: 200, height: 112, seed: pixels).data),
      ZipWriter.File("heap dump (1).bin", LazyContent.noise(count: 1 << 20, seed: pixels)),
    ]
    return head
      + (0..<max(0, world.scenario.failureFiles)).map { index in
        ZipWriter.File("parts/part-\(String(100_000 + index).dropFirst()).txt", "part \(index)\n")
      }
  }

  private var npmLog: String {
    (0..<200).map { index in
      "\(index) verbose stack at \(StepScript.packages[index % StepScript.packages.count])\n"
    }.joined()
  }
}
