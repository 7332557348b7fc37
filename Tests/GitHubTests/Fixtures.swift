import Deploys
import Foundation
import GitHub
import Transport

/// What the suites share.
enum Fixtures {
  static let token = "ghp_Secret0123456789"
  static let repository = RepositoryName(owner: "acme", name: "shop")
  static let key = RunKey(repository: repository, id: 42)

  /// A change of every kind, in each of its forms.
  static let changes: [GitHubChange] = [
    .dispatch(workflow: 5, repository: repository, ref: "main", inputs: ["a": "b \"c\"\n"]),
    .dispatch(workflow: 5, repository: repository, ref: "main", inputs: [:]),
    .rerun(key, isDebug: false), .rerun(key, isDebug: true),
    .rerunFailedJobs(key, isDebug: false), .rerunFailedJobs(key, isDebug: true),
    .rerunJob(repository, id: 7, isDebug: false), .rerunJob(repository, id: 7, isDebug: true),
    .cancel(key), .forceCancel(key),
    .review(key, environmentIDs: [1, 2], isApproval: true, comment: "ok"),
    .review(key, environmentIDs: [1], isApproval: false, comment: ""),
    .createTag(repository, name: "shop-dev-20261123-01", commit: String(repeating: "a", count: 40)),
  ]

  /// A client on a stub.
  static func client(
    _ transport: StubTransport, clock: ManualClock = ManualClock(),
    apiURL: String = "https://api.github.com"
  ) throws -> GitHubClient {
    GitHubClient(
      apiURL: apiURL, credential: try GitHubCredential(token: token, source: "GITHUB_TOKEN"),
      transport: transport, userAgent: "cdtop/test", now: { clock.now },
      sleep: { clock.sleep($0) })
  }

  /// The JSON of a run with only what cannot be done without.
  static func run(_ id: Int, _ more: String = "") -> String {
    #"{"id":\#(id),"created_at":"2026-11-23T01:02:03Z"\#(more.isEmpty ? "" : ",")\#(more)}"#
  }

  /// The JSON of a page of runs.
  static func runs(_ runs: [String], total: Int? = nil) -> String {
    let total = total.map { #""total_count":\#($0),"# } ?? ""
    return #"{\#(total)"workflow_runs":[\#(runs.joined(separator: ","))]}"#
  }

  /// The JSON of a page of jobs.
  static func jobs(_ ids: Range<Int>) -> String {
    let jobs = ids.map { #"{"id":\#($0),"name":"job \#($0)","status":"queued"}"# }
    return #"{"total_count":1,"jobs":[\#(jobs.joined(separator: ","))]}"#
  }

  /// The folder of recorded data beside the package; `nil` where it is not there.
  static let dataFolder: URL? = {
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path.count > 1 {
      folder.deleteLastPathComponent()
      let data = folder.appendingPathComponent("shared/data")
      if FileManager.default.fileExists(atPath: data.path) { return data }
    }
    return nil
  }()

  static let hasData = dataFolder != nil
}
