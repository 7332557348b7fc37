import Testing
import Transport

@Suite("Requests")
struct HTTPRequestTests {
  @Test("The origin is scheme, host and port in lower case, without a password")
  func origin() {
    #expect(HTTPRequest.origin(of: "HTTPS://Api.GitHub.com/x?y") == "https://api.github.com")
    #expect(HTTPRequest.origin(of: "http://me:pw@host:80?x=@") == "http://host:80")
    #expect(HTTPRequest.origin(of: "no url") == "")
  }

  @Test("Header names are compared without regard to case")
  func headerNames() {
    var headers: HTTPHeaders = ["ETag": "a"]
    #expect(headers["etag"] == "a")
    headers["ETAG"] = "b"
    headers.add("etag", "c")
    #expect(headers.fields.map(\.value) == ["b", "c"])
    headers["Etag"] = nil
    #expect(headers.fields.isEmpty)
  }
}
