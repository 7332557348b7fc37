import Deploys
import Foundation
import Testing
import Transport

@testable import AWS

/// Commands, sign-ins, containers and instances as sources of credentials.
@Suite struct CredentialSourceTests {
  private static let config = "/home/kim/.aws/config"

  private func run(_ command: String) async throws -> Credentials {
    try await chain(
      ["PATH": "/usr/bin:/bin", "SECRET_FROM_ENV": "envsecret"],
      [Self.config: "[profile dev]\ncredential_process = \(command)\n"]
    ).credentials(for: AWSScope(profile: "dev"))
  }

  @Test func runsACommandWithItsEnvironment() async throws {
    let credentials = try await run(
      #"sh -c 'echo "{\"Version\": 1, \"AccessKeyId\": \"P\", "#
        + #"\"SecretAccessKey\": \"$SECRET_FROM_ENV\", \"SessionToken\": \"$0\", "#
        + #"\"Expiration\": \"2026-11-23T10:02:03+09:00\"}"' "a token""#)
    #expect(credentials.accessKeyID == "P")
    #expect(credentials.secretAccessKey == "envsecret")
    #expect(credentials.sessionToken == "a token")
    #expect(credentials.expiresAt == testTime)
  }

  @Test(arguments: [
    (
      "sh -c 'echo hushhush; echo \"  sign in first\" >&2; exit 3'",
      "'sh' ended with exit code 3: sign in first"
    ),
    ("sh -c 'echo hushhush; exit 4'", "'sh' ended with exit code 4"),
    ("echo hushhush", "its output is not the JSON that is expected"),
    (#"echo '{"AccessKeyId":"hushhush"}'"#, "the Version of its output is missing, not 1"),
    (#"echo '{"Version":2}'"#, "the Version of its output is 2, not 1"),
    (
      #"echo '{"Version":1,"AccessKeyId":"hushhush"}'"#,
      "its output lacks AccessKeyId or SecretAccessKey"
    ),
    ("sh -c 'kill -9 $$'", "'sh' was ended by signal 9"),
    (
      "no-such-program-here --x",
      "'no-such-program-here' cannot be started: not found in PATH, or not executable"
    ),
  ])
  func saysHowACommandFailedWithoutItsOutput(_ command: String, _ reason: String) async {
    let error = await failure { try await run(command) }
    #expect(
      error?.message
        == "no AWS credentials for dev: credential_process of profile 'dev': \(reason)")
    #expect(error?.description.contains("hushhush") == false)
  }

  @Test func endsACommandThatTakesTooLong() async {
    let limit = CommandLimit(duration: .seconds(60)) { _ in }
    let error = await failure {
      try await chain(
        ["PATH": "/usr/bin:/bin"],
        [Self.config: "[profile dev]\ncredential_process = sleep 1000\n"], commands: limit
      ).credentials(for: AWSScope(profile: "dev"))
    }
    #expect(error?.message.contains("'sleep' did not end within 60 s") == true)
  }

  @Test func takesMoreOutputThanAPipeHolds() async {
    let error = await failure {
      try await run("sh -c 'head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2; exit 9'")
    }
    #expect(error?.message.contains("exit code 9") == true)
  }

  @Test func namesTheLineWithAnOpenQuote() async {
    let error = await failure { try await run("sh -c 'x") }
    #expect(error?.message.hasPrefix("\(Self.config):2: credential_process") == true)
  }

  @Test(arguments: [
    (#"a b  c"#, ["a", "b", "c"]),
    (#"'a b' "c d" e\ f"#, ["a b", "c d", "e f"]),
    (#"a'b'"c""#, ["abc"]),
    (#""a\"b\\c\d" '\'"#, [#"a"b\c\d"#, #"\"#]),
    (#"'' """#, ["", ""]),
    ("  ", []),
    ("a \"b", nil), ("a 'b", nil), (#"a\"#, nil),
  ])
  func splitsWordsLikeAShell(_ text: String, _ words: [String]?) {
    #expect(ShellWords.split(text) == words)
  }

  private static let signIn = """
    [profile dev]
    sso_session = corp
    sso_account_id = 111122223333
    sso_role_name = Read Only
    region = eu-west-1
    [sso-session corp]
    sso_start_url = https://corp.example/start
    sso_region = us-east-2
    """

  /// The SHA-1 of `corp`.
  private static let cache =
    "/home/kim/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"

  @Test func readsTheTokenOfASignIn() async throws {
    let transport = ScriptedTransport(
      .text(
        #"{"roleCredentials":{"accessKeyId":"SSO","secretAccessKey":"s","sessionToken":"t","#
          + #""expiration":1795399323000}}"#))
    let token = #"{"accessToken":"bearer","expiresAt":"2026-11-23T02:00:00UTC","region":"x"}"#
    let credentials = try await chain(
      [:], [Self.config: Self.signIn, Self.cache: token], transport: transport
    ).credentials(for: AWSScope(profile: "dev"))
    #expect(credentials.accessKeyID == "SSO")
    #expect(credentials.expiresAt == testTime.addingTimeInterval(3_600))
    let request = try #require(transport.sent.first)
    #expect(
      request.url
        == "https://portal.sso.us-east-2.amazonaws.com/federation/credentials"
        + "?role_name=Read%20Only&account_id=111122223333")
    #expect(request.headers["x-amz-sso_bearer_token"] == "bearer")
    #expect(request.headers["Authorization"] == nil)
  }

  @Test(arguments: [
    (nil, "profile 'dev' is not signed in"),
    (
      #"{"accessToken":"bearer","expiresAt":"2026-11-23T01:02:03Z"}"#,
      "the sign-in of profile 'dev' has run out"
    ),
    ("{}", "is no sign-in token"),
  ])
  func asksToSignIn(_ token: String?, _ reason: String) async {
    var texts: [String: String?] = [Self.config: Self.signIn]
    if let token { texts[Self.cache] = token }
    let error = await failure {
      try await chain([:], texts).credentials(for: AWSScope(profile: "dev"))
    }
    #expect(error?.message.hasSuffix(reason) == true)
    #expect(error?.remedy == "Run `aws sso login --profile dev`.")
    #expect(error?.description.contains("bearer") == false)
  }

  @Test func saysWhichSettingOfASignInIsMissing() async {
    let text = "[profile dev]\nsso_start_url = https://x\nsso_region = r-1\nsso_account_id = 1\n"
    let error = await failure {
      try await chain([:], [Self.config: text]).credentials(for: AWSScope(profile: "dev"))
    }
    #expect(error?.message == "\(Self.config):2: profile 'dev' signs in and has no sso_role_name")
  }

  @Test func asksTheContainersAgent() async throws {
    let transport = ScriptedTransport(
      .text(
        #"{"AccessKeyId":"ECS","SecretAccessKey":"s","Token":"t","#
          + #""Expiration":"2026-11-23T02:02:03Z","RoleArn":"r"}"#))
    let relative = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/creds"]
    let found = try await chain(relative, transport: transport).credentials(for: AWSScope())
    #expect(found.accessKeyID == "ECS")
    #expect(found.expiresAt == testTime.addingTimeInterval(3_600))
    let full = [
      "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
    ]
    _ = try await chain(full, ["/token": "pod\n"], transport: transport)
      .credentials(for: AWSScope())
    #expect(
      transport.sent.map(\.url) == [
        "http://169.254.170.2/v2/creds", "http://169.254.170.23/v1/credentials",
      ])
    #expect(transport.sent[1].headers["Authorization"] == "pod")
    let far = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/x"]
    let error = await failure {
      try await chain(far, transport: transport).credentials(for: AWSScope())
    }
    #expect(error?.message.contains("example.com without HTTPS") == true)
    #expect(transport.sent.count == 2)
  }

  @Test func asksTheInstanceLast() async throws {
    let transport = ScriptedTransport { request, _ in
      if request.method == "PUT" { return .text("imds-token") }
      guard request.headers["X-aws-ec2-metadata-token"] == "imds-token" else {
        return HTTPResponse(status: 401)
      }
      return request.url.hasSuffix("/security-credentials/")
        ? .text("runner-role\n")
        : .text(
          #"{"Code":"Success","AccessKeyId":"EC2","SecretAccessKey":"s","Token":"t","#
            + #""Expiration":"2026-11-23T02:02:03Z"}"#)
    }
    let found = try await chain([:], transport: transport).credentials(for: AWSScope())
    #expect(found.accessKeyID == "EC2")
    #expect(
      transport.sent.map(\.url) == [
        "http://169.254.169.254/latest/api/token",
        "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "http://169.254.169.254/latest/meta-data/iam/security-credentials/runner-role",
      ])
    #expect(transport.sent.allSatisfy { $0.timeout == .seconds(1) })
  }

  @Test func saysWhereItLookedWhenThereIsNothing() async {
    let transport = ScriptedTransport(HTTPResponse(status: 404))
    let disabled = ["AWS_EC2_METADATA_DISABLED": "true"]
    let error = await failure {
      try await chain(disabled, transport: transport).credentials(for: AWSScope())
    }
    #expect(transport.sent.isEmpty)
    #expect(
      error?.message
        == "no AWS credentials for the environment's credentials: neither in the environment, nor "
        + "as profile 'default' in \(Self.config) or /home/kim/.aws/credentials, nor from a "
        + "container or instance")
    #expect(error?.remedy.contains("`aws configure`") == true)
  }
}
