import Deploys

/// What the environment and the shared files say about regions, endpoints and retries.
struct AWSSettings: Sendable {
  let environment: [String: String]
  let config: SharedConfig

  /// A variable's value; `nil` where it is not set or empty.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The profile that applies: the scope's, else the environment's, else `default`.
  func profileName(for scope: AWSScope) -> String {
    scope.profile ?? environmentProfile ?? "default"
  }

  /// The profile that the environment names.
  var environmentProfile: String? {
    variable("AWS_PROFILE") ?? variable("AWS_DEFAULT_PROFILE")
  }

  /// The settings of the profile that applies; `nil` where no file has it.
  func profile(for scope: AWSScope) -> SharedConfig.Section? {
    config.profiles[profileName(for: scope)]
  }

  /// The region to ask; `nil` where nothing says it.
  /// - Throws: ``AWSError/badConfiguration(file:line:reason:remedy:)`` for a name that is none.
  func region(for scope: AWSScope) throws -> String? {
    let setting = profile(for: scope)?.values["region"]
    let region =
      scope.region ?? variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION")
      ?? setting.flatMap { $0.text.isEmpty ? nil : $0.text }
    guard let region else { return nil }
    guard Endpoint.isHostLabel(region) else {
      throw AWSError.badConfiguration(
        file: region == setting?.text ? setting?.file : nil,
        line: region == setting?.text ? setting?.line : nil,
        reason: "'\(region)' is not the name of a region (\(scope.name))",
        remedy: "Write a region such as ap-northeast-2.")
    }
    return region
  }

  /// The region to ask.
  /// - Throws: ``AWSError/noRegion(account:)``, or what a missing profile throws.
  func requiredRegion(for scope: AWSScope) throws -> String {
    if let region = try region(for: scope) { return region }
    if let name = scope.profile ?? environmentProfile, config.profiles[name] == nil {
      throw missingProfile(name)
    }
    throw AWSError.noRegion(account: scope.name)
  }

  /// Where to ask a service.
  func endpoint(_ service: AWSService, for scope: AWSScope, region: String) throws -> Endpoint {
    guard let text = overriddenEndpoint(service, for: scope) else {
      return .standard(service, region: region)
    }
    guard let endpoint = Endpoint.overriding(text.value) else {
      throw AWSError.badConfiguration(
        file: nil, line: nil, reason: "\(text.source): '\(text.value)' is no endpoint",
        remedy: "Write it as in http://127.0.0.1:5000, with the scheme.")
    }
    return endpoint
  }

  /// How many attempts a request gets in all, where the environment or the profile says so.
  ///
  /// `AWS_RETRY_MODE` is checked only: `legacy` and `adaptive` behave as `standard` here.
  func maxAttempts(for scope: AWSScope) throws -> Int? {
    let profile = profile(for: scope)
    let mode = variable("AWS_RETRY_MODE") ?? profile?["retry_mode"]
    if let mode, !["legacy", "standard", "adaptive"].contains(mode.lowercased()) {
      throw AWSError.badConfiguration(
        file: nil, line: nil, reason: "'\(mode)' is not a retry mode",
        remedy: "Set AWS_RETRY_MODE (retry_mode) to standard.")
    }
    guard let text = variable("AWS_MAX_ATTEMPTS") ?? profile?["max_attempts"] else { return nil }
    guard let attempts = Int(text), attempts >= 1 else {
      throw AWSError.badConfiguration(
        file: nil, line: nil, reason: "'\(text)' is not a number of attempts",
        remedy: "Set AWS_MAX_ATTEMPTS (max_attempts) to 1 or more.")
    }
    return attempts
  }

  /// What to say where a profile is asked for that no file has.
  func missingProfile(_ name: String) -> AWSError {
    let known = config.profileNames
    return .noCredentials(
      account: name,
      reason: "there is no profile '\(name)' in \(config.files.joined(separator: " or "))",
      remedy: known.isEmpty
        ? "Create it with `aws configure --profile \(name)`; the files hold no profile."
        : "Use one of \(known.joined(separator: ", ")), or create it with "
          + "`aws configure --profile \(name)`.")
  }

  private func overriddenEndpoint(
    _ service: AWSService, for scope: AWSScope
  ) -> (value: String, source: String)? {
    if let endpoint = scope.endpoint { return (endpoint, "endpoint of \(scope.name)") }
    let profile = profile(for: scope)
    let ignores =
      variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
      ?? profile?["ignore_configured_endpoint_urls"]
    if ignores?.lowercased() == "true" { return nil }
    for name in [service.endpointVariable, "AWS_ENDPOINT_URL"] {
      if let value = variable(name) { return (value, name) }
    }
    guard let profile else { return nil }
    if let services = profile["services"],
      let url = config.services[services]?.values[service.rawValue]?.nested["endpoint_url"],
      !url.isEmpty
    {
      return (url, "endpoint_url of \(service.rawValue) in [services \(services)]")
    }
    return profile["endpoint_url"].map { ($0, "endpoint_url of profile \(profile.name)") }
  }
}
