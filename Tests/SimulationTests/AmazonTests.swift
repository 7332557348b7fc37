import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct AmazonTests {
  private let fixture = Fixture()

  /// Requests that botocore 1.43.11 signed at the fixture's start, with the simulator's own key.
  private static let vectors: [(HTTPRequest, service: String, String)] = [
    (
      HTTPRequest(
        method: "POST", url: "\(Fixture.origin)/",
        headers: [
          "X-Amz-Target": "CodeBuild_20161006.ListBuildsForProject",
          "Content-Type": "application/x-amz-json-1.1",
        ], body: Data(#"{"projectName": "acme-dev-runner"}"#.utf8)), "codebuild",
      "content-type;host;x-amz-date;x-amz-target, "
        + "Signature=4e3891b4da96a755842b7897eaf1ad8cda6b1f903aa22f33bbc42881f3e653d8"
    ),
    (
      HTTPRequest(
        method: "HEAD",
        url: "\(Fixture.origin)/codebuild-acme-dev-runner/results/"
          + "failure_build_acme-dev-runner%3A29029309-fced-472b-a8c8-7d6c3eb912da.txt",
        headers: ["X-Amz-Content-SHA256": emptyHash]), "s3",
      "host;x-amz-content-sha256;x-amz-date, "
        + "Signature=ace1f7f6f71cff16639a9f6d0c4b152b31966234a0ce8115a19aab2fd208b7a9"
    ),
    (
      HTTPRequest(
        url: "\(Fixture.origin)/codebuild-acme-dev-runner?list-type=2&prefix=results%2F"
          + "&delimiter=%2F&encoding-type=url", headers: ["X-Amz-Content-SHA256": emptyHash]),
      "s3",
      "host;x-amz-content-sha256;x-amz-date, "
        + "Signature=43282830ee66a931f1abecfecb2eb5e031e94e128b050c5aa380d157224be188"
    ),
    (
      HTTPRequest(
        method: "POST", url: "\(Fixture.origin)/",
        headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
        body: Data("Action=GetCallerIdentity&Version=2011-06-15".utf8)), "sts",
      "content-type;host;x-amz-date, "
        + "Signature=12116758d54035b066e2d0628c749a47020042b265c6ab82b837105e9a48db93"
    ),
  ]

  private static let emptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  private static func signed(_ index: Int) -> HTTPRequest {
    let (request, service, tail) = vectors[index]
    var copy = request
    copy.headers["X-Amz-Date"] = "20261123T004000Z"
    copy.headers["Authorization"] =
      "AWS4-HMAC-SHA256 Credential=AKIASIMULATEDDEV0001/20261123/ap-northeast-2/\(service)/"
      + "aws4_request, SignedHeaders=\(tail)"
    return copy
  }

  @Test("botocore's signatures are accepted", arguments: [(0, 200), (1, 404), (2, 200), (3, 200)])
  func botocoreIsAccepted(index: Int, status: Int) async {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_795_394_400))
    let simulator = Simulator(options: SimulatorOptions(clock: clock))
    #expect(await simulator.respond(to: Self.signed(index)).status == status)
  }

  @Test("a change anywhere is noticed", arguments: 0..<4)
  func tamperingIsNoticed(index: Int) async throws {
    let codes = [400, 403, 403, 403]
    var changes: [HTTPRequest] = []
    var request = Self.signed(index)
    request.url += request.url.contains("?") ? "&x=1" : "?x=1"
    changes.append(request)
    request = Self.signed(index)
    request.method = request.method == "GET" ? "HEAD" : "GET"
    changes.append(request)
    request = Self.signed(index)
    request.headers["X-Amz-Date"] = "20261123T004001Z"
    changes.append(request)
    request = Self.signed(index)
    request.headers["Authorization"] = request.headers["Authorization"]?.replacing(
      "Signature=", with: "Signature=0")
    changes.append(request)
    request = Self.signed(index)
    request.url = request.url.replacing("8499", with: "8498")
    changes.append(request)
    if !request.body.isEmpty {
      request = Self.signed(index)
      request.body.append(32)
      changes.append(request)
    }
    for change in changes {
      #expect(await fixture.simulator.respond(to: change).status == codes[index])
    }
    fixture.clock.advance(by: .seconds(901))
    #expect(await fixture.simulator.respond(to: Self.signed(index)).status == codes[index])
  }

  @Test(
    "canonical requests and signatures are those of AWS's vectors",
    .enabled(
      if: SchemaChecker.location("sigv4/v4") != nil, "AWS's vectors do not lie beside the package"))
  func vectorsOfAWS() throws {
    let folder = try #require(SchemaChecker.location("sigv4/v4"))
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      func read(_ file: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent("\(name)/\(file)"), encoding: .utf8)
      }
      let context = try JSON(parsing: Data(try read("context.json").utf8))
      // The simulator's services never send a path that is signed as it stands but S3, nor a
      // header on several lines.
      guard context["normalize"]?.boolValue != false, name != "get-header-value-multiline",
        !name.contains("sts-header")
      else { continue }
      let text = try read("header-signed-request.txt")
      let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
      let lines = parts[0].split(separator: "\n")
      let words = lines[0].split(separator: " ")
      var request = HTTPRequest(
        method: String(words[0]),
        url: "https://example.amazonaws.com"
          + words.dropFirst().dropLast().joined(separator: " "))
      for line in lines.dropFirst() {
        let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        request.headers.add(String(pair[0]), String(pair[1]))
      }
      request.body = Data((parts.count > 1 ? String(parts[1]) : "").utf8)
      let signature = try #require(RequestSignature(request), "\(name)")
      let secret = context["credentials"]?.text("secret_access_key") ?? ""
      #expect(signature.canonicalRequest == (try read("header-canonical-request.txt")), "\(name)")
      #expect(signature.isValid(secret: secret), "\(name)")
      count += 1
    }
    #expect(count >= 20)
  }

  @Test func idsComeInPagesNewestFirst() async throws {
    var ids: [String] = []
    var token: JSON?
    repeat {
      var body: JSON = ["projectName": "acme-dev-runner"]
      if let token { body = body.adding(["nextToken": token]) }
      let page = try await fixture.codeBuild("ListBuildsForProject", body)
      #expect(page.list("ids").count <= 100)
      ids += page.list("ids").compactMap(\.stringValue)
      token = page["nextToken"]
    } while token != nil
    #expect(ids.count > 100)
    #expect(Set(ids).count == ids.count)
    var starts: [Double] = []
    for begin in stride(from: 0, to: ids.count, by: 100) {
      let part = Array(ids[begin..<min(begin + 100, ids.count)])
      let builds = try await fixture.codeBuild("BatchGetBuilds", ["ids": .texts(part)])
      #expect(builds.list("builds").map { $0.text("id") } == part)
      for case .number(let start)? in builds.list("builds").map({ $0["startTime"] }) {
        starts.append(start)
      }
    }
    #expect(starts == starts.sorted(by: >))
    let sorted = try await fixture.codeBuild(
      "ListBuildsForProject", ["projectName": "acme-dev-runner", "sortOrder": "ASCENDING"])
    #expect(sorted.text("__type") == "InvalidInputException")
  }

  @Test func wrongCallsAreRefusedInAWSsWords() async throws {
    func code(_ operation: String, _ body: JSON, as profile: String = "acme-dev") async throws
      -> String
    {
      try await fixture.codeBuild(operation, body, as: profile).text("__type")
    }
    #expect(
      try await code("ListBuildsForProject", ["projectName": "acme-prd-runner"])
        == "ResourceNotFoundException")
    let other = "arn:aws:codebuild:ap-northeast-2:210000000003:project/acme-prd-runner"
    #expect(
      try await code("ListBuildsForProject", ["projectName": .string(other)])
        == "AccessDeniedException")
    #expect(try await code("BatchGetBuilds", ["ids": []]) == "InvalidInputException")
    let many = JSON.texts((0..<101).map { "acme-dev-runner:\($0)" })
    #expect(try await code("BatchGetBuilds", ["ids": many]) == "InvalidInputException")
    let unknown = try await fixture.codeBuild("BatchGetBuilds", ["ids": ["acme-dev-runner:1"]])
    #expect(unknown.list("buildsNotFound") == ["acme-dev-runner:1"])
    let request = fixture.sign(
      HTTPRequest(
        method: "POST", url: "\(Fixture.origin)/",
        headers: ["X-Amz-Target": "CodeBuild_20161006.ListBuildsForProject"],
        body: Data(#"{"projectName":"acme-dev-runner"}"#.utf8)), service: "codebuild",
      as: "acme-dev", region: "us-east-1")
    #expect(
      try await fixture.simulator.respond(to: request).json().text("__type")
        == "ResourceNotFoundException")
  }

  @Test func oneAccountIsThrottledByCount() async throws {
    var pattern = ""
    for _ in 0..<24 {
      let answer = try await fixture.codeBuild("ListProjects", [:], as: "acme-stg")
      pattern += answer.text("__type") == "ThrottlingException" ? "x" : "."
    }
    #expect(pattern == ".......xxxxx.......xxxxx")
  }

  @Test func arolesCredentialsOpenItsAccountUntilTheyExpire() async throws {
    let form =
      "Action=AssumeRole&Version=2011-06-15&RoleSessionName=cdtop&DurationSeconds=900"
      + "&RoleArn=arn%3Aaws%3Aiam%3A%3A210000000003%3Arole%2Fcdtop-reader"
    let request = fixture.sign(
      HTTPRequest(method: "POST", url: "\(Fixture.origin)/", body: Data(form.utf8)),
      service: "sts", as: "acme-dev")
    let answer = String(
      decoding: await fixture.simulator.respond(to: request).body, as: UTF8.self)
    func value(_ name: String) throws -> String {
      let begin = try #require(answer.firstRange(of: "<\(name)>")).upperBound
      return String(answer[begin...].prefix { $0 != "<" })
    }
    func list(token: String?) async throws -> String {
      var request = HTTPRequest(
        method: "POST", url: "\(Fixture.origin)/",
        headers: ["X-Amz-Target": "CodeBuild_20161006.ListBuildsForProject"],
        body: Data(#"{"projectName":"acme-prd-runner"}"#.utf8))
      request = Fixture.sign(
        request, service: "codebuild", region: "ap-northeast-2", id: try value("AccessKeyId"),
        secret: try value("SecretAccessKey"), at: fixture.clock.now)
      request.headers["X-Amz-Security-Token"] = token
      let answer = try await fixture.simulator.respond(to: request).json()
      return answer.list("ids").isEmpty ? answer.text("__type") : "ids"
    }
    #expect(try await list(token: try value("SessionToken")) == "ids")
    #expect(try await list(token: nil) == "UnrecognizedClientException")
    #expect(try await list(token: "wrong") == "UnrecognizedClientException")
    fixture.clock.advance(by: .seconds(901))
    #expect(try await list(token: try value("SessionToken")) == "ExpiredTokenException")
  }

  @Test func bucketsBelongToAccountsAndRegions() async throws {
    func status(_ path: String, _ profile: String, region: String? = nil) async -> Int {
      let request = fixture.sign(
        HTTPRequest(url: Fixture.origin + path), service: "s3", as: profile, region: region)
      return await fixture.simulator.respond(to: request).status
    }
    #expect(await status("/codebuild-acme-dev-runner?list-type=2", "acme-dev") == 200)
    #expect(await status("/codebuild-acme-dev-runner/none", "acme-dev") == 404)
    #expect(await status("/codebuild-acme-prd-runner/none", "acme-dev") == 403)
    #expect(await status("/codebuild-none/none", "acme-dev") == 404)
    #expect(
      await status("/codebuild-acme-dev-runner/none", "acme-dev", region: "us-east-1") == 400)
    let unsigned = HTTPRequest(url: "\(Fixture.origin)/codebuild-acme-dev-runner/none")
    #expect(await fixture.simulator.respond(to: unsigned).status == 403)
  }

  @Test func logsGrowAndEndWithTheSameToken() async throws {
    let ids = try await fixture.codeBuild(
      "ListBuildsForProject", ["projectName": "acme-dev-runner"])
    let builds = try await fixture.codeBuild("BatchGetBuilds", ["ids": ids["ids"] ?? []])
    let active = try #require(
      builds.list("builds").first {
        $0.text("buildStatus") == "IN_PROGRESS" && $0.text("currentPhase") == "BUILD"
      })
    var token: JSON?
    var lines: [String] = []
    func read() async throws -> Int {
      var body: JSON = [
        "logGroupName": "/aws/codebuild/acme-dev-runner", "startFromHead": true,
        "logStreamName": active["logs"]?["streamName"] ?? nil,
      ]
      if let token { body = body.adding(["nextToken": token]) }
      let page = try await fixture.aws("logs", "Logs_20140328.GetLogEvents", body, as: "acme-dev")
        .json()
      token = page["nextForwardToken"]
      lines += page.list("events").map { $0.text("message") }
      return page.list("events").count
    }
    #expect(try await read() > 5)
    let end = token
    #expect(try await read() == 0)
    #expect(token == end)
    fixture.clock.advance(by: .seconds(600))
    #expect(try await read() > 0)
    #expect(lines.contains { $0.contains("Listening for Jobs") })
    #expect(lines.contains { $0.contains("completed with result:") })
    #expect(Set(lines).count > lines.count / 2)
  }
}
