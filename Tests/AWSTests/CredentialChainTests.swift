import Deploys
import Foundation
import Synchronization
import Testing
import Transport

@testable import AWS

@Suite struct CredentialChainTests {
  private static let config = "/home/kim/.aws/config"
  private static let credentials = "/home/kim/.aws/credentials"
  private static let keys = ["AWS_ACCESS_KEY_ID": "ENVKEY", "AWS_SECRET_ACCESS_KEY": "envsecret"]

  private func id(
    _ chain: CredentialChain, _ scope: AWSScope = AWSScope()
  ) async throws -> String {
    try await chain.credentials(for: scope).accessKeyID
  }

  @Test func takesTheEnvironmentUnlessAProfileIsNamed() async throws {
    let texts = [Self.credentials: "[acme]\naws_access_key_id=A\naws_secret_access_key=s\n"]
    let environment = Self.keys.merging(["AWS_PROFILE": "acme"]) { $1 }
    #expect(try await id(chain(environment, texts)) == "ENVKEY")
    #expect(try await id(chain(environment, texts), AWSScope(profile: "acme")) == "A")
    #expect(try await id(chain(["AWS_PROFILE": "acme"], texts)) == "A")
    #expect(try await id(chain(["AWS_DEFAULT_PROFILE": "acme"], texts)) == "A")
  }

  @Test func readsTokenAndExpiryOfTheEnvironment() async throws {
    let environment = Self.keys.merging([
      "AWS_SESSION_TOKEN": "tok", "AWS_CREDENTIAL_EXPIRATION": "2026-11-23T02:02:03Z",
    ]) { $1 }
    let found = try await chain(environment).credentials(for: AWSScope())
    #expect(found.sessionToken == "tok")
    #expect(found.expiresAt == testTime.addingTimeInterval(3_600))
  }

  @Test func complainsAboutHalfAKey() async {
    let half = await failure {
      try await chain(["AWS_ACCESS_KEY_ID": "X"]).credentials(for: AWSScope())
    }
    #expect(half?.message.contains("AWS_SECRET_ACCESS_KEY is not") == true)
    let inFile = await failure {
      try await chain([:], [Self.credentials: "[default]\n\naws_access_key_id = A\n"])
        .credentials(for: AWSScope())
    }
    #expect(inFile?.message.hasPrefix("\(Self.credentials):3: profile 'default'") == true)
  }

