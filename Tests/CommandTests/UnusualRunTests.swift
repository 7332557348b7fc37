import Foundation
import Testing

/// Runs of which GitHub tells less than usual.
@Suite struct UnusualRunTests {
  private static let log = """
    2026-11-23T10:00:00.1000000Z ##[group]Run make
    2026-11-23T10:00:00.2000000Z make
    2026-11-23T10:00:00.3000000Z ##[endgroup]
    2026-11-23T10:00:09.0000000Z ##[error]no rule to make target
    2026-11-23T10:00:09.5000000Z Cleaning up orphan processes

    """

  private static func run(_ conclusion: String) -> String {
    """
    {"id":7,"name":"shop-dev","display_title":"Ship it","path":".github/workflows/dev.yml",
    "run_number":3,"run_attempt":1,"workflow_id":5,"event":"push","head_branch":"main",
    "head_sha":"0123456789012345678901234567890123456789","status":"completed",
    "conclusion":"\(conclusion)","actor":{"login":"kim"},"created_at":"2026-11-23T09:59:50Z",
    "run_started_at":"2026-11-23T09:59:50Z","updated_at":"2026-11-23T10:00:10Z",
    "html_url":"https://github.com/acme/shop/actions/runs/7"}
    """
  }

  /// A job whose second step has failed; its times are as given, or unknown.
  private static func job(times: String?) -> String {
    let started = times.map { #""started_at":"\#($0)","completed_at":"\#($0)""# }
    let unknown = #""started_at":null,"completed_at":null"#
    return """
      {"id":1,"run_id":7,"run_attempt":1,"name":"build","status":"completed",
      "conclusion":"failure","created_at":"2026-11-23T09:59:55Z",
      "started_at":"2026-11-23T09:59:59Z","completed_at":"2026-11-23T10:00:10Z",
      "labels":["self"],"runner_name":"r","html_url":"https://github.com/acme/shop/actions/runs/7",
      "steps":[
      {"number":1,"name":"Set up job","status":"completed","conclusion":"success",\(started ?? unknown)},
      {"number":2,"name":"Run make","status":"completed","conclusion":"failure",\(unknown)},
      {"number":3,"name":"Push","status":"completed","conclusion":"skipped",\(unknown)}]}
      """
  }

  private static func github(_ conclusion: String, jobs: [String]) throws -> ScriptedGitHub {
    let list = #"{"total_count":\#(jobs.count),"jobs":[\#(jobs.joined(separator: ","))]}"#
    return try ScriptedGitHub([
      "actions/runs/7": run(conclusion), "actions/runs/7/attempts/1": run(conclusion),
      "actions/workflows":
        #"{"total_count":1,"workflows":[{"id":5,"name":"shop-dev","path":".github/workflows/dev.yml","state":"active"}]}"#,
      "actions/runs/7/jobs": list, "actions/runs/7/attempts/1/jobs": list,
      "actions/jobs/1": jobs.first ?? "{}", "actions/jobs/1/logs": log,
    ])
  }

  @Test("Of steps whose times are not known the whole log is printed, and that is said")
  func untimedSteps() async throws {
    for times in [nil, "2026-11-23T10:00:00Z"] {
      let github = try Self.github("failure", jobs: [Self.job(times: times)])
      for flags in [["--failed"], ["--step", "2"]] {
        let result = try await github.run(["logs", "7"] + flags)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == Self.log)
        #expect(
          result.errors.contains("the times of step 2 are not known; the whole log follows"),
          "\(result.errors)")
      }
      let skipped = try await github.run(["logs", "7", "--step", "3"])
      #expect(skipped.output.isEmpty)
      #expect(skipped.errors.contains("step 3 of build has written nothing"), "\(skipped.errors)")
      let report = try await github.run(["run", "7", "--timeout", "5"])
      #expect(report.output.contains("no rule to make target"), "\(report.output)")
      #expect(report.output.contains("these lines are the whole log's"))
    }
  }

  @Test("A run that could not start has no log, and nobody is told to try again")
  func startupFailure() async throws {
    let github = try Self.github("startup_failure", jobs: [])
    for flags in [[], ["--failed"], ["--job", "build"], ["--step", "1"], ["--build"]] {
      let result = try await github.run(["logs", "7"] + flags)
      #expect(result.status == 1)
      #expect(result.output.isEmpty)
      #expect(
        result.errors.contains("is over and had no jobs, so there is no log: "), "\(result.errors)")
      #expect(result.errors.contains("GitHub could not start the workflow, startup_failure"))
      #expect(result.errors.contains("the workflow file is invalid at this ref"))
      #expect(!result.errors.contains("Try again"))
    }
    let cancelled = try await Self.github("cancelled", jobs: []).run(["logs", "7"])
    #expect(cancelled.errors.contains("so there is no log: cancelled"), "\(cancelled.errors)")
  }
}
