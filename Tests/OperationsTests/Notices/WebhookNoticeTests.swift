import Deploys
import Foundation
import Operations
import Synchronization
import Testing
import Transport

@Suite("Notices by webhook")
struct WebhookNoticeTests {
  private let settings = NoticeSettings(webhookVariable: "HOOK")

  /// Sends events to a webhook that answers in order; the last answer stays.
  private func send(
    _ answers: [StubServers.Answer], _ events: [DeployEvent] = [NoticeFixture.event()]
  ) async -> (troubles: [NoticeTrouble], requests: [HTTPRequest], sleeps: [Duration]) {
    let servers = StubServers()
    servers.on("hooks.example") { _, hit in answers[min(hit, answers.count) - 1] }
    let sleeps = Mutex<[Duration]>([])
    let news = await NoticeFixture.news(of: events, settings, servers: servers) { length in
      sleeps.withLock { $0.append(length) }
    }
    for trouble in news.troubles {
      let words = "\(trouble) \(String(reflecting: trouble))"
      #expect(!words.contains("SECRET"))
      #expect(!words.contains("hooks.example"))
      #expect(words.contains("HOOK"))
    }
    return (news.troubles, servers.requests("://"), sleeps.withLock { $0 })
  }

  private func message(_ request: HTTPRequest?) throws -> [String: Any] {
    let body = try #require(request?.body)
    return try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
  }

