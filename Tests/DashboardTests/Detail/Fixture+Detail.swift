import Deploys
import Foundation

@testable import Dashboard

/// Runs by hand, with times that make a picture: 48 s in the queue, 71 s of provisioning, and a
/// build script of six minutes.
extension Fixture {
  static let slowSteps: [(name: String, seconds: Double)] = [
    ("Set up job", 3), ("태그 체크아웃", 5), ("Read the version", 1), ("Log in to ECR", 4),
    ("이미지 빌드: docker build", 362), ("Roll out", 40), ("Slack 알림", 2),
  ]

  /// Steps with times, of which one may fail or still run.
  static func timedSteps(
    began: Double, failed: Int? = nil, running: Int? = nil
  ) -> [Step] {
    var start = began
    return slowSteps.enumerated().map { index, entry in
      let number = index + 1
      if let failed, number > failed {
        return Step(
          number: number, name: entry.name, status: .completed,
          conclusion: number == slowSteps.count ? .success : .skipped,
          startedAt: ago(start), completedAt: ago(start - (number == slowSteps.count ? 2 : 0)))
      }
      if let running, number >= running {
        return Step(
          number: number, name: entry.name, status: number == running ? .inProgress : .queued,
          startedAt: number == running ? ago(start) : nil)
      }
      defer { start -= entry.seconds }
      return Step(
        number: number, name: entry.name, status: .completed,
        conclusion: number == failed ? .failure : .success, startedAt: ago(start),
        completedAt: ago(start - entry.seconds))
    }
  }

  /// A build with phases that begin so long ago, each until the next.
  static func phasedBuild(
    _ environment: String, _ uuid: String, _ status: BuildStatus,
    _ marks: [(name: String, begun: Double)], ended: Double? = nil,
    failing: String? = nil, messages: [String] = []
  ) -> Build {
    var build = build(environment, uuid, status, phase: marks.last?.name, since: 0)
    build.phases = marks.enumerated().map { index, mark in
      let end = index + 1 < marks.count ? marks[index + 1].begun : ended
      return BuildPhase(
        name: mark.name,
        status: mark.name == failing ? .failed : end == nil ? nil : .succeeded,
        startedAt: ago(mark.begun), endedAt: end.map(ago),
        messages: mark.name == failing ? messages : [])
    }
    build.startedAt = marks.first.map { ago($0.begun) }
    build.endedAt = ended.map(ago)
    return build
  }

  static func marks(queued: Double) -> [(name: String, begun: Double)] {
    let start = queued - 48
    return [
      ("SUBMITTED", start), ("QUEUED", start), ("PROVISIONING", start - 1),
      ("DOWNLOAD_SOURCE", start - 72), ("INSTALL", start - 74), ("PRE_BUILD", start - 75),
      ("BUILD", start - 76),
    ]
  }

  static func snapshot(_ deploys: Deploy..., isProtected: Bool = false) -> Snapshot {
    let name = deploys.first?.environment ?? "prd"
    var environment = environment(name, isProtected: isProtected)
    environment.failureArtifacts = MarkerTemplate("s3://failures-{project}/{build_id}/")
    return Snapshot(
      takenAt: now,
      sections: [
        Snapshot.Section(
          environment: environment, deploys: deploys, sources: [healthy(shop), healthy(web)])
      ],
      lastAnswer: ago(2), isComplete: true)
  }

  // MARK: - A failed step

  static let brokenStep: Deploy = {
    let began = 2000.0
    var build = phasedBuild(
      "prd", "cccc-1", .failed,
      marks(queued: began) + [("POST_BUILD", 1498), ("FINALIZING", 1490), ("COMPLETED", 1488)],
      ended: 1488, failing: "POST_BUILD",
      messages: ["COMMAND_EXECUTION_ERROR: Error while executing command: exit 1."])
    build.phases[8].status = .succeeded
    var item = job(
      9, run: 302, "빌드와 배포", .completed, .failure, created: began, started: began - 125,
      completed: 1499)
    item.steps = timedSteps(began: began - 125, failed: 5)
    item.runnerName = "codebuild-runner-7"
    let tidy = job(
      10, run: 302, "뒷정리", .completed, .skipped, created: 1498, completed: 1498)
    return deploy(
      run(
        302, "결제-api", "prd", attempt: 2, number: 23, status: .completed, conclusion: .failure,
        actor: "김민수", started: 2004, updated: 1488, title: "결제 금액을 내림한다"), "결제-api", "prd",
      [joined(item, build, marker: .failed), joined(tidy, nil)],
      findings: [
        Finding(
          kind: .failed, summary: "failed at: 이미지 빌드: docker build",
          evidence: ["GitHub concludes failure"],
          action: "Read the failing lines (enter), then retry the failed jobs (r).",
          needsPerson: true)
      ], verdict: .agree)
  }()

