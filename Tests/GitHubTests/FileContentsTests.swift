import Foundation
import GitHub
import Testing
import Transport

@Suite("Files")
struct FileContentsTests {
  private func contents(_ response: HTTPResponse) async throws -> String {
    try await Fixtures.client(StubTransport([.success(response)])).fileContents(
      "w.yml", in: Fixtures.repository, ref: nil)
  }

  @Test("The raw form is the file, also where the file is JSON")
  func raw() async throws {
    let raw = "application/vnd.github.raw+json; charset=utf-8"
    for text in ["name: 배포\n", #"{"content":"eA==","encoding":"base64"}"#, ""] {
      #expect(try await contents(.text(text, headers: ["Content-Type": raw])) == text)
    }
  }

  @Test("The base64 form is decoded, with the line breaks that GitHub puts in")
  func base64() async throws {
    let json: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8"]
    let body = #"{"type":"file","encoding":"base64","content":"bmFtZTog\n67Cw7Y+s\n"}"#
    #expect(try await contents(.text(body, headers: json)) == "name: 배포")
    for body in ["[]", #"{"type":"dir"}"#, #"{"encoding":"none","content":""}"#, ""] {
      await #expect(throws: GitHubError.self) {
        _ = try await contents(.text(body, headers: json))
      }
    }
  }

  @Test("Bytes that are no text are refused")
  func binary() async throws {
    await #expect(throws: GitHubError.self) {
      _ = try await contents(HTTPResponse(status: 200, body: Data([0xFF, 0xFE])))
    }
  }

  @Test("An unchanged file is given from before, free of charge")
  func unchanged() async throws {
    let stub = StubTransport { request, _ in
      request.headers["If-None-Match"] == "t"
        ? HTTPResponse(status: 304)
        : .text(
          "text", headers: ["ETag": "t", "Content-Type": "application/vnd.github.raw+json"])
    }
    let client = try Fixtures.client(stub)
    for _ in 1...2 {
      #expect(
        try await client.fileContents("w.yml", in: Fixtures.repository, ref: nil) == "text")
    }
    #expect(client.chargedCount == 1)
    #expect(stub.requests.first?.headers["Accept"] == "application/vnd.github.raw+json")
  }
}
