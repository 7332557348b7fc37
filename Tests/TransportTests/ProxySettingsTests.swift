import Testing
import Transport

@Suite("Proxy settings")
struct ProxySettingsTests {
  private func isProxied(
    _ host: String, port: Int = 443, exceptions: String, scheme: String = "https"
  ) -> Bool {
    let settings = ProxySettings(environment: [
      "HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": exceptions,
    ])
    return settings.route(scheme: scheme, host: host, port: port) != .direct
  }

  @Test("Without variables every request goes straight")
  func nothingIsDirect() {
    let settings = ProxySettings(environment: ["HTTPS_PROXY": ""])
    #expect(settings.route(scheme: "https", host: "a.example", port: 443) == .direct)
  }

  @Test("Each scheme has its own variable, and lower case goes first")
  func schemesAreSeparate() throws {
    let settings = ProxySettings(environment: [
      "HTTPS_PROXY": "http://upper:1", "https_proxy": "lower:2",
    ])
    let server = try #require(ProxyServer("http://lower:2"))
    #expect(settings.route(scheme: "https", host: "a.example", port: 443) == .through(server))
    #expect(settings.route(scheme: "http", host: "a.example", port: 80) == .direct)
  }

  @Test("Exceptions are names, suffixes, ports or everything")
  func exceptions() {
    #expect(isProxied("api.github.com", exceptions: ""))
    #expect(!isProxied("api.github.com", exceptions: "*"))
    #expect(!isProxied("api.github.com", exceptions: "x.org, github.com"))
    #expect(!isProxied("API.GitHub.com", exceptions: ".github.com"))
    #expect(!isProxied("api.github.com", exceptions: "*.github.com"))
    #expect(isProxied("notgithub.com", exceptions: "github.com"))
    #expect(!isProxied("ghe.example", port: 8443, exceptions: "ghe.example:8443"))
    #expect(isProxied("ghe.example", port: 443, exceptions: "ghe.example:8443"))
    #expect(!isProxied("10.1.2.3", exceptions: "10.1.2.3"))
  }

  @Test(
    "The loopback interface is never proxied",
    arguments: ["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.8.9.1", "::1"])
  func loopbackIsDirect(host: String) {
    #expect(!isProxied(host, exceptions: ""))
  }

  @Test("A password is read, and told by no description")
  func passwordIsHidden() throws {
    let server = try #require(ProxyServer("http://me:s%65cret@proxy.example:3128/"))
    #expect(server.username == "me")
    #expect(server.password == "secret")
    #expect(server.port == 3128)
    var dumped = ""
    dump(server, to: &dumped)
    #expect(!"\(server) \(String(reflecting: server)) \(dumped)".contains("secret"))
  }

  @Test("What is no HTTP proxy is unusable, not passed by")
  func otherSchemesAreUnusable() {
    for value in ["socks5://proxy:1080", "https://proxy", "http://"] {
      let settings = ProxySettings(environment: ["https_proxy": value])
      #expect(
        settings.route(scheme: "https", host: "a.example", port: 443)
          == .unusable(variable: "https_proxy"))
    }
  }
}
