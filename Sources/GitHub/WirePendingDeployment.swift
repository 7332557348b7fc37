import Deploys

/// What holds a run back as GitHub's JSON has it (`pending-deployment`, version 2022-11-28).
struct WirePendingDeployment: Decodable {
  struct Target: Decodable {
    var id: Int64
    var name: String?
  }

  struct Reviewer: Decodable {
    struct Account: Decodable {
      var login: String?
      var slug: String?
      var name: String?
    }

    var type: String?
    var reviewer: Account?

    /// A login, or a team as `@name`; `nil` for what has neither.
    var name: String? {
      if type == "Team" {
        return (reviewer?.slug.nonEmpty ?? reviewer?.name.nonEmpty).map { "@\($0)" }
      }
      return reviewer?.login.nonEmpty ?? reviewer?.name.nonEmpty
    }
  }

  var environment: Target
  /// Minutes.
  var waitTimer: Int?
  var waitTimerStartedAt: String?
  var canApprove: Bool?
  var reviewers: [Lenient<Reviewer>]?

  enum CodingKeys: String, CodingKey {
    case environment, reviewers
    case waitTimer = "wait_timer"
    case waitTimerStartedAt = "wait_timer_started_at"
    case canApprove = "current_user_can_approve"
  }

  /// The record in the domain's terms.
  var pending: PendingDeployment {
    PendingDeployment(
      target: ReviewRequest.Target(
        id: environment.id, name: environment.name.nonEmpty ?? "\(environment.id)"),
      waitTimer: .seconds(60 * max(0, waitTimer ?? 0)),
      waitingSince: waitTimerStartedAt.flatMap(Timestamp.parse),
      reviewers: (reviewers ?? []).compactMap { $0.value?.name },
      canApprove: canApprove ?? false)
  }
}

/// A page of a repository's environments.
struct WireEnvironmentPage: Decodable {
  struct Named: Decodable {
    var name: String
  }

  var environments: [Lenient<Named>]?
}
