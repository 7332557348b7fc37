import Deploys
import Foundation
import LogText
import Operations
import Synchronization
import Testing
import Transport

@Suite("The log of a job")
struct JobLogTests {
  let text = Data((1...5000).map { "2026-11-23T04:03:53.1234567Z line \($0) 한국어\n" }.joined().utf8)
  let source = LogSource.job(Scene.run, job: 1)

  @Test("It comes byte by byte as it was served, through the link and without the token there")
  func whole() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, _ in .file(text) }
    let reading = await scene.inspector.reading(source)
    #expect(reading.hasEnded)
    #expect(Data(reading.bytes) == text)
    #expect(reading.deliveries.count { if case .opened = $0 { true } else { false } } == 1)
    let blobs = scene.servers.requests("http://blobs")
    #expect(blobs.count == 1)
    #expect(blobs.allSatisfy { $0.headers["Authorization"] == nil })
  }

  @Test("It is open before it is whole, in a private file of a private folder")
  func privately() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, _ in .file(text) }
    let reading = await scene.inspector.reading(source)
    #expect(reading.log != nil)
    let folder = try #require(scene.folder.path)
    #expect(mode(folder) == 0o700)
    let path = try #require(scene.inspector.path(of: source))
    #expect(path.hasPrefix(folder))
    #expect(mode(path) == 0o400)
    #expect(FileManager.default.contents(atPath: path) == text)
    let files = scene.privateFiles
    #expect(files.allSatisfy { $0.hasPrefix("lent") || mode("\(folder)/\($0)") == 0o600 })
    await scene.inspector.close()
    #expect(mode(folder) == nil)
    #expect(Data(reading.bytes) == text, "who has it open can read on")
  }

  @Test("A program that empties what it was lent takes nothing away, and its copy is removed")
  func lending() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, _ in .file(text) }
    let reading = await scene.inspector.reading(source)
    let kept = scene.privateFiles
    let path = try #require(try scene.inspector.lend(source))
    #expect(chmod(path, 0o600) == 0 && truncate(path, 0) == 0)
    #expect(Data(reading.bytes) == text)
    let again = try #require(try scene.inspector.lend(source))
    #expect(FileManager.default.contents(atPath: again) == text)
    #expect(mode(path) == nil)
    scene.inspector.takeBack(source)
    #expect(mode(again) == nil)
    #expect(scene.privateFiles == kept)
    let last = try #require(scene.inspector.path(of: source))
    scene.inspector.close(source)
    #expect(mode(last) == nil)
    #expect(try scene.inspector.lend(.job(Scene.run, job: 99)) == nil)
  }

  @Test("A copy that the disk has no room for is told, and the text stays")
  func lendingWithoutRoom() async throws {
    let isFull = Mutex(false)
    let scene = try Scene(
      privateDisk: Disk { file, bytes, offset in
        isFull.withLock { $0 } ? (-1, ENOSPC) : Disk.system.write(file, bytes, offset)
      })
    scene.serveLog { [text] _, _ in .file(text) }
    let reading = await scene.inspector.reading(source)
    isFull.withLock { $0 = true }
    #expect(throws: ReadFailure.self) { try scene.inspector.lend(source) }
    #expect(scene.inspector.path(of: source) == nil)
    #expect(Data(reading.bytes) == text && scene.privateFiles.allSatisfy { $0.hasPrefix("log") })
  }

  @Test("An empty log is a log")
  func empty() async throws {
    let scene = try Scene()
    scene.serveLog { _, _ in .file(Data()) }
    let reading = await scene.inspector.reading(source)
    #expect(reading.hasEnded)
    #expect(reading.log?.count == 0)
  }

  @Test("A download that is cut goes on where it stopped")
  func cut() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, hit in
      .file(text, tag: #""one""#, cutAfter: hit < 3 ? 50_000 : nil)
    }
    let reading = await scene.inspector.reading(source)
    #expect(reading.hasEnded)
    #expect(Data(reading.bytes) == text)
    #expect(
      scene.servers.requests("http://blobs").map { $0.headers["Range"] }
        == [nil, "bytes=50000-", "bytes=100000-"])
  }

  @Test("A server without ranges is read again, and what is shown stays as it is")
  func anew() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, hit in
      hit == 1 ? .file(text, cutAfter: 50_000) : .wholeFile(text)
    }
    let reading = await scene.inspector.reading(source)
    #expect(reading.hasEnded)
    #expect(Data(reading.bytes) == text)
  }

  @Test("A text that changes while it is read is told, and what was shown stays")
  func changed() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, hit in
      hit == 1 ? .file(text, cutAfter: 50_000) : .wholeFile(Data("other\n".utf8) + text)
    }
    let reading = await scene.inspector.reading(source)
    #expect(
      reading.failures.map(\.message) == ["the text has changed on the server while it was read"])
    #expect(!reading.hasEnded)
    #expect(Data(reading.bytes) == text.prefix(50_000))
  }

  @Test("A full disk is told with what to do, and what was shown stays")
  func fullDisk() async throws {
    let scene = try Scene(
      privateDisk: Disk { file, bytes, offset in
        offset + bytes.count > 100_000 ? (-1, ENOSPC) : Disk.system.write(file, bytes, offset)
      })
    scene.serveLog { [text] _, _ in .file(text) }
    let reading = await scene.inspector.reading(source)
    let failure = try #require(reading.failures.first)
    #expect(failure.message.contains("the disk is full"))
    #expect(failure.remedy.contains("TMPDIR"))
    #expect(!reading.hasEnded)
    #expect(!reading.bytes.isEmpty && text.starts(with: reading.bytes))
  }

  @Test("A write that takes a part only is gone on with")
  func shortWrites() async throws {
    let scene = try Scene(
      privateDisk: Disk { file, bytes, offset in
        Disk.system.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(1000)), offset)
      })
    scene.serveLog { [text] _, _ in .file(text) }
    #expect(await Data(scene.inspector.reading(source).bytes) == text)
  }

  @Test("A connection that stays broken is told, and never ends as if all were there")
  func broken() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, hit in
      hit == 1
        ? .file(text, cutAfter: 50_000)
        : .failure(.connectionLost(host: "blobs", reason: "reset"))
    }
    let reading = await scene.inspector.reading(source)
    #expect(reading.failures.count == 1)
    #expect(!reading.hasEnded)
    #expect(reading.bytes.count == 50_000)
  }

  @Test("A log that is kept no longer says for how long logs are kept", arguments: [false, true])
  func gone(atStorage: Bool) async throws {
    let scene = try Scene()
    if atStorage {
      scene.serveLog { _, _ in .status(410) }
    } else {
      scene.servers.on("/jobs/1/logs", .status(410))
    }
    scene.servers.on(
      "/actions/jobs/1", .json(Scene.job(completedAt: Date(timeIntervalSince1970: 1_700_000_000))))
    let failure = try #require(await scene.inspector.reading(source).failures.first)
    #expect(failure.kind == .gone)
    #expect(failure.remedy.contains("90 days"))
  }

  @Test("What is gone of a job of today is not laid to the time that logs are kept")
  func goneToday() async throws {
    for age in [3600.0, 0] {
      let scene = try Scene()
      scene.servers.on("/jobs/1/logs", .status(age == 0 ? 410 : 404))
      let end = scene.clock.withLock { $0 } - age
      scene.servers.on("/actions/jobs/1", .json(Scene.job(completedAt: end)))
      let failures = await scene.inspector.reading(source).failures
      #expect(failures.map(\.kind) == [.gone])
      #expect(failures.first?.remedy.contains("90 days") == false)
      #expect(failures.first?.message.contains("less than a day ago") == true)
    }
  }

  @Test("What is gone of a job that nobody knows says no number of days")
  func goneUnknown() async throws {
    let scene = try Scene()
    scene.servers.on("/jobs/1/logs", .status(410))
    scene.servers.on("/actions/jobs/1", .status(404))
    let failure = try #require(await scene.inspector.reading(source).failures.first)
    #expect(failure.kind == .gone && !failure.remedy.contains("90"))
  }

  @Test("A job that goes on is told at once, and its log opens by itself when there is one")
  func running() async throws {
    let scene = try Scene()
    scene.servers.on("/jobs/1/logs") { _, hit in
      hit == 1 ? .status(404) : .redirect(to: "http://blobs/log-1")
    }
    scene.servers.on("http://blobs/log-1", .file(text))
    scene.servers.on("/actions/jobs/1") { _, hit in
      .json(
        hit < 4 ? Scene.job(status: "in_progress", conclusion: nil, completedAt: nil) : Scene.job())
    }
    let reading = await scene.inspector.reading(source)
    #expect(reading.failures.map(\.kind) == [.notYet])
    #expect(reading.failures.first?.message.contains("when all is over") == true)
    #expect(reading.hasEnded)
    #expect(Data(reading.bytes) == text)
  }

  @Test("Whoever asks for a text that is not there yet and needs it whole is told so")
  func excerptsOfARunningJob() async throws {
    let scene = try Scene()
    scene.servers.on("/jobs/1/logs", .status(404))
    scene.servers.on(
      "/actions/jobs/1",
      .json(Scene.job(status: "in_progress", conclusion: nil, completedAt: nil)))
    let end = await scene.end(of: SaveRequest(.log(source), to: "~/x.log"))
    guard case .failed(let failure) = end else {
      Issue.record("\(String(describing: end))")
      return
    }
    #expect(failure.kind == .notYet)
    #expect(scene.homeFiles == [])
  }

  @Test("A log that GitHub has not put together is told at once, and opens when it is there")
  func justEnded() async throws {
    let scene = try Scene()
    scene.servers.on("/jobs/1/logs") { _, hit in
      hit < 5 ? .status(404) : .redirect(to: "http://blobs/log-1")
    }
    scene.servers.on("http://blobs/log-1", .file(text))
    scene.servers.on("/actions/jobs/1", .json(Scene.job()))
    let reading = await scene.inspector.reading(source)
    guard case .failed(let failure)? = reading.deliveries.first else {
      Issue.record("\(reading.deliveries)")
      return
    }
    #expect(failure.kind == .notYet)
    #expect(failure.message == "GitHub has not put the job's log together yet")
    #expect(reading.failures.count == 1)
    #expect(reading.hasEnded)
    #expect(Data(reading.bytes) == text)
    let slept = scene.sleeps.withLock { $0.filter { $0 >= .seconds(1) } }
    #expect(slept == slept.sorted() && Set(slept).count > 1, "\(slept)")
  }

  @Test("Whoever needs it whole is told at once that it is not there yet")
  func excerptsOfAFreshJob() async throws {
    let scene = try Scene()
    scene.servers.on("/jobs/1/logs", .status(404))
    scene.servers.on("/actions/jobs/1", .json(Scene.job()))
    let end = await scene.end(of: SaveRequest(.log(source), to: "~/x.log"))
    guard case .failed(let failure) = end else {
      Issue.record("\(String(describing: end))")
      return
    }
    #expect(failure.kind == .notYet)
  }

  @Test("The patience with a log that does not come has an end", arguments: [0.0, 9000])
  func neverComes(ahead: TimeInterval) async throws {
    let scene = try Scene()
    scene.servers.on("/jobs/1/logs", .status(404))
    let end = scene.clock.withLock { $0 } + ahead
    scene.servers.on("/actions/jobs/1", .json(Scene.job(completedAt: end)))
    let reading = await scene.inspector.reading(source)
    #expect(reading.failures.map(\.kind) == [.notYet, .gone])
    #expect(reading.failures.last?.remedy.contains("90 days") == false)
    let slept = scene.sleeps.withLock { $0.reduce(.zero, +) }
    #expect(slept >= .seconds(500) && slept < .seconds(700))
  }

  @Test("An old job's log is gone at once; a job without a runner never had one")
  func noLog() async throws {
    let scene = try Scene()
    scene.servers.on("/logs", .status(404))
    scene.servers.on(
      "/actions/jobs/1", .json(Scene.job(completedAt: Date(timeIntervalSince1970: 1_700_000_000))))
    scene.servers.on(
      "/actions/jobs/2", .json(Scene.job(2, conclusion: "cancelled", runner: nil)))
    let old = await scene.inspector.reading(source).failures
    #expect(old.map(\.kind) == [.gone])
    let idle = await scene.inspector.reading(.job(Scene.run, job: 2)).failures
    #expect(idle.first?.message.contains("never had a runner") == true)
  }

  @Test("A token that may not read logs is told what it lacks")
  func denied() async throws {
    let scene = try Scene()
    scene.servers.on(
      "/jobs/1/logs",
      .response(
        HTTPResponse(
          status: 403, headers: ["x-accepted-github-permissions": "actions=read"],
          body: Data(#"{"message":"Resource not accessible"}"#.utf8))))
    let failure = try #require(await scene.inspector.reading(source).failures.first)
    #expect(failure.kind == .denied)
    #expect(failure.remedy.contains("Actions: read"))
  }

  @Test("Two who open it share one fetch and one file")
  func shared() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, _ in .file(text) }
    async let first = scene.inspector.reading(source)
    async let second = scene.inspector.reading(source)
    let (one, two) = await (first, second)
    #expect(one.log === two.log)
    #expect(Data(one.bytes) == text && two.hasEnded)
    let third = await scene.inspector.reading(source)
    #expect(third.log === one.log && third.hasEnded)
    #expect(scene.servers.requests("http://blobs").count == 1)
  }

  @Test("Closing ends every stream of it and its fetch")
  func closing() async throws {
    let scene = try Scene()
    scene.serveLog { _, _ in .silence }
    let streams = [scene.inspector.open(source), scene.inspector.open(source)]
    await eventually { scene.servers.requests("http://blobs").count == 1 }
    #expect(scene.privateFiles.count == 1)
    scene.inspector.close(source)
    for stream in streams {
      let deliveries = await stream.reduce(into: []) { $0.append($1) }
      #expect(deliveries == [])
    }
    await eventually { scene.privateFiles.isEmpty }
  }

  @Test("The fetch ends with the last who waits for it, and with nobody before")
  func lastReader() async throws {
    let scene = try Scene()
    scene.serveLog { _, _ in .silence }
    let tasks = (0..<2).map { _ in
      let stream = scene.inspector.open(source)
      return Task { for await _ in stream {} }
    }
    await eventually { scene.servers.requests("http://blobs").count == 1 }
    tasks[0].cancel()
    await tasks[0].value
    #expect(scene.privateFiles.count == 1)
    tasks[1].cancel()
    await tasks[1].value
    await eventually { scene.privateFiles.isEmpty }
  }

  @Test("A finished log that was left is there at once when somebody comes back")
  func kept() async throws {
    let scene = try Scene()
    scene.serveLog { [text] _, _ in .file(text) }
    _ = await scene.inspector.reading(source)
    scene.inspector.close(source)
    let again = await scene.inspector.reading(source)
    #expect(Data(again.bytes) == text)
    #expect(scene.servers.requests("http://blobs").count == 1)
  }

  @Test("Only a few logs are kept that nobody looks at")
  func keptFew() async throws {
    let scene = try Scene()
    scene.servers.on("/logs", .file(text))
    for job in 1...20 {
      let source = LogSource.job(Scene.run, job: Int64(job))
      _ = await scene.inspector.reading(source)
      scene.inspector.close(source)
    }
    #expect(scene.privateFiles.count == 8)
  }

  @Test("A failure is not kept: who comes back asks again")
  func failureIsNotKept() async throws {
    let scene = try Scene()
    scene.servers.on("/jobs/1/logs") { _, hit in
      hit == 1 ? .status(410) : .redirect(to: "http://blobs/log-1")
    }
    scene.servers.on("http://blobs/log-1", .file(text))
    #expect(await scene.inspector.reading(source).failures.count == 1)
    #expect(await scene.inspector.reading(source).hasEnded)
  }
}
