import Foundation
import Testing
import Transport

@testable import AWS

/// Expected signatures are botocore's for the same requests.
@Suite struct RequestSignerTests {
  static let lasting = Credentials(
    accessKeyID: "AKIDTESTTESTTESTTEST",
    secretAccessKey: "secret/+secretsecretsecretsecretsecretsec")
  static let temporary = Credentials(
    accessKeyID: "ASIATESTTESTTESTTEST",
    secretAccessKey: "secret/+secretsecretsecretsecretsecretsec",
    sessionToken: "token/+with==chars")

  @Test(arguments: [
    (lasting, "bec40a808b921675f556d5969ab2a4cee26d739e9308c5cf438bc32b82b10609"),
    (temporary, "f5305c87f65f063133ba58d2638fae870fde2cc6ad319daa23bcb364e502f053"),
  ])
  func signsACodeBuildCall(_ credentials: Credentials, _ signature: String) {
    let request = HTTPRequest(
      method: "POST", url: "https://codebuild.ap-northeast-2.amazonaws.com/",
      headers: [
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "CodeBuild_20161006.BatchGetBuilds", "User-Agent": "cdtop",
      ],
      body: Data(#"{"ids":["shop-dev:1"]}"#.utf8))
    let signed = RequestSigner(
      credentials: credentials, region: "ap-northeast-2", service: "codebuild"
    ).sign(request, at: testTime)
    let authorization = signed.headers["Authorization"] ?? ""
    #expect(authorization.hasSuffix("Signature=\(signature)"))
    #expect(!authorization.contains("user-agent"))
    #expect(signed.headers["X-Amz-Date"] == "20261123T010203Z")
    #expect(signed.headers["X-Amz-Security-Token"] == credentials.sessionToken)
    #expect(signed.headers["X-Amz-Content-SHA256"] == nil)
    #expect(signed.url == request.url)
  }

  @Test(arguments: [
    (
      "https://codebuild-shop-dev.s3.ap-northeast-2.amazonaws.com/results/failure_build_shop-dev"
        + "%3A0a1b.txt",
      lasting, "f4515c70a72e4cb7e16fbce31ca1e3b617e3c12ab26d12096812b753c603789e"
    ),
    (
      "https://codebuild-shop-dev.s3.ap-northeast-2.amazonaws.com/results/failure_build_shop-dev"
        + "%3A0a1b.txt",
      temporary, "e208bfceec3b63b29ea2c0e2a49f13ff260d34bb715f4156d1e8b2455044f4d7"
    ),
    (
      "http://127.0.0.1:5000/codebuild-shop-dev//results/./a%20b%2Bc%3Ad%25/%ED%95%9C.txt",
      lasting, "138ff02127a400681853e4e461c9e59d109db301a6bf89d4152a5f0a53de4438"
    ),
  ])
  func signsS3PathsExactlyAsSent(
    _ url: String, _ credentials: Credentials, _ signature: String
  ) {
    let signed = RequestSigner(
      credentials: credentials, region: "ap-northeast-2", service: "s3", rules: .s3
    ).sign(HTTPRequest(method: "HEAD", url: url), at: testTime)
    #expect(signed.url == url)
    #expect(signed.headers["Authorization"]?.hasSuffix("Signature=\(signature)") == true)
    #expect(
      signed.headers["X-Amz-Content-SHA256"]
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func encodesAndNormalizesPathsOfOtherServices() {
    let request = HTTPRequest(
      url: "https://example.com:8443/a%3Ab/../c//d", headers: ["X-B": "  two   words "])
    let signed = RequestSigner(
      credentials: Self.lasting, region: "eu-west-1", service: "service"
    ).sign(request, at: testTime)
    #expect(
      signed.headers["Authorization"]
        == "AWS4-HMAC-SHA256 Credential=AKIDTESTTESTTESTTEST/20261123/eu-west-1/service/"
        + "aws4_request, SignedHeaders=host;x-amz-date;x-b, "
        + "Signature=3436f6dda4cf6f1291e7d8e879529ed59f9c48d0ea341ab47b6c966c8ba871b2")
  }

  @Test(arguments: [
    (lasting, "22030ac3e53867dd5387b7b47b88da330074ade9df6594a8b13769f81de1f461"),
    (temporary, "09e41d4723fd1e9b501df944507a8e597b7d1426579142be3fdffcaea48618c3"),
  ])
  func signsInTheQuery(_ credentials: Credentials, _ signature: String) {
    let request = HTTPRequest(
      url: "https://sts.cn-north-1.amazonaws.com.cn/?Action=GetCallerIdentity&Version=2011-06-15")
    let signed = RequestSigner(credentials: credentials, region: "cn-north-1", service: "sts")
      .presign(request, at: testTime, expiresAfter: .seconds(900))
    #expect(signed.url.hasPrefix(request.url + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&"))
    #expect(signed.url.hasSuffix("&X-Amz-Signature=\(signature)"))
    #expect(signed.headers == request.headers)
  }

  @Test func signsTheHostAsTheTransportSendsIt() {
    #expect(CanonicalRequest.host(of: "https://Example.com:443/x") == "example.com")
    #expect(CanonicalRequest.host(of: "http://example.com:80") == "example.com")
    #expect(CanonicalRequest.host(of: "http://example.com:443/") == "example.com:443")
    #expect(CanonicalRequest.host(of: "https://user@example.com:8443?x") == "example.com:8443")
  }

  @Test func neverShowsSecrets() {
    let credentials = Self.temporary
    var dumped = ""
    dump(credentials, to: &dumped)
    for text in ["\(credentials)", String(reflecting: credentials), dumped] {
      #expect(text.contains("ASIATESTTESTTESTTEST"))
      #expect(!text.contains("secret/+"))
      #expect(!text.contains("token/+"))
    }
    #expect(
      credentials.redacting("x token/+with==chars y secret/+secretsecretsecretsecretsecretsec")
        == "x [redacted] y [redacted]")
  }
}
