/// An AWS account of the simulated world, with the one CodeBuild project that it has.
struct SimulatedAccount: Sendable, Hashable {
  /// The profile that a client configures.
  var profile: String
  /// The account's number.
  var number: String
  /// The region where the project is.
  var region: String
  /// The project's name.
  var project: String
  /// A long-term key; it opens nothing outside of the simulator.
  var accessKeyID: String
  /// Its secret part, which is no secret.
  var secretAccessKey: String
  /// The environment that deploys to the account.
  var environment: String

  /// The bucket for markers, as the team's buildspec names it.
  var bucket: String { "codebuild-\(project)" }
  /// The CloudWatch group of the project's builds.
  var logGroup: String { "/aws/codebuild/\(project)" }
  /// The project's resource name.
  var projectARN: String { "arn:aws:codebuild:\(region):\(number):project/\(project)" }

  /// A build's resource name.
  func arn(ofBuild id: String) -> String { "arn:aws:codebuild:\(region):\(number):build/\(id)" }

  /// The team's account for an environment.
  static func acme(_ environment: String, number: String) -> SimulatedAccount {
    SimulatedAccount(
      profile: "acme-\(environment)", number: number, region: "ap-northeast-2",
      project: "acme-\(environment)-runner",
      accessKeyID: "AKIASIMULATED\(environment.uppercased())0001",
      secretAccessKey: "simulated/secret/of/acme/\(environment)/opens/nothing",
      environment: environment)
  }
}
