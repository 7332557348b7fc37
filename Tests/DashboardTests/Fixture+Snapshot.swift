import Deploys
import Foundation

extension Fixture {
  /// The whole board.
  static let snapshot = Snapshot(
    takenAt: now,
    sections: [
      Snapshot.Section(
        environment: environment("dev"),
        deploys: [running, provisioning, matrix, hostile, succeeded, cancelled],
        sources: [healthy(shop), healthy(web)]),
      Snapshot.Section(
        environment: environment("stg"), deploys: [unclaimed, doubtful],
        sources: [healthy(shop), throttled]),
      Snapshot.Section(
        environment: environment("prd", isProtected: true), deploys: [waiting, failed, live],
        sources: [healthy(shop), healthy(web)]),
    ],
    rateLimit: RateLimit(limit: 5000, remaining: 4987, used: 13, resetsAt: ago(-1800)),
    lastAnswer: ago(2), isComplete: true)

  static func healthy(_ repository: RepositoryName) -> SourceHealth {
    SourceHealth(source: .repository(repository), lastSuccess: ago(2))
  }

  static let throttled = SourceHealth(
    source: .project(
      ProjectKey(
        scope: AWSScope(profile: "acme-stg", region: "ap-northeast-2"), name: "deploy-stg")),
    lastSuccess: ago(74),
    failure: SourceHealth.Failure(
      message: "throttled by AWS, retrying", remedy: "Nothing to do: it is asked again by itself.",
      since: ago(70)))

  // MARK: - dev

  static let running = deploy(
    run(101, "shop", "dev", number: 128, started: 192), "shop", "dev",
    [
      joined(
        job(1, run: 101, "deploy", .inProgress, done: 6, created: 196, started: 120),
        build("dev", "aaaa-1", .inProgress, phase: "BUILD", since: 118))
    ])

  static let provisioning = deploy(
    run(102, "결제-api", "dev", number: 17, status: .queued, actor: "김민수", started: 71), "결제-api",
    "dev",
    [
      joined(
        job(2, run: 102, "deploy", .queued, created: 71),
        build("dev", "aaaa-2", .inProgress, phase: "PROVISIONING", since: 41))
    ])

  static let matrix = deploy(
    run(103, "web", "dev", in: web, number: 64, ref: "main", started: 305, event: "push"), "web",
    "dev",
    [
      joined(
        job(31, run: 103, "build (linux/arm64)", .inProgress, done: 4, created: 305, started: 200),
        build("dev", "aaaa-3", .inProgress, phase: "BUILD", since: 199), tier: .ambiguous),
      joined(
        job(32, run: 103, "build (linux/amd64)", .inProgress, done: 7, created: 305, started: 203),
        build("dev", "aaaa-4", .inProgress, phase: "BUILD", since: 201), tier: .ambiguous),
      joined(job(33, run: 103, "roll out", .waiting, created: 305), nil),
    ])

  static let hostile = deploy(
    run(
      104, "search\u{1B}[2J\u{1B}]0;owned\u{7}-indexer-with-a-very-long-name", "dev", in: web,
      number: 1_204, ref: "feature/\u{202E}gnol\u{0}-branch-name-that-goes-on-and-on",
      actor: "dependabot[bot]", started: 33, title: "line one\nline two"),
    "search\u{1B}[2J\u{1B}]0;owned\u{7}-indexer-with-a-very-long-name", "dev",
    [
      joined(
        job(
          4, run: 104, "bu\u{9}ild\r\n", .inProgress, done: 1, created: 33, started: 20,
          labels: ["ubuntu-latest"]), nil)
    ])

  static let succeeded = deploy(
    run(
      99, "shop", "dev", number: 127, status: .completed, conclusion: .success, started: 1490,
      updated: 1250), "shop", "dev",
    [
      joined(
        job(
          5, run: 99, "deploy", .completed, .success, created: 1490, started: 1410,
          completed: 1252),
        build("dev", "aaaa-0", .succeeded, phase: nil, since: 1240), marker: .absent)
    ], verdict: .agree)

