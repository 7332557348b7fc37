import Operations
import Testing

@Suite("What programs of the operator's are told")
struct ChildEnvironmentTests {
  @Test("Secrets are withheld, all else stays")
  func secrets() {
    let kept = ChildEnvironment.of(
      [
        "GITHUB_TOKEN": "a", "GH_TOKEN": "a", "ACTIONS_RUNTIME_TOKEN": "a",
        "AWS_SECRET_ACCESS_KEY": "a", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/a", "HOOK": "a",
        "EDITOR": "vi", "AWS_PROFILE": "dev", "TERM": "xterm", "GITHUB_TOKENS": "3",
      ], withholding: "HOOK")
    #expect(
      kept == ["EDITOR": "vi", "AWS_PROFILE": "dev", "TERM": "xterm", "GITHUB_TOKENS": "3"])
  }

  @Test(
    "A proxy stays, without the password",
    arguments: [
      ("http://proxy:3128", "http://proxy:3128"), ("http://me:p@proxy:3128/", "http://proxy:3128/"),
      ("me:p@proxy:3128", "proxy:3128"), ("http://me:p/w@x@proxy", "http://proxy"), ("", ""),
      ("socks5://me@proxy", "socks5://proxy"), ("localhost,.example", "localhost,.example"),
    ])
  func proxies(value: String, kept: String) {
    for name in ["HTTPS_PROXY", "http_proxy", "ALL_PROXY", "no_proxy"] {
      #expect(ChildEnvironment.of([name: value]) == [name: kept])
    }
  }
}
