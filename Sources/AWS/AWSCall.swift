/// What was asked of whom: the part of every message that tells failures apart.
package struct AWSCall: Sendable, Hashable {
  /// The account, by its scope's name: a profile, a role, or the environment's credentials.
  package var account: String
  /// The region whose service was asked.
  package var region: String
  /// The host, with its port where the endpoint names one.
  package var host: String
  /// The action as a policy names it, such as `codebuild:BatchGetBuilds`.
  package var action: String
  /// What it was about, such as `project/shop-dev`; `nil` where the action has no resource.
  package var resource: String?

  /// Creates a description of a call.
  package init(
    account: String, region: String, host: String, action: String, resource: String? = nil
  ) {
    self.account = account
    self.region = region
    self.host = host
    self.action = action
    self.resource = resource
  }

  /// The action and its resource, as in `codebuild:BatchGetBuilds on project/shop-dev`.
  package var what: String {
    resource.map { "\(action) on \($0)" } ?? action
  }

  /// The account, region and host, as in `acme-dev, ap-northeast-2, codebuild.….amazonaws.com`.
  package var place: String { "\(account), \(region), \(host)" }
}
