import Deploys
import Foundation
import LogText
import Operations
import Synchronization
import Testing
import Transport

@Suite("The log of a build")
struct BuildLogTests {
  let source = LogSource.build(Scene.build)

  private func build(
    _ status: String, phase: String = "BUILD", hasLog: Bool = true, end: Int? = nil
  ) -> StubServers.Answer {
    let logs = hasLog ? #","logs":{"groupName":"/codebuild/shop","streamName":"0-1-2"}"# : ""
    let ended = end.map { #","endTime":\#($0)"# } ?? ""
    return .json(
      """
      {"builds":[{"id":"\(Scene.build.id)","buildStatus":"\(status)","currentPhase":"\(phase)",
      "startTime":1800000000\(ended)\(logs)}]}
      """)
  }

  private func page(_ messages: [String], next: String) -> StubServers.Answer {
    let events = messages.map { message in
      let text = message.replacing("\n", with: #"\n"#).replacing("\r", with: #"\r"#)
      return #"{"timestamp":1800000000123,"message":"\#(text)"}"#
    }
    return .json(
      """
      {"events":[\(events.joined(separator: ","))],"nextForwardToken":"\(next)",
      "nextBackwardToken":"b"}
      """)
  }

  private var absent: StubServers.Answer {
    .json(
      #"{"__type":"ResourceNotFoundException","message":"The specified log stream does not exist."}"#,
      status: 400)
  }

  @Test("It is waited for, grows with forward tokens, and ends when the build is over and quiet")
  func life() async throws {
    let scene = try Scene()
    scene.servers.on("BatchGetBuilds") { _, hit in
      switch hit {
      case 1: build("IN_PROGRESS", phase: "QUEUED", hasLog: false)
      case 2...4: build("IN_PROGRESS", phase: "PROVISIONING")
      default: build("SUCCEEDED", phase: "COMPLETED", end: 1_800_000_000)
      }
    }
    scene.servers.on("GetLogEvents") { request, hit in
      let body = String(decoding: request.body, as: UTF8.self)
      switch hit {
      case 1: return absent
      case 2: return page(["[Container] first\n", "progress 1%\rprogress 2%\n"], next: "f/1")
      case 3: return page([], next: "f/2")
      case 4: return page(["no newline", "\n", "한국어\n"], next: "f/3")
      default:
        #expect(body.contains(#"f\/3"#) || body.contains("f/3"))
        return page([], next: "f/3")
      }
    }
    let reading = await scene.inspector.reading(source)
    #expect(
      reading.text
        == "[Container] first\nprogress 1%\rprogress 2%\nno newline\n\n한국어\n")
    #expect(reading.hasEnded)
    #expect(reading.failures.map(\.kind) == [.notYet, .notYet])
    #expect(scene.sleeps.withLock { $0.contains(.seconds(2)) })
  }

  @Test("A project without CloudWatch logs is told so, with the remedy", arguments: [true, false])
  func switchedOff(isActive: Bool) async throws {
    let scene = try Scene()
    scene.servers.on(
      "BatchGetBuilds", build(isActive ? "IN_PROGRESS" : "FAILED", hasLog: false))
    let failure = try #require(await scene.inspector.reading(source).failures.first)
    #expect(failure.message.contains("switched off in the project shop-dev, or go to S3 only"))
    #expect(failure.remedy.contains("logsConfig"))
    #expect(scene.servers.requests("GetLogEvents").isEmpty)
  }

  @Test("A denied read names the action and the group")
  func denied() async throws {
    let scene = try Scene()
    scene.servers.on("BatchGetBuilds", build("IN_PROGRESS"))
    scene.servers.on(
      "GetLogEvents",
      .json(#"{"__type":"AccessDeniedException","message":"not authorized"}"#, status: 400))
    let failure = try #require(await scene.inspector.reading(source).failures.first)
    #expect(failure.kind == .denied)
    #expect("\(failure.message) \(failure.remedy)".contains("logs:GetLogEvents"))
    #expect("\(failure.message) \(failure.remedy)".contains("/codebuild/shop"))
  }

  @Test("A finished build whose stream is missing has no log any more")
  func noStream() async throws {
    let scene = try Scene()
    scene.servers.on("BatchGetBuilds", build("SUCCEEDED", end: 1_700_000_000))
    scene.servers.on("GetLogEvents", absent)
    let reading = await scene.inspector.reading(source)
    #expect(reading.failures.map(\.kind) == [.gone])
  }

  @Test("A build that CodeBuild does not know is told with the account that was asked")
  func unknown() async throws {
    let scene = try Scene()
    scene.servers.on("BatchGetBuilds", .json(#"{"builds":[],"buildsNotFound":["x"]}"#))
    let failure = try #require(await scene.inspector.reading(source).failures.first)
    #expect(failure.kind == .gone)
    #expect(failure.message.contains(Scene.build.id))
  }

  @Test("Throttling slows down and does not end it")
  func throttled() async throws {
    let scene = try Scene()
    scene.servers.on("BatchGetBuilds", build("SUCCEEDED", end: 1_800_000_000))
    scene.servers.on("GetLogEvents") { _, hit in
      switch hit {
      case 1: page(["one\n"], next: "f/1")
      case 2...4: .json(#"{"__type":"ThrottlingException","message":"Rate exceeded"}"#, status: 400)
      case 5: page(["two\n"], next: "f/2")
      default: page([], next: "f/2")
      }
    }
    let reading = await scene.inspector.reading(source)
    #expect(reading.text == "one\ntwo\n")
    #expect(reading.hasEnded && reading.failures.isEmpty)
    let sleeps = scene.sleeps.withLock { $0.filter { $0 > .seconds(1) } }
    #expect(sleeps.starts(with: [.seconds(4), .seconds(8), .seconds(16)]))
  }

  @Test("A service that stays broken ends it with what is there")
  func broken() async throws {
    let scene = try Scene()
    scene.servers.on("BatchGetBuilds", build("IN_PROGRESS"))
    scene.servers.on("GetLogEvents") { _, hit in
      hit == 1 ? page(["one\n"], next: "f/1") : .status(500)
    }
    let reading = await scene.inspector.reading(source)
    #expect(reading.text == "one\n")
    #expect(!reading.hasEnded)
    #expect(reading.failures.count == 1)
  }

  @Test("Saving a log that still grows saves what is there, and says so")
  func savingWhileItGrows() async throws {
    let scene = try Scene()
    scene.servers.on("BatchGetBuilds", build("IN_PROGRESS"))
    scene.servers.on("GetLogEvents") { _, hit in
      page(hit == 1 ? ["one\n"] : [], next: "f/1")
    }
    let task = Task { await scene.inspector.reading(source) }
    await eventually {
      (scene.inspector.path(of: source).flatMap { FileManager.default.contents(atPath: $0) })?
        .isEmpty == false
    }
    let end = await scene.end(of: SaveRequest(.log(source), to: "~/build.log"))
    guard case .done(_, let remark) = end else {
      Issue.record("\(String(describing: end))")
      return
    }
    #expect(remark.contains("goes on"))
    #expect(scene.homeFile("build.log") == Data("one\n".utf8))
    scene.inspector.close(source)
    _ = await task.value
  }
}
