import Deploys
import Foundation
import Testing
import Transport

@testable import AWS

@Suite struct ObjectTests {
  private let place = S3Location(bucket: "shop-dev", key: "failures/shop:0a 1b+ü한/")

  private func page(_ contents: String, next: String? = nil, encoding: Bool = true) -> HTTPResponse
  {
    .text(
      #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        + #"<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">"#
        + "<Name>shop-dev</Name>\(encoding ? "<EncodingType>url</EncodingType>" : "")"
        + "<IsTruncated>\(next != nil)</IsTruncated>"
        + (next.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? "")
        + contents + "</ListBucketResult>")
  }

  private func entry(_ key: String, size: Int = 1) -> String {
    "<Contents><Key>\(key)</Key><LastModified>2026-11-23T01:02:03.000Z</LastModified>"
      + "<ETag>&quot;ab&quot;</ETag><ChecksumType>FULL_OBJECT</ChecksumType>"
      + "<Size>\(size)</Size><Owner><ID>x</ID></Owner></Contents>"
  }

  @Test func listsWhatIsUnderAPrefix() async throws {
    let transport = ScriptedTransport(
      page(
        entry("failures/shop%3A0a+1b%2B%C3%BC%ED%95%9C/a+b%2Bc.txt", size: 7)
          + entry("failures/folder/")))
    let listing = try await clients(transport).client(for: seoul).objects(under: place)
    #expect(!listing.isCut)
    #expect(
      listing.objects == [
        S3Object(
          location: S3Location(
            bucket: "shop-dev", key: "failures/shop:0a 1b+ü한/a b+c.txt"),
          size: 7, modifiedAt: testTime, etag: #""ab""#)
      ])
    #expect(
      transport.sent[0].url
        == "https://shop-dev.s3.ap-northeast-2.amazonaws.com/?encoding-type=url&list-type=2"
        + "&max-keys=1000&prefix=failures%2Fshop%3A0a%201b%2B%C3%BC%ED%95%9C%2F")
  }

  @Test func readsKeysThatAServerDoesNotEncode() async throws {
    let transport = ScriptedTransport(
      page(entry("a+b &amp; %20&#x1F600;<![CDATA[<x>&amp;]]>"), encoding: false))
    let listing = try await clients(transport).client(for: seoul).objects(under: place)
    #expect(listing.objects.map(\.location.key) == ["a+b & %20😀<x>&amp;"])
  }

  @Test func readsAllPages() async throws {
    let transport = ScriptedTransport(
      page(entry("a"), next: "t/1=="), page("", next: "t2"), page(entry("b")))
    let listing = try await clients(transport).client(for: seoul).objects(under: place)
    #expect(listing.objects.map(\.location.key) == ["a", "b"])
    #expect(!listing.isCut)
    #expect(transport.sent[1].url.hasSuffix("&continuation-token=t%2F1%3D%3D"))
    #expect(transport.sent[2].url.hasSuffix("&continuation-token=t2"))
  }

  @Test func cutsAfterAThousand() async throws {
    func entries(_ range: Range<Int>) -> String { range.map { entry("k\($0)") }.joined() }
    let more = ScriptedTransport(page(entries(0..<600), next: "t"), page(entries(600..<1001)))
    let long = try await clients(more).client(for: seoul).objects(under: place)
    #expect(long.objects.count == 1000)
    #expect(long.isCut)
    let exact = ScriptedTransport(page(entries(0..<1000)))
    #expect(try await !clients(exact).client(for: seoul).objects(under: place).isCut)
    let known = ScriptedTransport(page(entries(0..<1000), next: "t"))
    #expect(try await clients(known).client(for: seoul).objects(under: place).isCut)
    #expect(known.sent.count == 1)
    let endless = ScriptedTransport(page("", next: "t"))
    #expect(try await clients(endless).client(for: seoul).objects(under: place).isCut)
    #expect(endless.sent.count == 20)
  }

  @Test func namesWhatHasToBeAllowed() async throws {
    let transport = ScriptedTransport(
      .text("<Error><Code>AccessDenied</Code><Message>no</Message></Error>", status: 403))
    let client = try clients(transport).client(for: seoul)
    let error = await failure { try await client.objects(under: place) }
    guard case .accessDenied? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(error?.remedy.contains("Allow s3:ListBucket on shop-dev for this identity") == true)
  }

  @Test func asksTheRegionThatTheBucketIsIn() async throws {
    let transport = ScriptedTransport { request, _ in
      guard request.host.contains(".eu-west-1.") else {
        return .text(
          "<Error><Code>PermanentRedirect</Code><Endpoint>x</Endpoint></Error>", status: 301,
          headers: ["x-amz-bucket-region": "eu-west-1"])
      }
      return request.url.contains("list-type") ? self.page(self.entry("a")) : .text("abc")
    }
    let client = try clients(transport).client(for: seoul)
    #expect(try await client.objects(under: place).objects.count == 1)
    #expect(transport.sent[1].headers["Authorization"]?.contains("/eu-west-1/s3/") == true)
    try await client.download(place) { _ in
    } body: { _ in
    }
    #expect(transport.sent.count == 3)
  }

  @Test func saysWhatIsNotThereOrNoListing() async throws {
    let transport = ScriptedTransport(
      .text("<Error><Code>NoSuchBucket</Code></Error>", status: 404), .text("<html><p></html>"),
      .text("<ListAllMyBucketsResult></ListAllMyBucketsResult>"))
    let client = try clients(transport).client(for: seoul)
    let missing = await failure { try await client.objects(under: place) }
    guard case .notFound(_, "bucket shop-dev")? = missing else {
      Issue.record("another error: \(String(describing: missing))")
      return
    }
    for _ in 1...2 {
      let error = await failure { try await client.objects(under: place) }
      guard case .badPayload? = error else {
        Issue.record("another error: \(String(describing: error))")
        return
      }
    }
    let nameless = await failure {
      try await client.objects(under: S3Location(bucket: "", key: "a"))
    }
    #expect(nameless?.message.contains("names no bucket") == true)
    #expect(transport.sent.count == 3)
  }
}

