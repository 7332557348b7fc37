import Deploys
import Testing
import Transport

@testable import AWS

/// Regions, endpoints and retries as the environment and the shared files give them.
@Suite struct SettingsTests {
  private static let text = """
    [profile acme-dev]
    region = eu-west-1
    endpoint_url = http://profile:1
    services = local
    max_attempts = 7
    [services local]
    s3 =
      endpoint_url = http://services-s3:2
    [profile plain]
    region = us-gov-west-1
    [profile nowhere]
    output = json
    [profile wrong]
    region = evil.example/
    """

  private func settings(_ environment: [String: String] = [:]) throws -> AWSSettings {
    let environment = ["HOME": "/home/kim"].merging(environment) { $1 }
    return AWSSettings(
      environment: environment,
      config: try SharedConfig(
        environment: environment, files: files(["/home/kim/.aws/config": Self.text])))
  }

  @Test func findsTheRegionInOrder() throws {
    let both = ["AWS_REGION": "r-1", "AWS_DEFAULT_REGION": "r-2"]
    let scope = AWSScope(profile: "acme-dev")
    let explicit = AWSScope(profile: "acme-dev", region: "r-0")
    #expect(try settings(both).region(for: explicit) == "r-0")
    #expect(try settings(both).region(for: scope) == "r-1")
    #expect(try settings(["AWS_DEFAULT_REGION": "r-2"]).region(for: scope) == "r-2")
    #expect(try settings(["AWS_REGION": ""]).region(for: scope) == "eu-west-1")
    #expect(try settings(["AWS_PROFILE": "plain"]).region(for: AWSScope()) == "us-gov-west-1")
    #expect(try settings(["AWS_DEFAULT_PROFILE": "plain"]).region(for: AWSScope()) != nil)
    #expect(try settings().region(for: AWSScope()) == nil)
  }

  @Test func saysWhatIsMissing() throws {
    #expect(throws: AWSError.noRegion(account: "nowhere")) {
      try settings().requiredRegion(for: AWSScope(profile: "nowhere"))
    }
    let error = #expect(throws: AWSError.self) {
      try settings().requiredRegion(for: AWSScope(profile: "acme-dve"))
    }
    #expect(
      error?.message
        == "no AWS credentials for acme-dve: there is no profile 'acme-dve' in "
        + "/home/kim/.aws/config or /home/kim/.aws/credentials")
    #expect(error?.remedy.contains("acme-dev, nowhere, plain, wrong") == true)
  }

  @Test func refusesARegionThatWouldChangeTheHost() throws {
    let error = #expect(throws: AWSError.self) {
      try settings().region(for: AWSScope(profile: "wrong"))
    }
    #expect(error?.message.hasPrefix("/home/kim/.aws/config:14: 'evil.example/'") == true)
  }

  @Test func findsTheEndpointInOrder() throws {
    func url(
      _ service: AWSService, _ scope: AWSScope, _ environment: [String: String] = [:]
    ) throws -> String {
      try settings(environment).endpoint(service, for: scope, region: "eu-west-1").url
    }
    let scope = AWSScope(profile: "acme-dev")
    let explicit = AWSScope(profile: "acme-dev", endpoint: "http://Scope:9/")
    let variables = ["AWS_ENDPOINT_URL": "http://all:3", "AWS_ENDPOINT_URL_S3": "http://s3:4/p/"]
    #expect(try url(.s3, explicit, variables) == "http://scope:9")
    #expect(try url(.s3, scope, variables) == "http://s3:4/p")
    #expect(try url(.codebuild, scope, variables) == "http://all:3")
    #expect(try url(.s3, scope) == "http://services-s3:2")
    #expect(try url(.codebuild, scope) == "http://profile:1")
    let ignoring = variables.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { $1 }
    #expect(try url(.s3, scope, ignoring) == "https://s3.eu-west-1.amazonaws.com")
    #expect(try url(.s3, explicit, ignoring) == "http://scope:9")
  }

  @Test(arguments: [
    "127.0.0.1:5000", "ftp://x", "http://", "http://x?y", "http://u:p@x", "http://a b",
  ])
  func refusesWhatIsNoEndpoint(_ text: String) throws {
    let error = #expect(throws: AWSError.self) {
      try settings().endpoint(
        .s3, for: AWSScope(profile: "plain", endpoint: text), region: "eu-west-1")
    }
    #expect(error?.message.contains("is no endpoint") == true)
  }

  @Test(arguments: [
    ("ap-northeast-2", "codebuild.ap-northeast-2.amazonaws.com"),
    ("cn-north-1", "codebuild.cn-north-1.amazonaws.com.cn"),
    ("us-gov-west-1", "codebuild.us-gov-west-1.amazonaws.com"),
    ("us-isob-east-1", "codebuild.us-isob-east-1.sc2s.sgov.gov"),
  ])
  func knowsThePartitions(_ region: String, _ host: String) {
    #expect(Endpoint.standard(.codebuild, region: region).host == host)
  }

  @Test func readsTheNumberOfAttempts() throws {
    let scope = AWSScope(profile: "acme-dev")
    #expect(try settings().maxAttempts(for: scope) == 7)
    #expect(try settings(["AWS_MAX_ATTEMPTS": "2"]).maxAttempts(for: scope) == 2)
    #expect(try settings(["AWS_RETRY_MODE": "legacy"]).maxAttempts(for: scope) == 7)
    #expect(try settings().maxAttempts(for: AWSScope()) == nil)
    for wrong in [["AWS_MAX_ATTEMPTS": "0"], ["AWS_RETRY_MODE": "eager"]] {
      #expect(throws: AWSError.self) { try settings(wrong).maxAttempts(for: scope) }
    }
  }

  @Test func givesOneClientForAScope() throws {
    let made = clients(ScriptedTransport(HTTPResponse(status: 200)))
    let first = try made.client(for: seoul)
    #expect(try made.client(for: seoul) === first)
    #expect(try made.client(for: AWSScope(profile: "acme-dev", region: "eu-west-1")) !== first)
    #expect(first.region == "ap-northeast-2")
  }
}