  static let cancelled = deploy(
    run(
      98, "결제-api", "dev", number: 16, status: .completed, conclusion: .cancelled, actor: "김민수",
      started: 5400, updated: 5300), "결제-api", "dev", [])

  // MARK: - stg

  static let unclaimed = deploy(
    run(201, "shop", "stg", number: 55, status: .queued, started: 852), "shop", "stg",
    [joined(job(6, run: 201, "deploy", .queued, created: 852), nil)],
    findings: [
      Finding(
        kind: .noRunner, summary: "no runner for 14m",
        evidence: [
          "job deploy asks for codebuild-deploy-201-1, buildspec-override:true",
          "no build of project deploy was started for it",
        ],
        action:
          "Check project deploy: its webhook and filters, the label's spelling, the account's "
          + "build limit, GitHub's webhook deliveries. Then cancel and retry.",
        needsPerson: true)
    ])

  static let doubtful = deploy(
    run(
      202, "결제-api", "stg", number: 41, status: .completed, conclusion: .success, actor: "김민수",
      started: 7300, updated: 7000), "결제-api", "stg",
    [
      joined(
        job(
          7, run: 202, "deploy", .completed, .success, created: 7300, started: 7200,
          completed: 7010),
        build("stg", "bbbb-1", .succeeded, phase: nil, since: 6990), marker: .failed)
    ],
    findings: [
      Finding(
        kind: .disagreement, summary: Disagreement.markerContradicts.summary,
        evidence: ["build deploy-stg:bbbb-1 SUCCEEDED", "marker failed"],
        action: Disagreement.markerContradicts.explanation, needsPerson: false)
    ], verdict: .disagree(.markerContradicts))

  // MARK: - prd

  static let waiting = deploy(
    run(
      301, "shop", "prd", number: 31, status: .waiting, started: 420, event: "workflow_dispatch"),
    "shop", "prd",
    [joined(job(8, run: 301, "deploy", .waiting, created: 420), nil)],
    findings: [
      Finding(
        kind: .approvalNeeded, summary: "waits for approval, 7m",
        evidence: ["job deploy is held by its environment's protection rules"],
        action: "Ask a reviewer, or approve it (P). It is given up after 30 days.",
        needsPerson: true)
    ])

  static let failed = deploy(
    run(
      302, "결제-api", "prd", attempt: 2, number: 23, status: .completed, conclusion: .failure,
      actor: "김민수", started: 1980, updated: 1500), "결제-api", "prd",
    [
      joined(
        job(
          9, run: 302, "build", .completed, .failure, done: 6, created: 1980, started: 1900,
          completed: 1510),
        build("prd", "cccc-1", .failed, phase: nil, since: 1500), marker: .failed),
      joined(
        job(10, run: 302, "roll out", .completed, .skipped, created: 1510, completed: 1510), nil),
    ],
    findings: [
      Finding(
        kind: .failed, summary: "failed at: Run build script",
        evidence: [
          "GitHub concludes failure", "job build, step 7 Run build script",
          "build deploy-prd:cccc-1 FAILED", "marker failed",
        ],
        action: "Read the failed step on GitHub (o), then retry the failed jobs (r).",
        needsPerson: true)
    ], verdict: .agree)

  static let live = deploy(
    run(
      303, "web", "prd", in: web, number: 12, status: .completed, conclusion: .success,
      actor: "jiyoon", started: 90_300, updated: 90_000), "web", "prd",
    [
      joined(
        job(
          11, run: 303, "deploy", .completed, .success, created: 90_300, started: 90_200,
          completed: 90_010),
        build("prd", "cccc-0", .succeeded, phase: nil, since: 90_000), marker: .absent)
    ], verdict: .agree)
}
