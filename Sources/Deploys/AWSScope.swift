/// Where an environment's AWS resources are, and by which credentials they are reached.
package struct AWSScope: Sendable, Hashable {
  /// The profile of the shared files; `nil` for the environment's own credentials.
  package var profile: String?
  /// The region; `nil` where the usual rules decide.
  package var region: String?
  /// A role to assume on top; `nil` for none.
  package var roleARN: String?
  /// An endpoint that replaces every AWS host; `nil` where the usual rules decide.
  package var endpoint: String?

  /// Creates a scope.
  package init(
    profile: String? = nil, region: String? = nil, roleARN: String? = nil, endpoint: String? = nil
  ) {
    self.profile = profile
    self.region = region
    self.roleARN = roleARN
    self.endpoint = endpoint
  }

  /// A short name for messages: the profile, else the role, else where credentials come from.
  package var name: String {
    profile ?? roleARN ?? "the environment's credentials"
  }
}

/// A CodeBuild project in one account and region.
package struct ProjectKey: Sendable, Hashable {
  /// The account and region, as configured.
  package var scope: AWSScope
  /// The project's name.
  package var name: String

  /// Creates a key.
  package init(scope: AWSScope, name: String) {
    self.scope = scope
    self.name = name
  }
}