  @Test("A message has the fields of the team's notices")
  func body() async throws {
    let events = [
      NoticeFixture.event(.started, conclusion: nil),
      NoticeFixture.event(attempt: 2, summary: "failed at: docker build"),
    ]
    let (troubles, requests, sleeps) = await send([.json("ok")], events)
    #expect(troubles.isEmpty)
    #expect(sleeps.isEmpty)
    #expect(requests.map(\.method) == ["POST", "POST"])
    #expect(requests.allSatisfy { $0.url == NoticeFixture.secret && $0.needsFreshConnection })
    #expect(requests.first?.headers["Content-Type"] == "application/json; charset=utf-8")
    #expect(requests.first?.headers["Authorization"] == nil)
    let start = try message(requests.first)
    #expect(
      start["text"] as? String == "(1 / 2) 🔥 shop to prd started - Tag: shop-prd-20261123-01")
    let end = try message(requests.last)
    #expect(
      end["text"] as? String == "(2 / 2) ❌ shop to prd failed - Tag: shop-prd-20261123-01")
    let attachment = try #require((end["attachments"] as? [[String: Any]])?.first)
    #expect(attachment["author_name"] as? String == "shop-prd")
    #expect(attachment["color"] as? String == "danger")
    #expect(attachment["title"] as? String == "Run #7, attempt 2")
    #expect(
      attachment["title_link"] as? String == "https://github.com/acme/shop/actions/runs/100")
    #expect(attachment["text"] as? String == "failed at: docker build")
    #expect(attachment["ts"] as? Int == 1_790_000_060)
    let fields = try #require(attachment["fields"] as? [[String: Any]])
    #expect(
      fields.map { "\($0["title"] ?? ""): \($0["value"] ?? "")" } == [
        "Service: shop", "Environment: prd", "Tag: shop-prd-20261123-01",
        "Repository: acme/shop", "Actor: kim", "Conclusion: failure",
      ])
  }

  @Test(
    "Which of two a message is",
    arguments: [
      (DeployEvent.Kind.succeeded, "(2 / 2) ✅"), (.cancelled, "(2 / 2) 🚫"),
      (.needsApproval, "✋"),
    ])
  func beginnings(kind: DeployEvent.Kind, beginning: String) async throws {
    let event = NoticeFixture.event(kind, conclusion: kind == .succeeded ? .success : nil)
    let (_, requests, _) = await send([.json("ok")], [event])
    #expect((try message(requests.first)["text"] as? String)?.hasPrefix(beginning) == true)
  }

  @Test("Text from outside calls nobody and links nothing")
  func escapes() async throws {
    let event = NoticeFixture.event(
      service: "<!channel> & <https://evil|x>", tag: "@scope/pkg@1.0", actor: NoticeFixture.hostile,
      summary: "(@here) @everyone <@U1>", url: "https://x/<!channel>")
    let (_, requests, _) = await send([.json("ok")], [event])
    let request = try #require(requests.first)
    let raw = String(decoding: request.body, as: UTF8.self)
    #expect(!raw.contains("<"))
    #expect(!raw.contains(">"))
    let scalars = String(decoding: request.body, as: UTF8.self).unicodeScalars
    #expect(
      scalars.allSatisfy {
        ![.control, .format].contains($0.properties.generalCategory) || $0 == "\u{200B}"
      })
    for word in ["@channel", "@here", "@everyone", "@U1"] { #expect(!raw.contains(word)) }
    let attachment = try #require(
      (try message(request)["attachments"] as? [[String: Any]])?.first)
    #expect(
      attachment["author_name"] as? String
        == "&lt;!channel&gt; &amp; &lt;https://evil|x&gt;-prd")
    #expect(attachment["title_link"] == nil)
    let fields = try #require(attachment["fields"] as? [[String: Any]])
    #expect(fields.map { $0["value"] as? String }.contains("@\u{200B}scope/pkg@1.0"))
  }

  @Test("A webhook that asks to come back later gets the message once it takes it")
  func limited() async {
    func later(_ headers: HTTPHeaders) -> StubServers.Answer {
      .response(HTTPResponse(status: 429, headers: headers))
    }
    let date: HTTPHeaders = [
      "Retry-After": "Sun, 06 Nov 1994 08:50:00 GMT", "Date": "Sun, 06 Nov 1994 08:49:37 GMT",
    ]
    let (troubles, requests, sleeps) = await send(
      [later(["Retry-After": "30"]), later(date), later([:]), .json("ok")])
    #expect(troubles.isEmpty)
    #expect(requests.count == 4)
    #expect(Set(requests.map(\.body)).count == 1)
    #expect(sleeps == [.seconds(30), .seconds(23), .seconds(4)])
  }

  @Test("A webhook that never takes it is given up, and one that asks for too long at once")
  func limitedForever() async {
    let forever = await send([.response(HTTPResponse(status: 429))])
    #expect(forever.requests.count == 5)
    #expect(forever.troubles.count == 1)
    let long = await send(
      [.response(HTTPResponse(status: 429, headers: ["Retry-After": "3600"]))])
    #expect(long.requests.count == 1)
    #expect(long.sleeps.isEmpty)
    #expect(
      long.troubles.map(\.message) == ["the webhook of HOOK takes no more messages for now (429)"])
  }

  @Test(
    "What may have arrived is not sent again",
    arguments: [
      StubServers.Answer.status(500), .status(502), .status(503),
      .failure(.timedOut(host: "hooks.example", after: .seconds(15))),
      .failure(.connectionLost(host: "hooks.example", reason: "reset by the other side")),
      .failure(.tooLarge(host: "hooks.example", limit: 1)),
    ])
  func once(answer: StubServers.Answer) async {
    let (troubles, requests, sleeps) = await send([answer])
    #expect(requests.count == 1)
    #expect(sleeps.isEmpty)
    #expect(troubles.count == 1)
    #expect(troubles.first?.remedy.contains("may have arrived") == true)
  }

  @Test("What surely was not sent is sent again, a few times")
  func unsent() async {
    let refused = StubServers.Answer.failure(
      .notSent(host: "hooks.example", reason: "connection refused"))
    let late = await send([refused, refused, .json("ok")])
    #expect(late.troubles.isEmpty)
    #expect(late.requests.count == 3)
    #expect(late.sleeps == [.seconds(1), .seconds(2)])
    let never = await send([refused])
    #expect(never.requests.count == 5)
    #expect(
      never.troubles.map(\.message) == [
        "the webhook of HOOK cannot be reached: connection refused"
      ])
    let invalid = await send([.failure(.invalidURL(NoticeFixture.secret))])
    #expect(invalid.requests.count == 1)
    #expect(invalid.troubles.count == 1)
  }

  @Test("A refusal is told with Slack's word, and with nothing else of the answer")
  func refusals() async {
    func refusal(_ status: Int, _ body: String) async -> String? {
      let answer = StubServers.Answer.response(
        HTTPResponse(status: status, body: Data(body.utf8)))
      return await send([answer]).troubles.first?.message
    }
    #expect(
      await refusal(404, "no_service") == "the webhook of HOOK refused a message (404, no_service)")
    #expect(
      await refusal(400, "no hook at \(NoticeFixture.secret)")
        == "the webhook of HOOK refused a message (400)")
    #expect(await refusal(302, "") == "the webhook of HOOK has moved (302)")
    #expect(await refusal(500, "rollup_error")?.contains("(500, rollup_error)") == true)
  }

  @Test("A failed notice keeps none of the later ones back")
  func others() async {
    let events = [NoticeFixture.event(id: 1), NoticeFixture.event(id: 2)]
    let (troubles, requests, _) = await send([.status(500), .json("ok")], events)
    #expect(troubles.count == 1)
    #expect(requests.count == 2)
  }

  @Test(
    "Addresses that are none, or open to everybody, are refused without repeating them",
    arguments: [
      "", "  ", "SECRET", "ftp://SECRET", "http://SECRET.example/x", "https://",
      "https://SECRET .example", "http://127.0.0.1.SECRET.example/", "https://한글SECRET/",
    ])
  func badAddresses(address: String) async {
    let servers = StubServers()
    let news = await NoticeFixture.news(
      of: [NoticeFixture.event()], settings, servers: servers, environment: ["HOOK": address])
    #expect(servers.requests("://").isEmpty)
    #expect(news.troubles.count == 1)
    #expect("\(news)".contains("HOOK"))
    #expect(!"\(news)".contains("SECRET"))
  }

  @Test(
    "Addresses that are fit",
    arguments: [
      "https://x.example/a?b=c", " https://x.example/a\n", "http://127.0.0.1:9/x",
      "http://localhost/x", "http://[::1]:8080/x",
    ])
  func goodAddresses(address: String) async {
    let servers = StubServers()
    servers.on("://", .json("ok"))
    let news = await NoticeFixture.news(
      of: [NoticeFixture.event()], settings, servers: servers, environment: ["HOOK": address])
    #expect(news.isEmpty)
    #expect(
      servers.requests("://").map(\.url) == [
        address.trimmingCharacters(in: .whitespacesAndNewlines)
      ])
  }
}
