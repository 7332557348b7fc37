import Deploys
import Testing

@testable import AWS

@Suite struct SharedConfigTests {
  private static let config = "/home/kim/.aws/config"
  private static let credentials = "/home/kim/.aws/credentials"

  private func load(
    _ texts: [String: String?], _ environment: [String: String] = [:]
  ) throws -> SharedConfig {
    try SharedConfig(
      environment: ["HOME": "/home/kim"].merging(environment) { $1 }, files: files(texts))
  }

  @Test func readsProfilesCommentsAndQuotedNames() throws {
    let config = try load([
      Self.config: """
      # a comment
      [default]
      Region = us-east-1   ; where we began
      [profile "acme dev"]
      region=ap-northeast-2 # Seoul
      role_arn = arn:aws:iam::1:role/a#b
      \t
      [profile acme-prd]
      region: eu-west-1
      [plugins]
      cli = ignored
      """
    ])
    #expect(config.profileNames == ["acme dev", "acme-prd", "default"])
    #expect(config.profiles["default"]?["region"] == "us-east-1")
    #expect(config.profiles["acme dev"]?["region"] == "ap-northeast-2")
    #expect(config.profiles["acme dev"]?["role_arn"] == "arn:aws:iam::1:role/a#b")
    #expect(config.profiles["acme-prd"]?["region"] == "eu-west-1")
    #expect(config.profiles["acme-prd"]?.values["region"]?.line == 9)
  }

  @Test func letsTheCredentialsFileWinAndKeepsWhatOnlyOneHas() throws {
    let config = try load([
      Self.config: "[profile a]\r\nregion = x-1\r\naws_access_key_id = FROMCONFIG\r\n",
      Self.credentials: "[a]\naws_access_key_id = FROMCREDENTIALS\n[b]\naws_access_key_id = B\n",
    ])
    #expect(config.profiles["a"]?["aws_access_key_id"] == "FROMCREDENTIALS")
    #expect(config.profiles["a"]?["region"] == "x-1")
    #expect(config.profileNames == ["a", "b"])
  }

  @Test func readsNestedServices() throws {
    let config = try load([
      Self.config: """
      [profile a]
      services = local
      s3 =
        addressing_style = path
      region = us-east-1
      [services local]
      codebuild =
        endpoint_url = http://127.0.0.1:5001
      s3 =
        endpoint_url = http://127.0.0.1:5002
      """
    ])
    #expect(config.profiles["a"]?["region"] == "us-east-1")
    #expect(
      config.services["local"]?.values["codebuild"]?.nested["endpoint_url"]
        == "http://127.0.0.1:5001")
    #expect(
      config.services["local"]?.values["s3"]?.nested["endpoint_url"] == "http://127.0.0.1:5002")
  }

  @Test func obeysTheVariablesThatNameTheFiles() throws {
    let config = try load(
      ["/etc/c": "[profile x]\nregion = r-1\n", "/home/kim/keys": "[y]\nregion = r-2\n"],
      ["AWS_CONFIG_FILE": "/etc/c", "AWS_SHARED_CREDENTIALS_FILE": "~/keys"])
    #expect(config.profileNames == ["x", "y"])
    #expect(config.files == ["/etc/c", "/home/kim/keys"])
  }

  @Test(arguments: [
    ("region = x", 1, "before the first"),
    ("[default]\n\nregion", 3, "key = value"),
    ("[default", 1, "closing"),
    ("[]", 1, "names no section"),
    ("[default]\n= x", 2, "key = value"),
  ])
  func namesTheLineThatIsWrong(_ text: String, _ line: Int, _ words: String) throws {
    let error = #expect(throws: AWSError.self) { try load([Self.config: text]) }
    guard case .badConfiguration(let file, let found, let reason, _)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(file == Self.config)
    #expect(found == line)
    #expect(reason.contains(words))
    #expect(error?.message.hasPrefix("\(Self.config):\(line): ") == true)
  }

  @Test func saysWhichFileCannotBeRead() throws {
    let error = #expect(throws: AWSError.self) { try load([Self.credentials: nil as String?]) }
    #expect(error?.message.hasPrefix("\(Self.credentials): cannot be read") == true)
  }

  @Test func takesMissingFilesForEmptyOnes() throws {
    #expect(try load([:]).profileNames.isEmpty)
  }
}