  @Test func prefersKeysInTheCredentialsFileToACommandToKeysInTheConfig() async throws {
    let command =
      "credential_process = /bin/echo "
      + #"'{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s"}'"#
    let config = "[default]\naws_access_key_id=C\naws_secret_access_key=s\n"
    let keys = "[default]\naws_access_key_id=K\naws_secret_access_key=s\naws_session_token=t\n"
    #expect(
      try await id(chain([:], [Self.config: config + command, Self.credentials: keys])) == "K")
    #expect(try await id(chain([:], [Self.config: config + command])) == "P")
    #expect(try await id(chain([:], [Self.config: config])) == "C")
  }

  @Test func namesAMissingProfileTheFilesAndTheOthers() async {
    let texts = [Self.config: "[profile acme-dev]\nregion = r-1\n"]
    for (environment, scope) in [
      ([:], AWSScope(profile: "typo")), (["AWS_PROFILE": "typo"], AWSScope()),
    ] {
      let error = await failure { try await chain(environment, texts).credentials(for: scope) }
      #expect(
        error?.message
          == "no AWS credentials for typo: there is no profile 'typo' in \(Self.config) or "
          + Self.credentials)
      #expect(error?.remedy.contains("Use one of acme-dev") == true)
    }
  }

  @Test func doesNotReplaceAnEmptyProfileByTheMachinesRole() async {
    let transport = ScriptedTransport(.text("role"))
    let error = await failure {
      try await chain(Self.keys, [Self.config: "[profile a]\nregion=r-1"], transport: transport)
        .credentials(for: AWSScope(profile: "a"))
    }
    #expect(error?.message.contains("holds no keys") == true)
    #expect(transport.sent.isEmpty)
  }

  @Test func keepsCredentialsUntilFiveMinutesBeforeTheyExpire() async throws {
    let clock = Mutex(testTime)
    let transport = ScriptedTransport { _, number in
      .text(sts("ROLE\(number)", expiration: number == 0 ? "02:02:03" : "03:02:03"))
    }
    let chain = chain(
      Self.keys, transport: transport, now: { @Sendable in clock.withLock { $0 } })
    let scope = AWSScope(region: "r-1", roleARN: "arn:aws:iam::1:role/x")
    #expect(try await id(chain, scope) == "ROLE0")
    clock.withLock { $0 = testTime.addingTimeInterval(3_299) }
    #expect(try await id(chain, scope) == "ROLE0")
    #expect(try await id(chain, AWSScope(region: "r-2", roleARN: scope.roleARN)) == "ROLE0")
    clock.withLock { $0 = testTime.addingTimeInterval(3_301) }
    #expect(try await id(chain, scope) == "ROLE1")
    #expect(transport.sent.count == 2)
  }

  @Test func fetchesOnceForAllWhoAskAtOnce() async throws {
    let gate = AsyncStream<Void>.makeStream()
    let transport = ScriptedTransport { _, number in
      for await _ in gate.stream { break }
      return .text(sts("ROLE\(number)", expiration: "02:02:03"))
    }
    let chain = chain(Self.keys, transport: transport)
    let scope = AWSScope(region: "r-1", roleARN: "arn:aws:iam::1:role/x")
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<10 {
        group.addTask { try await chain.credentials(for: scope).accessKeyID }
      }
      gate.continuation.finish()
      var ids: Set<String> = []
      for try await id in group { ids.insert(id) }
      return ids
    }
    #expect(ids == ["ROLE0"])
    #expect(transport.sent.count == 1)
  }

  @Test func asksAgainAfterAFailureAndAfterADiscard() async throws {
    let transport = ScriptedTransport(
      .text("<Error><Code>AccessDenied</Code></Error>", status: 403),
      .text(sts("A", expiration: "02:02:03")), .text(sts("B", expiration: "02:02:03")))
    let chain = chain(Self.keys, transport: transport)
    let scope = AWSScope(region: "r-1", roleARN: "arn:aws:iam::1:role/x")
    #expect(await failure { try await chain.credentials(for: scope) } != nil)
    let first = try await chain.credentials(for: scope)
    await chain.discard(first, for: scope)
    #expect(try await id(chain, scope) == "B")
    await chain.discard(first, for: scope)
    #expect(try await id(chain, scope) == "B")
  }

  @Test func renewsExpiredCredentialsOnceInTheMiddleOfACall() async throws {
    let fileKey = Mutex("OLD")
    let files = FileReader { path in
      guard path == Self.credentials else { return nil }
      let key = fileKey.withLock { $0 }
      return Data("[acme-dev]\naws_access_key_id=\(key)\naws_secret_access_key=s\n".utf8)
    }
    let transport = ScriptedTransport { request, _ in
      guard request.headers["Authorization"]?.contains("=OLD/") == true else {
        return .text(#"{"ids":["p:1"]}"#)
      }
      fileKey.withLock { $0 = "NEW" }
      return .text(#"{"__type":"ExpiredTokenException","message":"expired"}"#, status: 400)
    }
    let client = try clients(transport, credentials: nil, files: files).client(for: seoul)
    #expect(try await client.listBuilds(project: "p") == ["p:1"])
    #expect(transport.sent.count == 2)
    let stuck = ScriptedTransport(
      .text(#"{"__type":"ExpiredTokenException","message":"expired"}"#, status: 400))
    let other = try clients(stuck, credentials: nil, files: files).client(for: seoul)
    let error = await failure { try await other.listBuilds(project: "p") }
    #expect(error?.message.hasPrefix("the credentials have expired") == true)
    #expect(stuck.sent.count == 1)
  }
}

/// What STS answers.
func sts(_ id: String, expiration: String) -> String {
  """
  <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
  <Credentials><AccessKeyId>\(id)</AccessKeyId><SecretAccessKey>s/+e&amp;</SecretAccessKey>
  <SessionToken>tok</SessionToken><Expiration>2026-11-23T\(expiration)Z</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>
  """
}
