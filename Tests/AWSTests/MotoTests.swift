import Deploys
import Foundation
import Synchronization
import Testing
import Transport

@testable import AWS

private let motoEnvironment = ProcessInfo.processInfo.environment

/// The clients against moto with signature checking on, which is a signer of another author.
///
/// `.ci/moto-server` starts it and prints the variables that these tests need.
@Suite(
  .enabled(
    if: motoEnvironment["CDTOP_MOTO_URL"] != nil,
    "CDTOP_MOTO_URL is not set: run `eval \"$(.ci/moto-server)\"` first"))
struct MotoTests {
  private func value(_ name: String) throws -> String {
    try #require(motoEnvironment["CDTOP_MOTO_\(name)"])
  }

  /// Runs a body with a client on a live transport, which is closed afterwards.
  private func withClient<Value>(
    keyID: String = "KEY_ID", secret: String? = nil, role: String? = nil,
    secretName: String = "SECRET", _ body: (AWSClient) async throws -> Value
  ) async throws -> Value {
    let transport = LiveTransport(environment: [:])
    let clients = AWSClients(
      environment: [
        "HOME": "/nowhere", "AWS_ACCESS_KEY_ID": try value(keyID),
        "AWS_SECRET_ACCESS_KEY": try secret ?? value(secretName),
      ], transport: transport, retry: .none)
    let client = try clients.client(
      for: AWSScope(region: value("REGION"), roleARN: role, endpoint: value("URL")))
    do {
      let result = try await body(client)
      await transport.shutdown()
      return result
    } catch {
      await transport.shutdown()
      throw error
    }
  }

  @Test func readsBuildsAndProjects() async throws {
    let (project, build) = (try value("PROJECT"), try value("BUILD"))
    try await withClient { client async throws -> Void in
      #expect(try await client.listBuilds(project: project) == [build])
      let builds = try await client.builds(ids: [build, "\(project):gone"])
      #expect(builds.map(\.key.id) == [build])
      #expect(builds.first?.key.project == project)
      #expect(builds.first?.startedAt != nil)
      #expect(builds.first?.phases.isEmpty == false)
      let projects = try await client.projects(names: ["gone", project])
      #expect(projects.map(\.name) == [project])
      #expect(projects.first?.sourceLocation == "https://github.com/acme/shop")
    }
  }

  @Test func stopsABuildWhereThatIsAllowed() async throws {
    let (project, build) = (try value("PROJECT"), try value("BUILD"))
    let error = await failure { try await withClient { try await $0.stopBuild(id: build) } }
    guard case .accessDenied(let call, _)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(call.what == "codebuild:StopBuild on project/\(project)")
    try await withClient(role: value("ROLE")) { try await $0.stopBuild(id: build) }
    let unknown = await failure {
      try await withClient(role: value("ROLE")) { try await $0.stopBuild(id: "\(project):gone") }
    }
    #expect(unknown?.mayHaveBeenTaken == false)
  }

