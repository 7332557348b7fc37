import Deploys
import Foundation
import LogText

@testable import Dashboard

/// Texts and jobs to page through.
enum PagerFixture {
  static let run = Fixture.key(302)
  static let title = ["결제-api #23.2", "build"]
  static let source = LogSource.job(run, job: 9)

  /// A job that failed at its third step.
  static let job = DeployJob(
    job: Job(
      id: 9, runID: 302, attempt: 2, name: "build", status: .completed, conclusion: .failure,
      createdAt: at(0), startedAt: at(0), completedAt: at(80),
      steps: [
        step(1, "Set up job", .success, 0, 3), step(2, "Check out the tag", .success, 3, 10),
        step(3, "Run build-deploy.sh", .failure, 10, 70), step(4, "Push image", .skipped, 70, 70),
        step(5, "Post Check out the tag", .success, 70, 75),
        step(6, "Complete job", .success, 75, 80),
      ], url: "https://github.com/acme/shop/actions/runs/302/job/9"),
    kind: .unknown, build: build(.failed))
  static let runner = LogSource.build(build(.failed).key)

  static func build(_ status: BuildStatus) -> Build {
    Fixture.build("prd", "cccc-1", status, phase: nil, since: 1500)
  }

  /// The same job while its second step runs.
  static func running(_ status: RunStatus = .inProgress, done: Int = 1, hasBuild: Bool = true)
    -> DeployJob
  {
    var item = job
    item.job.status = status
    item.job.conclusion = nil
    item.job.completedAt = nil
    item.build = hasBuild ? build(.inProgress) : nil
    for index in item.job.steps.indices {
      item.job.steps[index].conclusion = index < done ? .success : nil
      item.job.steps[index].status =
        index < done ? .completed : index == done ? .inProgress : .queued
      if index >= done { item.job.steps[index].completedAt = nil }
      if index > done { item.job.steps[index].startedAt = nil }
    }
    return item
  }

  static func step(
    _ number: Int, _ name: String, _ conclusion: Conclusion, _ start: Double, _ end: Double
  ) -> Step {
    Step(
      number: number, name: name, status: .completed, conclusion: conclusion,
      startedAt: at(start), completedAt: at(end))
  }

  static func at(_ seconds: Double) -> Date { Fixture.ago(1900 - seconds) }

  /// The snapshot of the board with the job in it.
  static func snapshot(_ job: DeployJob) -> Snapshot {
    var snapshot = Fixture.snapshot
    for section in snapshot.sections.indices {
      for index in snapshot.sections[section].deploys.indices
      where snapshot.sections[section].deploys[index].id == run {
        snapshot.sections[section].deploys[index].jobs = [job]
      }
    }
    return snapshot
  }

  // MARK: - Texts

  static func file(_ text: String) -> LogFile { LogFile(bytes: Array(text.utf8)) }

  /// A line of a job's log, so many seconds after its beginning.
  static func line(_ seconds: Double, _ text: String) -> String {
    // The job begins at 13:31:47.
    let tenths = (13 * 3600 + 31 * 60 + 47) * 10 + Int(seconds * 10)
    func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let time =
      "\(pad(tenths / 36_000)):\(pad(tenths / 600 % 60)):\(pad(tenths / 10 % 60)).\(tenths % 10)"
    return "2026-11-12T\(time)234567Z \(text)\n"
  }

  /// The job's log: groups, colours, Korean, a long line, warnings and errors.
  static let jobLog: String = {
    var text = "\u{FEFF}" + line(0, "Current runner version: '2.329.0'")
    text += line(0.1, "##[group]Runner Image")
    text += line(0.1, "Image: ubuntu-24.04") + line(0.1, "Version: 20261101.1")
    text += line(0.1, "##[endgroup]")
    text += line(1, "Prepare workflow directory")
    text += line(3, "##[group]Run actions/checkout@v5") + line(3, "with:")
    text += line(3, "  repository: acme/shop") + line(3, "##[endgroup]")
    text += line(4, "Syncing repository: acme/shop")
    text += line(5, "##[warning]얕은 복제본이라 태그를 찾지 못했습니다 (shallow clone)")
    text += line(10, "##[group]Run ./build-deploy.sh")
    text += line(10, "\u{1B}[36;1m./build-deploy.sh --target prd\u{1B}[0m")
    text += line(10, "shell: /usr/bin/bash -e {0}") + line(10, "##[endgroup]")
    for index in 1...20 {
      text += line(
        11 + Double(index) * 2,
        "\u{1B}[32m[\(index)/20]\u{1B}[0m 컴파일 중 src/payments/module\(index).ts … 완료")
    }
    text += line(52, "\u{1B}[1;33mwarning\u{1B}[0m: module7.ts는 더 이상 쓰이지 않습니다")
    text += line(
      53,
      "docker build --progress=plain --build-arg VERSION=1.4.2 --build-arg COMMIT=0123456789abcdef "
        + "--tag 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/결제-api:1.4.2 --file Dockerfile ."
    )
    text += line(60, "\u{1B}[31mERROR\u{1B}[0m failed to solve: exit code: 1")
    text += line(61, "##[error]결제 모듈 빌드 실패: exit code 1")
    text += line(62, "##[error]Process completed with exit code 1.")
    text += line(70, "Post job cleanup.") + line(71, "git version 2.51.0")
    text += line(75, "Cleaning up orphan processes")
    return text
  }()

  /// The runner's log, from its beginning to so many lines.
  static func runnerLog(_ lines: ClosedRange<Int>) -> String {
    lines.map { index in
      let second = index % 60 < 10 ? "0\(index % 60)" : "\(index % 60)"
      return "[Container] 2026/11/12 09:31:\(second).123456 Running command \(index): 준비\n"
    }.joined()
  }
}
