/// A service of AWS that the program asks; the raw value is its name in settings.
enum AWSService: String, Sendable, Hashable, CaseIterable {
  /// Builds and projects.
  case codebuild
  /// Markers.
  case s3
  /// Logs of builds.
  case logs = "cloudwatch_logs"
  /// Roles and identity.
  case sts
  /// Credentials of a sign-in by `aws sso login`.
  case sso

  /// The first part of the standard host.
  var hostPrefix: String {
    switch self {
    case .codebuild: "codebuild"
    case .s3: "s3"
    case .logs: "logs"
    case .sts: "sts"
    case .sso: "portal.sso"
    }
  }

  /// The name under which requests are signed.
  var signingName: String {
    switch self {
    case .codebuild: "codebuild"
    case .s3: "s3"
    case .logs: "logs"
    case .sts: "sts"
    case .sso: "awsssoportal"
    }
  }

  /// The variable that replaces this service's endpoint.
  var endpointVariable: String { "AWS_ENDPOINT_URL_\(rawValue.uppercased())" }

  /// How requests to it are signed.
  var signingRules: RequestSigner.Rules {
    switch self {
    case .s3: .s3
    case .codebuild, .logs, .sts, .sso: .standard
    }
  }
}
