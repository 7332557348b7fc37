import Foundation
import Testing
import Transport

@testable import Simulation

@Suite struct ObjectTests {
  private func send(
    _ path: String, _ fixture: Fixture, headers: HTTPHeaders = [:], method: String = "GET"
  ) async -> HTTPResponse {
    await fixture.simulator.respond(
      to: fixture.sign(
        HTTPRequest(method: method, url: Fixture.origin + path, headers: headers), service: "s3",
        as: "acme-dev"))
  }

  /// The build of the failed deploy that left a marker.
  private func build(_ fixture: Fixture) async throws -> String {
    let ids = try await fixture.codeBuild(
      "ListBuildsForProject", ["projectName": "acme-dev-runner"])
    let builds = try await fixture.codeBuild("BatchGetBuilds", ["ids": ids["ids"] ?? []])
    return try #require(
      builds.list("builds").first { build in
        build.text("buildStatus") == "FAILED"
          && build.list("phases").contains { phase in
            phase.text("phaseType") == "POST_BUILD" && phase.text("phaseStatus") == "FAILED"
          }
      }
    ).text("id")
  }

  private func values(_ name: String, in xml: String) -> [String] {
    xml.components(separatedBy: "<\(name)>").dropFirst().compactMap { part in
      part.components(separatedBy: "</\(name)>").first
    }
  }

  private let bucket = "/codebuild-acme-dev-runner"

  @Test func aFailingBuildLeavesFilesUnderDifficultNames() async throws {
    let fixture = Fixture()
    let id = try await build(fixture)
    let prefix = "failures/\(id)/"
    let query = "list-type=2&prefix=\(RequestTarget.encode(prefix))&encoding-type=url"
    let answer = await send("\(bucket)?\(query)", fixture)
    #expect(answer.status == 200)
    let xml = String(decoding: answer.body, as: UTF8.self)
    let keys = values("Key", in: xml)
    #expect(
      keys.contains("failures/\(id.replacing(":", with: "%3A"))/screenshots/order+page%2Bcart.png"))
    #expect(values("KeyCount", in: xml) == ["\(keys.count)"])
    let names = keys.map { RequestTarget.decode($0.replacing("+", with: " ")[...]) }
    #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(names.contains("\(prefix)배포 로그.txt"))
    for (index, name) in names.enumerated() {
      let path = "\(bucket)/\(RequestTarget.encode(name, keepingSlashes: true))"
      let whole = await send(path, fixture)
      #expect(whole.status == 200, "\(name)")
      #expect(String(whole.body.count) == values("Size", in: xml)[index])
      #expect(whole.headers["ETag"]?.xmlEscaped == values("ETag", in: xml)[index])
      #expect(whole.headers["Last-Modified"] != nil)
      let part = await send(path, fixture, headers: ["Range": "bytes=5-9"])
      #expect(part.status == 206)
      #expect(part.body == whole.body.dropFirst(5).prefix(5))
      #expect(await send(path, fixture, headers: ["Range": "bytes=99999999-"]).status == 416)
      #expect(await send(path, fixture, headers: ["If-Match": "\"x\""]).status == 412)
    }
    let plus = "\(bucket)/failures/\(id.replacing(":", with: "%3A"))/screenshots/"
    #expect(await send("\(plus)order%20page+cart.png", fixture).status == 404)
    #expect(await send("\(plus)order%20page%2Bcart.png", fixture).status == 200)
  }

  @Test func listingsComeInPages() async throws {
    var scenario = Scenario.standard
    scenario.failureFiles = 1100
    let fixture = Fixture(scenario)
    let prefix = RequestTarget.encode("failures/\(try await build(fixture))/")
    var keys: [String] = []
    var sizes: [Int] = []
    var token: String?
    repeat {
      let more = token.map { "&continuation-token=\(RequestTarget.encode($0))" } ?? ""
      let answer = await send("\(bucket)?list-type=2&prefix=\(prefix)\(more)", fixture)
      let xml = String(decoding: answer.body, as: UTF8.self)
      let page = values("Key", in: xml)
      keys += page
      sizes.append(page.count)
      token = values("NextContinuationToken", in: xml).first
      #expect(values("IsTruncated", in: xml) == [token == nil ? "false" : "true"])
    } while token != nil
    #expect(sizes == [1000, 105])
    #expect(Set(keys).count == 1105)
    let few = await send("\(bucket)?list-type=2&prefix=\(prefix)&max-keys=3&delimiter=%2F", fixture)
    let xml = String(decoding: few.body, as: UTF8.self)
    #expect(values("Key", in: xml).count + values("CommonPrefixes", in: xml).count == 3)
    #expect(await send("\(bucket)?list-type=2&continuation-token=x", fixture).status == 400)
  }

  @Test func whoMayNotListIsNotToldWhatIsMissing() async throws {
    var scenario = Scenario.standard
    scenario.hiddenKeys = ["acme-dev"]
    let fixture = Fixture(scenario)
    let list = await send("\(bucket)?list-type=2&prefix=failures%2F", fixture)
    #expect(list.status == 403)
    #expect(String(decoding: list.body, as: UTF8.self).contains("s3:ListBucket"))
    #expect(await send("\(bucket)/none", fixture).status == 403)
    let marker = "\(bucket)/results/failure_build_\(try await build(fixture)).txt"
      .replacing(":", with: "%3A")
    #expect(await send(marker, fixture).body == Data("BUILD_FAILED=true\n".utf8))
  }
}