  @Test func readsMarkersWhoseKeysHoldAColon() async throws {
    let (bucket, key) = (try value("BUCKET"), try value("MARKER"))
    #expect(key.contains(":"))
    try await withClient { client async throws -> Void in
      #expect(try await client.marker(at: S3Location(bucket: bucket, key: key)) == .failed)
      let other = S3Location(bucket: bucket, key: "results/a b+c:ü한%2F.txt")
      #expect(try await client.marker(at: other) == .absent)
      #expect(
        try await client.marker(at: S3Location(bucket: "no-such-bucket", key: key))
          == .unreadable("there is no bucket no-such-bucket"))
    }
  }

  @Test func listsAndReadsFilesWhateverTheirKeys() async throws {
    let (bucket, build) = (try value("BUCKET"), try value("BUILD"))
    let odd = #"a b+c:ü한%2F&<x>'".txt"#
    try await withClient { client async throws -> Void in
      let listing = try await client.objects(
        under: S3Location(bucket: bucket, key: "failures/\(build)/"))
      #expect(!listing.isCut)
      #expect(
        listing.objects.map(\.location.key)
          == [odd, "plain.log"].map { "failures/\(build)/\($0)" })
      for object in listing.objects {
        #expect(object.modifiedAt != nil)
        let name = object.location.key.split(separator: "/").dropFirst(2).joined(separator: "/")
        let taken = Mutex(Data())
        try await client.download(object.location) { head in
          #expect(head == DownloadHead(offset: 0, total: object.size, validator: object.etag))
        } body: { piece in
          taken.withLock { $0 += piece }
        }
        #expect(taken.withLock { String(decoding: $0, as: UTF8.self) } == name)
        try await client.download(object.location, from: 3, validator: object.etag) { head in
          #expect(head.offset == 3)
          #expect(head.total == object.size)
          taken.withLock { $0 = Data() }
        } body: { piece in
          taken.withLock { $0 += piece }
        }
        #expect(taken.withLock { $0 } == Data(name.utf8).dropFirst(3))
      }
      let content = try await client.markerContent(
        at: S3Location(bucket: bucket, key: value("MARKER")))
      #expect(content?.text == "BUILD_FAILED=true\n")
      #expect(content?.modifiedAt != nil)
    }
  }

  @Test func readsALogOverItsPages() async throws {
    let (group, stream) = (try value("LOG_GROUP"), try value("LOG_STREAM"))
    try await withClient { client async throws -> Void in
      var page = try await client.logEvents(group: group, stream: stream)
      var events: [LogEvent] = []
      var pages = 0
      while !page.isEnd, pages < 10 {
        events += page.events
        pages += 1
        page = try await client.logEvents(group: group, stream: stream, after: page.nextToken)
      }
      #expect(events.map(\.message) == (0..<10_050).map { "\($0) 한글" })
      let error = await failure { try await client.logEvents(group: group, stream: "none") }
      guard case .notFound? = error else {
        Issue.record("another error: \(String(describing: error))")
        return
      }
    }
    let error = await failure {
      try await withClient(keyID: "DENIED_KEY_ID", secretName: "DENIED_SECRET") {
        try await $0.logEvents(group: group, stream: stream)
      }
    }
    guard case .accessDenied? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(error?.remedy.contains("logs:GetLogEvents on arn:aws:logs:") == true)
  }

  @Test func tellsTheAccountAlsoWithAnAssumedRole() async throws {
    let id = try await withClient { try await $0.accountID() }
    #expect(id == "123456789012")
    let (project, build) = (try value("PROJECT"), try value("BUILD"))
    try await withClient(role: value("ROLE")) { client async throws -> Void in
      #expect(try await client.accountID() == id)
      #expect(try await client.listBuilds(project: project) == [build])
    }
  }

  @Test func isRefusedWithAWrongSecret() async throws {
    let error = await failure {
      try await withClient(secret: "not-the-secret") { try await $0.accountID() }
    }
    guard case .signatureMismatch(_, _, let skew)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(skew == nil)
    #expect(error?.remedy.contains("secret access key") == true)
  }

  @Test func isToldWhichActionToAllow() async throws {
    let project = try value("PROJECT")
    let location = S3Location(bucket: try value("BUCKET"), key: try value("MARKER"))
    let error = await failure {
      try await withClient(keyID: "DENIED_KEY_ID", secretName: "DENIED_SECRET") {
        try await $0.listBuilds(project: project)
      }
    }
    guard case .accessDenied(let call, _)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(call.what == "codebuild:ListBuildsForProject on project/\(project)")
    let marker = try await withClient(keyID: "DENIED_KEY_ID", secretName: "DENIED_SECRET") {
      try await $0.marker(at: location)
    }
    guard case .unreadable(let reason) = marker else {
      Issue.record("another marker: \(marker)")
      return
    }
    #expect(reason.contains("s3:ListBucket"))
  }
}
