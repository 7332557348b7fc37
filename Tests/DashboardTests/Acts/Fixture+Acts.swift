import Deploys
import Foundation
import Testing

@testable import Dashboard

extension Fixture {
  /// The usual board, with something changed.
  static func board(_ change: (inout Snapshot) -> Void) -> Snapshot {
    var snapshot = snapshot
    change(&snapshot)
    return snapshot
  }

  /// The usual board, with one environment read-only.
  static func readOnly(_ section: Int, _ reason: String = "--read-only was given") -> Snapshot {
    board { $0.sections[section].environment.readOnlyReason = reason }
  }

  /// A run that was cancelled so long ago while its build goes on.
  static func abandoned(_ seconds: Double, tier: CorrelationTier = .exact) -> Deploy {
    deploy(
      run(
        140, "shop", "dev", number: 140, status: .completed, conclusion: .cancelled,
        started: seconds + 60, updated: seconds), "shop", "dev",
      [
        joined(
          job(
            41, run: 140, "deploy", .completed, .cancelled, created: seconds + 60,
            completed: seconds),
          build("dev", "aaaa-9", .inProgress, phase: "BUILD", since: seconds + 30), tier: tier)
      ])
  }

  /// The key of the build that nobody needs.
  static let abandonedBuild = BuildKey(
    scope: AWSScope(profile: "acme-dev", region: "ap-northeast-2"), id: "deploy-dev:aaaa-9")

  /// A second run that failed, in an environment without protection.
  static let broken = deploy(
    run(
      150, "web", "dev", in: web, number: 65, status: .completed, conclusion: .failure,
      started: 700, updated: 600), "web", "dev",
    [
      joined(
        job(51, run: 150, "build", .completed, .success, created: 700, completed: 660), nil),
      joined(
        job(52, run: 150, "lint", .completed, .failure, created: 700, completed: 650), nil),
      joined(
        job(53, run: 150, "roll out", .completed, .skipped, created: 650, completed: 650), nil),
    ])

  static func pending(
    _ id: Int64, _ name: String, mine: Bool = true, reviewers: [String] = ["minsu", "@ops"],
    timer: Duration = .zero, since: Date? = nil
  ) -> PendingDeployment {
    PendingDeployment(
      target: ReviewRequest.Target(id: id, name: name), waitTimer: timer, waitingSince: since,
      reviewers: reviewers, canApprove: mine)
  }

  static func after(_ seconds: Double) -> Date { now.addingTimeInterval(seconds) }

  static func retry(
    _ id: Int64, in repository: RepositoryName = shop, attempt: Int = 1,
    scope: RetryRequest.Scope = .failedJobs, isDebug: Bool = false, _ environment: String
  ) -> Mutation {
    .retry(
      RetryRequest(
        run: key(id, in: repository), attempt: attempt, scope: scope, isDebug: isDebug,
        environment: environment))
  }

  static func cancel(
    _ id: Int64, in repository: RepositoryName = shop, isForced: Bool = false,
    _ environment: String = "dev"
  ) -> Mutation {
    .cancel(
      CancelRequest(
        run: key(id, in: repository), attempt: 1, isForced: isForced, environment: environment))
  }
}

extension Driver {
  /// Lets seconds pass, one by one.
  @discardableResult
  func wait(_ seconds: ClosedRange<Int>) -> Driver {
    for second in seconds { send(.tick(Fixture.after(Double(second)))) }
    return self
  }
}
