import Deploys
import Foundation
import Testing
import Transport

@testable import AWS

@Suite struct CredentialRoleTests {
  private static let config = "/home/kim/.aws/config"
  private static let base = "[profile base]\naws_access_key_id=BASE\naws_secret_access_key=s\n"

  private func resolve(
    _ text: String, _ profile: String? = "dev", environment: [String: String] = [:],
    role: String? = nil, endpoint: String? = nil, files more: [String: String?] = [:]
  ) async throws -> (credentials: Credentials, sent: [HTTPRequest]) {
    let transport = ScriptedTransport { _, number in
      .text(sts("ROLE\(number)", expiration: "02:02:03"))
    }
    let texts = more.merging([Self.config: text]) { $1 }
    let credentials = try await chain(environment, texts, transport: transport)
      .credentials(for: AWSScope(profile: profile, roleARN: role, endpoint: endpoint))
    return (credentials, transport.sent)
  }

  @Test func assumesARoleWithASourceProfile() async throws {
    let text =
      Self.base + """
        [profile dev]
        region = eu-west-1
        role_arn = arn:aws:iam::111122223333:role/Reader
        source_profile = base
        external_id = a b&c
        role_session_name = kim
        duration_seconds = 1800
        """
    let (credentials, sent) = try await resolve(text)
    #expect(credentials.accessKeyID == "ROLE0")
    #expect(credentials.secretAccessKey == "s/+e&")
    #expect(credentials.sessionToken == "tok")
    #expect(credentials.expiresAt == testTime.addingTimeInterval(3_600))
    #expect(sent.count == 1)
    #expect(sent[0].url == "https://sts.eu-west-1.amazonaws.com/")
    #expect(
      sent[0].bodyText
        == "Action=AssumeRole&Version=2011-06-15"
        + "&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FReader&RoleSessionName=kim"
        + "&DurationSeconds=1800&ExternalId=a%20b%26c")
    #expect(
      sent[0].headers["Authorization"]?.contains("Credential=BASE/20261123/eu-west-1/sts/") == true)
  }

  @Test func assumesRoleUponRoleAndTheScopesOwnOnTop() async throws {
    let text =
      Self.base + """
        [profile mid]
        role_arn = arn:aws:iam::1:role/mid
        source_profile = base
        [profile dev]
        role_arn = arn:aws:iam::2:role/dev
        source_profile = mid
        """
    let (credentials, sent) = try await resolve(text, role: "arn:aws:iam::3:role/top")
    #expect(credentials.accessKeyID == "ROLE2")
    let signers = sent.map { request in
      ["BASE", "ROLE0", "ROLE1"].first {
        request.headers["Authorization"]?.contains("=\($0)/") == true
      }
    }
    #expect(signers == ["BASE", "ROLE0", "ROLE1"])
    #expect(sent.map { $0.bodyText.contains("role%2Ftop") } == [false, false, true])
    #expect(sent[0].url == "https://sts.us-east-1.amazonaws.com/")
  }

  @Test func asksSTSAtTheScopesEndpoint() async throws {
    let (_, sent) = try await resolve(
      Self.base, "base", role: "arn:aws:iam::3:role/top", endpoint: "http://127.0.0.1:5000")
    #expect(sent.map(\.url) == ["http://127.0.0.1:5000/"])
    let (_, other) = try await resolve(
      Self.base, "base", environment: ["AWS_ENDPOINT_URL_STS": "http://127.0.0.1:5001"],
      role: "arn:aws:iam::3:role/top")
    #expect(other.map(\.url) == ["http://127.0.0.1:5001/"])
  }

  @Test func assumesItsOwnRoleWithItsOwnKeys() async throws {
    let text = """
      [profile dev]
      role_arn = arn:aws:iam::1:role/x
      source_profile = dev
      aws_access_key_id = OWN
      aws_secret_access_key = s
      """
    let (credentials, sent) = try await resolve(text)
    #expect(credentials.accessKeyID == "ROLE0")
    #expect(sent[0].headers["Authorization"]?.contains("=OWN/") == true)
  }

  @Test func takesTheEnvironmentAsSource() async throws {
    let text = "[profile dev]\nrole_arn = arn:aws:iam::1:role/x\ncredential_source = Environment"
    let keys = ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s"]
    let (_, sent) = try await resolve(text, environment: keys)
    #expect(sent[0].headers["Authorization"]?.contains("=ENV/") == true)
    let error = await failure { try await resolve(text) }
    #expect(error?.message.contains("gives no credentials here") == true)
  }

  @Test func exchangesAWebIdentityTokenWithoutSigning() async throws {
    let (credentials, sent) = try await resolve(
      "", nil,
      environment: [
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/web",
        "AWS_ROLE_SESSION_NAME": "pod",
      ],
      files: ["/token": "eyJ\n"])
    #expect(credentials.accessKeyID == "ROLE0")
    #expect(sent[0].headers["Authorization"] == nil)
    #expect(
      sent[0].bodyText
        == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
        + "&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fweb&RoleSessionName=pod&WebIdentityToken=eyJ")
    let profile = "[profile dev]\nrole_arn = r\nweb_identity_token_file = /gone"
    let error = await failure { try await resolve(profile) }
    #expect(error?.message == "/gone: there is no such web identity token file")
  }

  @Test(arguments: [
    (
      "[profile dev]\nrole_arn=a\nsource_profile=b\n[profile b]\nrole_arn=b\nsource_profile=dev",
      "\(config):6: source_profile goes round in a circle: dev → b → dev"
    ),
    (
      "[profile dev]\nrole_arn=a\nsource_profile=dev",
      "\(config):3: source_profile goes round in a circle: dev → dev"
    ),
    (
      "[profile dev]\nrole_arn=a\nsource_profile=gone",
      "\(config):3: profile 'dev' has source_profile 'gone', which is in neither file"
    ),
    (
      "[profile dev]\nrole_arn=a\nsource_profile=b\n[profile b]\nregion=r-1",
      "\(config):3: profile 'b', source_profile of 'dev', holds no credentials"
    ),
    (
      "[profile dev]\nrole_arn=a",
      "\(config):2: profile 'dev' needs one of source_profile, credential_source and "
        + "web_identity_token_file beside role_arn"
    ),
    (
      "[profile dev]\nrole_arn=a\ncredential_source=Moon",
      "\(config):3: 'Moon' is not one of Environment, Ec2InstanceMetadata and EcsContainer"
    ),
    (
      "[profile dev]\nrole_arn=a\nmfa_serial=arn:aws:iam::1:mfa/kim\nsource_profile=b",
      "no AWS credentials for dev: profile 'dev' needs a code of the MFA device "
        + "arn:aws:iam::1:mfa/kim"
    ),
  ])
  func saysWhatIsWrongWithARole(_ text: String, _ message: String) async {
    let error = await failure { try await resolve(text) }
    #expect(error?.message == message)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test func namesTheRoleThatMayNotBeAssumed() async throws {
    let transport = ScriptedTransport(
      .text(
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: u is "
          + "not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>",
        status: 403))
    let text = Self.base + "[profile dev]\nrole_arn=arn:aws:iam::1:role/x\nsource_profile=base"
    let error = await failure {
      try await chain([:], [Self.config: text], transport: transport)
        .credentials(for: AWSScope(profile: "dev", region: "eu-west-1"))
    }
    #expect(
      error?.message
        == "access denied: sts:AssumeRole on arn:aws:iam::1:role/x (dev, eu-west-1, "
        + "sts.eu-west-1.amazonaws.com): AccessDenied: User: u is not authorized to perform: "
        + "sts:AssumeRole")
  }
}