  static let brokenLines = StepExcerpt(
    step: 5,
    lines: [
      StepExcerpt.Line(number: 298, text: "#14 [7/9] RUN npm ci", isError: false),
      StepExcerpt.Line(number: 299, text: "#14 42.10 npm ERR! code ERESOLVE", isError: false),
      StepExcerpt.Line(
        number: 300, text: "#14 42.11 npm ERR! 의존성을 풀 수 없습니다: react@19 and react-dom@18",
        isError: false),
      StepExcerpt.Line(
        number: 301,
        text: "##[error]buildx failed with: process \"/bin/sh -c npm ci\" did not complete "
          + "successfully: exit code: 1", isError: true),
      StepExcerpt.Line(
        number: 302, text: "##[error]Process completed with exit code 1.", isError: true),
    ], total: 312)

  static let report = Artifact(
    run: key(302), id: 71, name: "테스트-보고서", size: 1_300_000, digest: "sha256:0a1b2c3d4e5f",
    createdAt: ago(1500), expiresAt: ago(-89 * 86_400))

  static let oldReport = Artifact(
    run: key(302), id: 70, name: "screenshots", size: 48_123, isExpired: true)

  // MARK: - A disagreement

  static let disagreeing: Deploy = {
    var deploy = brokenStep
    deploy.run.key = key(305)
    deploy.run.attempt = 1
    deploy.jobs[0].job.runID = 305
    deploy.jobs[0].build?.status = .succeeded
    deploy.jobs[0].build?.phases[7].status = .succeeded
    deploy.jobs[0].build?.phases[7].messages = []
    deploy.jobs[0].phase = .ended(.succeeded, at: ago(1488))
    deploy.verdict = .disagree(.markerIgnored)
    deploy.findings.append(
      Finding(
        kind: .disagreement, summary: Disagreement.markerIgnored.summary,
        evidence: ["build deploy-prd:cccc-1 SUCCEEDED", "marker failed"],
        action: Disagreement.markerIgnored.explanation, needsPerson: false))
    return deploy
  }()

  // MARK: - Running

  static let inFlight: Deploy = {
    let began = 300.0
    var item = job(12, run: 306, "배포", .inProgress, created: began, started: began - 125)
    item.steps = timedSteps(began: began - 125, running: 5)
    return deploy(
      run(306, "주문-api", "dev", number: 88, started: 303), "주문-api", "dev",
      [
        joined(
          item, phasedBuild("dev", "aaaa-9", .inProgress, marks(queued: began)), tier: .strong)
      ])
  }()

  // MARK: - A long wait

  static let approved: Deploy = {
    let days = 2.0 * 86_400
    var build = job(
      50, run: 308, "빌드", .completed, .success, created: days + 900, started: days + 840,
      completed: days + 478)
    build.steps = []
    build.runnerName = "r"
    var rollOut = job(51, run: 308, "배포", .inProgress, created: days + 477, started: 120)
    rollOut.releasedAt = ago(180)
    rollOut.steps = timedSteps(began: 120, running: 4)
    return deploy(
      run(308, "정산-batch", "dev", number: 3, started: days + 903), "정산-batch", "dev",
      [joined(build, nil), joined(rollOut, nil)])
  }()

  // MARK: - A matrix

  static let groups: Deploy = {
    func leg(_ id: Int64, _ name: String, _ conclusion: Conclusion, took: Double) -> DeployJob {
      let item = job(
        id, run: 307, name, .completed, conclusion,
        done: conclusion == .failure ? 6 : conclusion == .skipped ? nil : 10,
        created: 900, started: 840, completed: 840 - took)
      return joined(item, nil)
    }
    return deploy(
      run(
        307, "검색-indexer", "stg", in: web, number: 9, status: .completed, conclusion: .failure,
        started: 905, updated: 300), "검색-indexer", "stg",
      [
        leg(40, "빌드 (linux/amd64, 서울)", .success, took: 120),
        leg(41, "빌드 (linux/arm64, 서울)", .failure, took: 300),
        leg(42, "빌드 (linux/amd64, 도쿄)", .success, took: 180),
        leg(43, "deploy / plan", .success, took: 20),
        leg(44, "deploy / apply (a)", .success, took: 30),
        leg(45, "deploy / apply (b)", .cancelled, took: 60),
        leg(46, "알림", .skipped, took: 0),
      ])
  }()
}