@Suite struct XMLTreeTests {
  private func tree(_ text: String) -> XMLTree? { XMLTree(Data(text.utf8)) }

  @Test func readsWhatOccurs() throws {
    let root = try #require(
      tree(
        """
        \u{FEFF}<?xml version='1.0'?><!DOCTYPE a><!-- <b> -->
        <ns:a xmlns:ns="x>y" other='"/'>
          <b>1 &lt;2&gt; &#65;&#x42; &unknown; <![CDATA[<c>]]]]></b><d/><d e="f" /><b>second</b>
          <!-- c --><empty></empty>
        </ns:a>
        """))
    #expect(root.name == "a")
    #expect(root.children.map(\.name) == ["b", "d", "d", "b", "empty"])
    #expect(root.text(of: "b") == "1 <2> AB &unknown; <c>]]")
    #expect(root.text(of: "empty") == nil)
    #expect(root.text(of: "none") == nil)
    #expect(tree("<a/>")?.children.isEmpty == true)
  }

  @Test(arguments: [
    "", "text", "<a>", "<a></b>", "<a><b></a></b>", "</a>", "<a", "<a b='>", "<!--", "<?xml",
    "<a><![CDATA[</a>", "<![CDATA[x]]>",
  ])
  func refusesWhatIsNotWellFormed(_ text: String) {
    #expect(tree(text) == nil)
  }

  @Test func refusesWhatNestsTooDeeply() {
    func nested(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(tree(nested(32)) != nil)
    #expect(tree(nested(33)) == nil)
    #expect(tree(nested(100_000)) == nil)
  }

  @Test func endsOnAnyBytes() {
    var random = SystemRandomNumberGenerator()
    let signs = Array("<>/a!?-[]CDAT&#;\"' ".utf8)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
        Int.random(in: 0..<8, using: &random) == 0
          ? UInt8.random(in: 0...255, using: &random)
          : signs[Int.random(in: 0..<signs.count, using: &random)]
      }
      _ = XMLTree(Data(bytes))
    }
  }
}
