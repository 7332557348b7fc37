import AWS
import Deploys
import Foundation
import LogText
import Operations
import Synchronization
import Testing
import Transport

@Suite("Saving to a file")
struct SaveTests {
  private static let archive = TestZip.of([
    (
      "noise.bin", Data((0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) })
    )
  ])

  private var zip: Data { Self.archive }

  private var digest: String {
    var digest = SHA256Digest()
    zip.withUnsafeBytes { digest.update($0) }
    return "sha256:\(digest.hexText())"
  }

  private var artifact: Artifact { Scene.artifact(content: zip, digest: digest) }

  private func failure(_ news: SaveNews?) -> ReadFailure? {
    if case .failed(let failure) = news { failure } else { nil }
  }

  @Test("An artifact is saved whole, checked, for its owner alone, with its progress told")
  func artifactToFile() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    let news = await scene.saved(SaveRequest(.artifact(artifact), to: "~/dist.zip"))
    let path = "\(scene.root)/home/dist.zip"
    #expect(news.last == .done(path: path, remark: "its SHA-256 is as GitHub says"))
    #expect(
      news.contains {
        if case .progress(let transfer) = $0 { transfer.total == zip.count } else { false }
      })
    #expect(scene.homeFile("dist.zip") == zip)
    #expect(scene.homeFiles == ["dist.zip"])
    #expect(mode(path) == 0o600)
  }

  @Test(
    "A digest that is not checked is not taken for none, nor for one that fits",
    arguments: [
      (nil, "GitHub tells no digest to check"), ("", "GitHub tells no digest to check"),
      ("sha512:00ff", "GitHub's digest is of a kind that is not checked (sha512)"),
      ("00ff", "GitHub's digest is of a kind that is not checked"),
      (":00ff", "GitHub's digest is of a kind that is not checked"),
    ] as [(String?, String)])
  func otherDigest(digest: String?, remark: String) async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    let artifact = Scene.artifact(content: zip, digest: digest)
    let end = await scene.end(of: SaveRequest(.artifact(artifact), to: "~/dist.zip"))
    #expect(end == .done(path: "\(scene.root)/home/dist.zip", remark: remark))
  }

  @Test("A folder gets the artifact under its own name, made harmless")
  func artifactToFolder() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    var artifact = artifact
    artifact.name = "../a/b\u{1B}[31m:한"
    let end = await scene.end(of: SaveRequest(.artifact(artifact), to: "~"))
    guard case .done(let path, _) = end else {
      Issue.record("\(String(describing: end))")
      return
    }
    #expect(path == "\(scene.root)/home/_a_b_[31m_한.zip")
  }

  @Test("A file that is there is left alone without a request, and replaced only when allowed")
  func existing() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    let path = "\(scene.root)/home/dist.zip"
    try Data("mine".utf8).write(to: URL(filePath: path))
    let end = await scene.end(of: SaveRequest(.artifact(artifact), to: path))
    #expect(end == .exists(path: path))
    #expect(scene.homeFile("dist.zip") == Data("mine".utf8))
    #expect(scene.servers.requests("artifacts").isEmpty)
    guard
      case .done = await scene.end(
        of: SaveRequest(.artifact(artifact), to: path, mayReplace: true))
    else {
      Issue.record("not replaced")
      return
    }
    #expect(scene.homeFile("dist.zip") == zip)
    #expect(scene.homeFiles == ["dist.zip"])
  }

  @Test("A file that appears in the meantime is left alone, and nothing is fetched twice")
  func appearing() async throws {
    let scene = try Scene()
    let path = "\(scene.root)/home/dist.zip"
    scene.serve { [zip] _, _ in
      try? Data("mine".utf8).write(to: URL(filePath: path))
      return .file(zip)
    }
    #expect(await scene.end(of: SaveRequest(.artifact(artifact), to: path)) == .exists(path: path))
    #expect(scene.homeFile("dist.zip") == Data("mine".utf8))
    let end = await scene.end(of: SaveRequest(.artifact(artifact), to: path, mayReplace: true))
    guard case .done = end else {
      Issue.record("\(String(describing: end))")
      return
    }
    #expect(scene.homeFile("dist.zip") == zip)
    #expect(scene.servers.requests("http://blobs").count == 1)
    #expect(scene.homeFiles == ["dist.zip"])
  }

  @Test("What broke off is gone on with by the next try, and the whole equals the bytes")
  func resuming() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, hit in
      switch hit {
      case 1: .file(zip, tag: #""e""#, cutAfter: 120_000)
      case 2...20: .failure(.connectionLost(host: "blobs", reason: "reset"))
      default: .file(zip, tag: #""e""#)
      }
    }
    let request = SaveRequest(.artifact(artifact), to: "~/dist.zip")
    var tries = 0
    var end = await scene.end(of: request)
    let first = try #require(failure(end))
    #expect(first.remedy.contains(".cdtop-part"))
    #expect(scene.homeFiles == ["dist.zip.5.cdtop-part"])
    #expect(mode("\(scene.root)/home/dist.zip.5.cdtop-part") == 0o600)
    #expect(scene.homeFile("dist.zip.5.cdtop-part") == zip.prefix(120_000))
    while failure(end) != nil, tries < 20 {
      tries += 1
      end = await scene.end(of: request)
    }
    guard case .done = end else {
      Issue.record("\(String(describing: end))")
      return
    }
    #expect(scene.homeFile("dist.zip") == zip)
    #expect(scene.homeFiles == ["dist.zip"])
    let last = scene.servers.requests("http://blobs").last
    #expect(last?.headers["Range"] == "bytes=120000-")
  }

  @Test("A part that is not of this artifact's bytes is begun anew")
  func foreignPart() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    try Data(repeating: 7, count: 50_000)
      .write(to: URL(filePath: "\(scene.root)/home/dist.zip.5.cdtop-part"))
    let end = await scene.end(of: SaveRequest(.artifact(artifact), to: "~/dist.zip"))
    guard case .done = end else {
      Issue.record("\(String(describing: end))")
      return
    }
    #expect(scene.homeFile("dist.zip") == zip)
  }

  @Test("A server that begins anew in the middle is followed")
  func beginningAnew() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, hit in hit == 1 ? .file(zip, cutAfter: 70_000) : .wholeFile(zip) }
    guard
      case .done = await scene.end(of: SaveRequest(.artifact(artifact), to: "~/dist.zip"))
    else {
      Issue.record("not saved")
      return
    }
    #expect(scene.homeFile("dist.zip") == zip)
  }

  @Test("Wrong bytes are thrown away and told")
  func wrongDigest() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(Data(zip.reversed())) }
    let end = await scene.end(of: SaveRequest(.artifact(artifact), to: "~/dist.zip"))
    #expect(failure(end)?.message.contains("SHA-256") == true)
    #expect(scene.homeFiles == [])
  }

  @Test("Without a digest nothing is kept of a try that failed")
  func noDigest() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, hit in
      hit == 1 ? .file(zip, cutAfter: 100_000) : .failure(.connectionLost(host: "b", reason: "r"))
    }
    let plain = Scene.artifact(content: zip)
    #expect(failure(await scene.end(of: SaveRequest(.artifact(plain), to: "~/dist.zip"))) != nil)
    #expect(scene.homeFiles == [])
  }

  @Test("Cancelling stops the fetch and keeps what has come")
  func cancelling() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, hit in hit == 1 ? .file(zip, tag: #""e""#, cutAfter: 80_000) : .silence }
    let task = Task { [artifact] in
      await scene.end(of: SaveRequest(.artifact(artifact), to: "~/dist.zip"))
    }
    await eventually { scene.servers.requests("http://blobs").count == 2 }
    task.cancel()
    _ = await task.value
    await scene.inspector.close()
    #expect(scene.homeFiles == ["dist.zip.5.cdtop-part"])
    #expect(scene.homeFile("dist.zip.5.cdtop-part") == zip.prefix(80_000))
  }

  @Test("An artifact that is here for browsing is copied, not fetched again")
  func copying() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    _ = try await scene.inspector.files(.artifact(artifact)).get()
    guard case .done = await scene.end(of: SaveRequest(.artifact(artifact), to: "~/d.zip")) else {
      Issue.record("not saved")
      return
    }
    #expect(scene.homeFile("d.zip") == zip)
    #expect(scene.servers.requests("http://blobs").count == 1)
  }

  @Test("A full disk is told and gets its room back")
  func fullDisk() async throws {
    let disk = Disk { file, bytes, offset in
      offset + bytes.count > 100_000
        ? (-1, ENOSPC) : Disk.system.write(file, bytes, offset)
    }
    let scene = try Scene(disk: disk)
    scene.serve { [zip] _, _ in .file(zip) }
    let told = try #require(
      failure(await scene.end(of: SaveRequest(.artifact(artifact), to: "~/dist.zip"))))
    #expect(told.message.contains("the disk is full"))
    #expect(told.message.contains("dist.zip"))
    #expect(scene.homeFiles == [])
  }

  @Test("What cannot fit is not begun")
  func noRoom() async throws {
    let scene = try Scene()
    var huge = artifact
    huge.size = 1 << 55
    let told = try #require(
      failure(await scene.end(of: SaveRequest(.artifact(huge), to: "~/dist.zip"))))
    #expect(told.message.contains("has room for"))
    #expect(scene.homeFiles == [])
    #expect(scene.servers.requests("artifacts").isEmpty)
  }

  @Test("A link where the part would go is not followed, and a foreign thing is not touched")
  func traps() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    let victim = "\(scene.root)/victim"
    try Data("precious".utf8).write(to: URL(filePath: victim))
    let part = "\(scene.root)/home/dist.zip.5.cdtop-part"
    let request = SaveRequest(.artifact(artifact), to: "~/dist.zip")
    try FileManager.default.createSymbolicLink(atPath: part, withDestinationPath: victim)
    #expect(failure(await scene.end(of: request))?.message.contains("symbolic link") == true)
    try FileManager.default.removeItem(atPath: part)
    try FileManager.default.linkItem(atPath: victim, toPath: part)
    #expect(failure(await scene.end(of: request))?.message.contains("in the way") == true)
    try FileManager.default.removeItem(atPath: part)
    try FileManager.default.createDirectory(
      atPath: part, withIntermediateDirectories: false)
    #expect(failure(await scene.end(of: request)) != nil)
    #expect(FileManager.default.contents(atPath: victim) == Data("precious".utf8))
    #expect(scene.homeFiles == ["dist.zip.5.cdtop-part"])
  }

  #if os(Linux)
  @Test("A folder that takes no files is told with the system's reason, and nobody else is blamed")
  func folderWithoutFiles() async throws {
    let scene = try Scene()
    let request = SaveRequest(.artifact(artifact), to: "/proc/x.zip")
    let found = try #require(failure(await scene.end(of: request)))
    #expect(found.message.hasPrefix("no file can be created in /proc: the system says"))
    #expect(found.remedy == "Choose another folder.")
    #expect(scene.sleeps.withLock { $0.isEmpty })
  }
  #endif

  @Test("Two at once to one place: one saves, the other is told")
  func twice() async throws {
    let scene = try Scene()
    scene.serve { _, _ in .silence }
    let request = SaveRequest(.artifact(artifact), to: "~/dist.zip")
    let first = Task { await scene.end(of: request) }
    await eventually { scene.servers.requests("http://blobs").count == 1 }
    #expect(failure(await scene.end(of: request))?.message.contains("another cdtop") == true)
    first.cancel()
    _ = await first.value
  }

  @Test(
    "Places that cannot be written are told with what to do",
    arguments: [
      ("~/no/such/dist.zip", "there is no folder"), ("~/no/", "there is no folder"),
      ("~/file/dist.zip", "is no folder"), ("/dev/null", "no ordinary file"), ("", "no file"),
      ("~/..", "unnamed"), ("~/\(String(repeating: "x", count: 300))", "too long"),
    ])
  func badPlaces(path: String, words: String) async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    try Data().write(to: URL(filePath: "\(scene.root)/home/file"))
    let end = await scene.end(of: SaveRequest(.artifact(artifact), to: path))
    if path == "~/.." {
      // A folder, too.
      #expect(
        end
          == .done(path: "\(scene.root)/home/../dist.zip", remark: "its SHA-256 is as GitHub says"))
      return
    }
    let told = try #require(failure(end))
    #expect(told.message.contains(words), "\(told.message)")
    #expect(!told.remedy.isEmpty)
    #expect(scene.homeFiles == ["file"])
  }

  @Test("One file of an artifact is saved alone")
  func oneFile() async throws {
    let scene = try Scene()
    let zip = TestZip.of([("logs/b.log", "beta\n"), ("../evil", "x")])
    scene.serve { _, _ in .file(zip) }
    let container = FileContainer.artifact(Scene.artifact(content: zip))
    let end = await scene.end(of: SaveRequest(.file(container, path: "logs/b.log"), to: "~/"))
    #expect(end == .done(path: "\(scene.root)/home/b.log", remark: ""))
    #expect(scene.homeFile("b.log") == Data("beta\n".utf8))
    let evil = await scene.end(of: SaveRequest(.file(container, path: "../evil"), to: "~/evil"))
    #expect(failure(evil) != nil)
    #expect(scene.homeFiles == ["b.log"])
  }

  @Test("A file in S3 is saved; a missing one leaves nothing")
  func objects() async throws {
    let scene = try Scene()
    scene.servers.on("/bkt/fail/app.log", .file(Data("oh no\n".utf8)))
    scene.servers.on(
      "/bkt/",
      .response(
        HTTPResponse(
          status: 404, headers: ["Content-Type": "application/xml"],
          body: Data("<Error><Code>NoSuchKey</Code><Message>no</Message></Error>".utf8))))
    let container = FileContainer.failureFiles(
      Scene.build, S3Location(bucket: "bkt", key: "fail"))
    let end = await scene.end(of: SaveRequest(.file(container, path: "app.log"), to: "~/"))
    #expect(end == .done(path: "\(scene.root)/home/app.log", remark: ""))
    #expect(scene.homeFile("app.log") == Data("oh no\n".utf8))
    let none = await scene.end(of: SaveRequest(.file(container, path: "none"), to: "~/"))
    #expect(failure(none)?.kind == .gone)
    #expect(scene.homeFiles == ["app.log"])
  }

  @Test("A log is saved as the bytes that were served")
  func log() async throws {
    let scene = try Scene()
    let text = Data([0xEF, 0xBB, 0xBF, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x0D, 0xFF, 0x0A, 0x41])
    scene.serveLog { _, _ in .file(text) }
    let source = LogSource.job(Scene.run, job: 1)
    let end = await scene.end(of: SaveRequest(.log(source), to: "~/"))
    #expect(end == .done(path: "\(scene.root)/home/job-1.log", remark: ""))
    #expect(scene.homeFile("job-1.log") == text)
  }

  @Test("After the end nothing is saved any more")
  func closed() async throws {
    let scene = try Scene()
    await scene.inspector.close()
    #expect(await scene.saved(SaveRequest(.artifact(artifact), to: "~/dist.zip")).isEmpty)
    #expect(await scene.inspector.reading(.job(Scene.run, job: 1)).deliveries.isEmpty)
    #expect(scene.homeFiles == [])
  }
}
