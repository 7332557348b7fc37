import Foundation
import GitHub
import Testing
import Transport

@Suite("Refusals and bad answers")
struct RefusalTests {
  /// The error of a read that gets the given answer.
  private func error(_ response: HTTPResponse) async throws -> GitHubError {
    let client = try Fixtures.client(StubTransport([.success(response)]))
    return try await #require(throws: GitHubError.self) {
      _ = try await client.runs(in: Fixtures.repository)
    }
  }

  @Test("401 names the host and where the token came from")
  func unauthorized() async throws {
    let error = try await error(.text(#"{"message":"Bad credentials"}"#, status: 401))
    #expect(error == .unauthorized(host: "api.github.com", source: "GITHUB_TOKEN"))
    #expect(error.message.contains("GITHUB_TOKEN"))
  }

  @Test("403 without a limit tells the permission of a fine-grained token")
  func fineGrainedPermission() async throws {
    let error = try await error(
      .text(
        #"{"message":"Resource not accessible by personal access token"}"#, status: 403,
        headers: [
          "x-accepted-github-permissions": "actions=write,pull_requests=read; contents=write",
          "x-ratelimit-remaining": "4999",
        ]))
    #expect(
      error
        == .forbidden(
          what: "the runs of acme/shop",
          neededPermission: "Actions: write, Pull requests: read or Contents: write",
          message: "Resource not accessible by personal access token"))
    #expect(error.remedy.contains("Actions: write"))
  }

  @Test("403 without a limit tells the scopes of a classic token")
  func classicScopes() async throws {
    let error = try await error(
      .text(
        "{}", status: 403,
        headers: ["x-accepted-oauth-scopes": "repo", "x-oauth-scopes": "gist, read:org"]))
    #expect(error.remedy.contains("the scope repo (it has: gist, read:org)"))
  }

  @Test("403 that tells nothing names the permission that the documentation tells")
  func documentedPermission() async throws {
    #expect(try await error(.text("no", status: 403)).remedy.contains("Actions: read"))
  }

  @Test("403 for single sign-on gives the page to go to")
  func singleSignOn() async throws {
    let error = try await error(
      .text(
        "{}", status: 403,
        headers: ["X-GitHub-SSO": "required; url=https://github.com/orgs/acme/sso?x=1"]))
    #expect(error == .sso(url: "https://github.com/orgs/acme/sso?x=1"))
  }

  @Test("404 says both that it may be missing and that it may be hidden")
  func notFound() async throws {
    let error = try await error(.text(#"{"message":"Not Found"}"#, status: 404))
    #expect(error == .notFound(what: "the runs of acme/shop"))
    #expect(error.message.contains("not visible"))
    let told = try await self.error(
      .text("{}", status: 404, headers: ["X-Accepted-GitHub-Permissions": "actions=write"]))
    #expect(
      told == .notFound(what: "the runs of acme/shop", neededPermission: "Actions: write"))
    #expect(told.remedy.contains("must include the repository and have Actions: write,"))
  }

  @Test("410 and 4xx have their own words")
  func goneAndRefused() async throws {
    #expect(try await error(HTTPResponse(status: 410)) == .gone(what: "the runs of acme/shop"))
    let refused = try await error(
      .text(
        #"{"message":"Validation\u001b[2J Failed","errors":[{"field":"ref","code":"invalid"},"bare"]}"#,
        status: 422))
    #expect(
      refused
        == .refused(
          what: "the runs of acme/shop", status: 422, message: "Validation [2J Failed",
          fields: ["ref: invalid", "bare"]))
    #expect(!refused.message.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test(
    "What is not the JSON asked for names the host and shows its start without control characters",
    arguments: [
      ("", "nothing"), ("   \n", "nothing"),
      ("<!DOCTYPE html>\n<html>\u{1B}]0;x\u{7}<body>Sign in", "HTML instead of JSON"),
      (#"{"total_count":1,"workflow_runs":[{"id":1,"#, "breaks off"),
      (#"{"message":"hello"}"#, "another shape"), ("[]", "another shape"),
      (#"{"workflow_runs":{}}"#, "another shape"), ("\u{202E}\u{200B}evil", "breaks off"),
    ])
  func badPayload(body: String, word: String) async throws {
    let error = try await error(.text(body))
    guard case .badPayload(let what, let host, let detail) = error else {
      Issue.record("unexpected: \(error)")
      return
    }
    #expect(what == "the runs of acme/shop")
    #expect(host == "api.github.com")
    #expect(detail.contains(word))
    #expect(detail.count < 150)
    let forbidden = detail.unicodeScalars.filter {
      $0.value < 0x20 || $0.properties.generalCategory == .format
    }
    #expect(forbidden.isEmpty)
  }

  @Test("Bytes that are not UTF-8 do not break the message")
  func bytes() async throws {
    let error = try await error(HTTPResponse(status: 200, body: Data([0xFF, 0xFE, 0x00, 0x7B])))
    guard case .badPayload = error else {
      Issue.record("unexpected: \(error)")
      return
    }
  }

  @Test("A token that a server echoes is in no error")
  func echoedToken() async throws {
    let echo = #"{"message":"you sent \#(Fixtures.token)","errors":["\#(Fixtures.token)"]}"#
    for response in [
      HTTPResponse.text(echo, status: 403), .text(echo, status: 422), .text(echo),
      .text("<html>Authorization: Bearer \(Fixtures.token)"),
      .text(String(repeating: "x", count: 70) + Fixtures.token),
      HTTPResponse(status: 303, headers: ["Location": "https://h/\(Fixtures.token)"]),
    ] {
      let error = try await error(response)
      var dumped = ""
      dump(error, to: &dumped)
      let told = "\(error) \(error.message) \(error.remedy) \(dumped)"
      #expect(!told.contains("Secret"))
    }
  }
}
