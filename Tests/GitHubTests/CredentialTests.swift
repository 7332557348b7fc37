import Foundation
import Testing

@testable import GitHub

// One after another: a program that was just written cannot be started while another test's child
// has been forked and still holds it open for writing.
@Suite("Credentials", .serialized, .timeLimit(.minutes(10)))
struct CredentialTests {
  /// A folder with a `gh` that is the given shell script.
  private func folder(withGH script: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("cdtop-gh-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("gh")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    return folder
  }

  @Test("Variables go in order, and empty ones count as unset")
  func order() async throws {
    func source(_ environment: [String: String], _ host: String) async throws -> String {
      try await GitHubCredential.find(environment: environment, host: host).source
    }
    let all = [
      "GITHUB_TOKEN": "a", "GH_TOKEN": "b", "GH_ENTERPRISE_TOKEN": "c",
      "GITHUB_ENTERPRISE_TOKEN": "d",
    ]
    #expect(try await source(all, "api.github.com") == "GITHUB_TOKEN")
    #expect(try await source(["GITHUB_TOKEN": " ", "GH_TOKEN": "b"], "github.com") == "GH_TOKEN")
    #expect(try await source(all, "ghe.example") == "GH_ENTERPRISE_TOKEN")
    #expect(try await source(all, "api.acme.ghe.com") == "GITHUB_TOKEN")
    #expect(try await source(["GITHUB_TOKEN": "a"], "ghe.example") == "GITHUB_TOKEN")
  }

  @Test("Space around a token is taken off; anything odd inside is refused without being told")
  func shape() async throws {
    let found = try await GitHubCredential.find(
      environment: ["GH_TOKEN": " ghp_x\r\n"], host: "github.com")
    #expect(found.token == "ghp_x")
    for token in ["gh p_x", "ghp\nx", "ghp\u{0}x", "ghp_é", "a\tb"] {
      let error = await #expect(throws: GitHubError.self) {
        _ = try await GitHubCredential.find(environment: ["GH_TOKEN": token], host: "github.com")
      }
      #expect(error == .malformedToken(source: "GH_TOKEN"))
    }
  }

  @Test("No description shows the token")
  func redaction() throws {
    let credential = try GitHubCredential(token: Fixtures.token, source: "GH_TOKEN")
    var dumped = ""
    dump(["key": credential], to: &dumped)
    let client = try Fixtures.client(StubTransport([]))
    dump(client, to: &dumped)
    let told = "\(credential) \(String(reflecting: credential)) \(dumped) \(client)"
    #expect(!told.contains(Fixtures.token))
    #expect(told.contains("GH_TOKEN"))
  }

  @Test("gh is asked for the host, with the environment, when no variable is set")
  func ghIsAsked() async throws {
    let folder = try folder(withGH: #"echo "tok_$4_$GH_CONFIG_DIR"; echo noise >&2"#)
    defer { try? FileManager.default.removeItem(at: folder) }
    let found = try await GitHubCredential.find(
      environment: ["PATH": "/nowhere:\(folder.path)", "GH_CONFIG_DIR": "cfg"],
      host: "api.github.com")
    #expect(found.token == "tok_github.com_cfg")
    #expect(found.source == "gh auth token")
  }

  @Test(
    "Without gh, or where gh fails or says nothing, the error says what to do",
    arguments: [nil, "exit 1", "exit 0", "echo secret; exit 4"])
  func noToken(script: String?) async throws {
    var path = ""
    if let script { path = try folder(withGH: script).path }
    defer { try? FileManager.default.removeItem(atPath: path) }
    let environment = ["PATH": path]
    let error = GitHubError.noToken(host: "ghe.example")
    await #expect(throws: error) {
      _ = try await GitHubCredential.find(environment: environment, host: "ghe.example")
    }
    #expect(error.remedy.contains("GITHUB_TOKEN"))
    #expect(error.remedy.contains("gh auth login --hostname ghe.example"))
  }

  @Test("A gh that waits for something is given up")
  func hangingGH() async throws {
    let folder = try folder(withGH: "exec tail -f /dev/null")
    defer { try? FileManager.default.removeItem(at: folder) }
    let environment = ["PATH": "\(folder.path):/usr/bin:/bin"]
    let gh = try #require(GitHubCLI(environment: environment, patience: .milliseconds(50)))
    #expect(await gh.token(for: "github.com") == nil)
  }
}
