import Deploys
import Foundation

extension GitHubRenderer {
  /// An environment with the rules that hold its deploys back.
  func environment(
    _ environment: SimulatedRepository.DeploymentEnvironment, in place: Int
  ) -> JSON {
    var rules: [JSON] = []
    func add(_ type: String, _ more: JSON) {
      let id = environment.id * 4 + Int64(rules.count)
      let head: JSON = [
        "id": .int(id), "node_id": Self.nodeID("GA_", id), "type": .string(type),
      ]
      rules.append(head.adding(more))
    }
    if environment.waitTimer > 0 {
      add("wait_timer", ["wait_timer": .count(environment.waitTimer)])
    }
    if environment.isProtected {
      add(
        "required_reviewers",
        ["prevent_self_review": false, "reviewers": reviewers(of: environment)])
      add("branch_policy", [:])
    }
    let policy: JSON =
      environment.isProtected
      ? ["protected_branches": false, "custom_branch_policies": true] : nil
    return head(of: environment, in: place).adding([
      "created_at": time(.start + .seconds(-90 * 86_400)),
      "updated_at": time(.start + .seconds(-60 * 86_400)), "can_admins_bypass": true,
      "protection_rules": .array(rules), "deployment_branch_policy": policy,
    ])
  }

  /// An environment that holds a run back.
  /// - Parameters:
  ///   - environment: The environment.
  ///   - since: When its first job came to be, which is when the wait timer began.
  ///   - isApproved: Whether somebody has let it go on, so that only the timer holds it.
  ///   - place: The repository's place.
  /// - Returns: The entry of the listing.
  func pendingDeployment(
    _ environment: SimulatedRepository.DeploymentEnvironment, since: Instant, isApproved: Bool,
    in place: Int
  ) -> JSON {
    [
      "environment": head(of: environment, in: place),
      "wait_timer": .count(environment.waitTimer),
      "wait_timer_started_at": environment.waitTimer > 0 ? time(since) : nil,
      "current_user_can_approve": .bool(environment.viewerMayReview && !isApproved),
      "reviewers": reviewers(of: environment),
    ]
  }

  private func head(
    of environment: SimulatedRepository.DeploymentEnvironment, in place: Int
  ) -> JSON {
    let name = RequestTarget.encode(environment.name)
    return [
      "id": .int(environment.id), "node_id": Self.nodeID("EN_", environment.id),
      "name": .string(environment.name), "url": "\(url(of: place))/environments/\(name)",
      "html_url":
        "\(page(of: place))/deployments/activity_log?environments_filter=\(name)",
    ]
  }

  private func reviewers(of environment: SimulatedRepository.DeploymentEnvironment) -> JSON {
    .array(
      environment.reviewers.map { reviewer in
        switch reviewer {
        case .person(let person): ["type": "User", "reviewer": user(person)]
        case .team(let slug): ["type": "Team", "reviewer": team(slug)]
        }
      })
  }

  private func team(_ slug: String) -> JSON {
    let id: Int64 = 9_300_017
    let url = "\(base)/organizations/71004000/team/\(id)"
    return [
      "id": .int(id), "node_id": Self.nodeID("T_", id), "name": .string(slug),
      "slug": .string(slug), "description": "Who lets things go to production",
      "privacy": "closed", "notification_setting": "notifications_enabled",
      "permission": "push", "url": .string(url),
      "html_url": "\(Self.site)/orgs/acme/teams/\(slug)",
      "members_url": "\(url)/members{/member}", "repositories_url": "\(url)/repos",
      "type": "organization", "organization_id": 71_004_000, "parent": nil,
    ]
  }
}
