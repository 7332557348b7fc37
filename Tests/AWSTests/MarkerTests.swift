import Deploys
import Foundation
import Testing
import Transport

@testable import AWS

@Suite struct MarkerTests {
  private static let place = S3Location(
    bucket: "codebuild-shop-dev", key: "results/failure_build_shop-dev:0a1b.txt")
  private static let path = "/results/failure_build_shop-dev%3A0a1b.txt"

  private func marker(
    _ transport: ScriptedTransport, at place: S3Location = place, scope: AWSScope = seoul
  ) async throws -> Marker {
    try await clients(transport).client(for: scope).marker(at: place)
  }

  @Test func readsAMarkerThatIsThere() async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: 200, headers: ["Content-Length": "18"]), .text("BUILD_FAILED=true\n"))
    #expect(try await marker(transport) == .failed)
    #expect(transport.sent.map(\.method) == ["HEAD", "GET"])
    for request in transport.sent {
      #expect(
        request.url == "https://codebuild-shop-dev.s3.ap-northeast-2.amazonaws.com\(Self.path)")
      #expect(request.headers["X-Amz-Content-SHA256"] != nil)
      #expect(request.headers["Range"] == nil)
    }
  }

  @Test func readsOnlyTheStartOfALongOne() async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: 200, headers: ["Content-Length": "5000000"]),
      .text("hello\nworld", status: 206))
    #expect(try await marker(transport) == .other("hello"))
    #expect(transport.sent[1].headers["Range"] == "bytes=0-65535")
  }

  @Test func tellsAMissingMarkerFromAMissingBucket() async throws {
    let missing = ScriptedTransport(
      HTTPResponse(status: 404), .text("<Error><Code>NoSuchKey</Code></Error>", status: 404),
      HTTPResponse(status: 404))
    let client = try clients(missing).client(for: seoul)
    #expect(try await client.marker(at: Self.place) == .absent)
    #expect(missing.sent.map(\.method) == ["HEAD", "GET"])
    #expect(try await client.marker(at: Self.place) == .absent)
    #expect(missing.sent.map(\.method) == ["HEAD", "GET", "HEAD"])
    let bucket = ScriptedTransport(
      HTTPResponse(status: 404), .text("<Error><Code>NoSuchBucket</Code></Error>", status: 404))
    #expect(
      try await marker(bucket) == .unreadable("there is no bucket codebuild-shop-dev"))
  }

  @Test func takesForbiddenForUnreadable() async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: 403),
      .text(
        "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", status: 403))
    #expect(
      try await marker(transport)
        == .unreadable(
          "403 AccessDenied Access Denied; acme-dev needs s3:GetObject on codebuild-shop-dev/* "
            + "and s3:ListBucket on codebuild-shop-dev"))
  }

  @Test func takesARefusalForUnreadable() async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: 400), .text("<Error><Code>InvalidBucketName</Code></Error>", status: 400)
    )
    let place = S3Location(bucket: "codebuild-Shop_dev", key: "k")
    let marker = try await marker(transport, at: place)
    #expect(
      marker == .unreadable("S3 refuses s3://codebuild-Shop_dev/k: 400 InvalidBucketName"))
    #expect(
      transport.sent[0].url == "https://s3.ap-northeast-2.amazonaws.com/codebuild-Shop_dev/k")
    #expect(
      try await self.marker(transport, at: S3Location(bucket: "", key: "k"))
        == .unreadable("s3:///k names no bucket or no key"))
  }

  @Test func readsTheWordsAndTheTime() async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: 200, headers: ["Content-Length": "18"]),
      .text(
        "BUILD_FAILED=true\nwhy\n",
        headers: ["Last-Modified": "Mon, 23 Nov 2026 01:02:03 GMT"]))
    let client = try clients(transport).client(for: seoul)
    #expect(
      try await client.markerContent(at: Self.place)
        == MarkerContent(text: "BUILD_FAILED=true\nwhy\n", modifiedAt: testTime))
    let missing = ScriptedTransport(
      HTTPResponse(status: 404), .text("<Error><Code>NoSuchKey</Code></Error>", status: 404))
    #expect(
      try await clients(missing).client(for: seoul).markerContent(at: Self.place) == nil)
  }

  @Test(arguments: [
    (403, "AccessDenied", "access denied: s3:GetObject"),
    (404, "NoSuchBucket", "not found: bucket"),
    (400, "InvalidBucketName", "refused (InvalidBucketName)"),
  ])
  func whatCannotBeReadHasNoWords(_ status: Int, _ code: String, _ words: String) async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: status), .text("<Error><Code>\(code)</Code></Error>", status: status))
    let client = try clients(transport).client(for: seoul)
    let error = await failure { try await client.markerContent(at: Self.place) }
    #expect(error?.message.hasPrefix(words) == true)
    let nameless = await failure {
      try await client.markerContent(at: S3Location(bucket: "", key: "k"))
    }
    #expect(nameless?.message.contains("s3:///k names no bucket or no key") == true)
  }

  @Test(arguments: [301, 400])
  func asksTheRegionThatTheBucketIsIn(_ status: Int) async throws {
    let transport = ScriptedTransport { request, _ in
      guard request.host.contains(".eu-west-1.") else {
        return HTTPResponse(status: status, headers: ["x-amz-bucket-region": "eu-west-1"])
      }
      return request.method == "HEAD" ? HTTPResponse(status: 200) : .text("BUILD_FAILED=true")
    }
    let client = try clients(transport).client(for: seoul)
    #expect(try await client.marker(at: Self.place) == .failed)
    #expect(transport.sent.count == 3)
    #expect(transport.sent[1].headers["Authorization"]?.contains("/eu-west-1/s3/") == true)
    #expect(try await client.marker(at: Self.place) == .failed)
    #expect(transport.sent.count == 5)
  }

  @Test func saysWhichRegionWhereAskingThereDoesNotHelp() async throws {
    let transport = ScriptedTransport { request, _ in
      let region = request.host.contains("eu-west-1") ? "eu-west-2" : "eu-west-1"
      return HTTPResponse(status: 301, headers: ["x-amz-bucket-region": region])
    }
    let error = await failure { try await marker(transport) }
    guard case .wrongRegion(_, let right)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(right == "eu-west-2")
    #expect(error?.message.contains("it is in eu-west-2") == true)
    #expect(transport.sent.count == 4)
  }

  @Test func goesNowhereElseForARegionThatIsNone() async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: 301, headers: ["x-amz-bucket-region": "evil.example/"]))
    _ = await failure { try await marker(transport) }
    #expect(!transport.sent.contains { $0.url.contains("evil") })
  }

  @Test func learnsFromGETWhatHEADCannotSay() async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: 403),
      .text("<Error><Code>InvalidAccessKeyId</Code></Error>", status: 403))
    let error = await failure { try await marker(transport) }
    guard case .badCredentials(let call, "InvalidAccessKeyId")? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(call.action == "s3:GetObject")
    #expect(call.resource == "s3://codebuild-shop-dev/results/failure_build_shop-dev:0a1b.txt")
  }

  @Test(arguments: [
    ("http://127.0.0.1:5000", "shop", "http://127.0.0.1:5000/shop/a%3Ab"),
    ("https://s3.example.com/base", "shop", "https://s3.example.com/base/shop/a%3Ab"),
    (nil, "shop", "https://shop.s3.ap-northeast-2.amazonaws.com/a%3Ab"),
    (nil, "shop.dev", "https://s3.ap-northeast-2.amazonaws.com/shop.dev/a%3Ab"),
    (nil, "-shop", "https://s3.ap-northeast-2.amazonaws.com/-shop/a%3Ab"),
    (nil, "ab", "https://s3.ap-northeast-2.amazonaws.com/ab/a%3Ab"),
    (nil, "a/../b", "https://s3.ap-northeast-2.amazonaws.com/a%2F..%2Fb/a%3Ab"),
  ])
  func putsTheBucketWhereItBelongs(
    _ endpoint: String?, _ bucket: String, _ url: String
  ) async throws {
    let transport = ScriptedTransport(
      HTTPResponse(status: 404), .text("<Code>NoSuchKey</Code>", status: 404))
    let scope = AWSScope(region: "ap-northeast-2", endpoint: endpoint)
    _ = try await marker(transport, at: S3Location(bucket: bucket, key: "a:b"), scope: scope)
    #expect(transport.sent[0].url == url)
  }
}
