import AWS
import Archives
import Deploys
import Foundation
import LogText
import Operations
import Testing
import Transport

@Suite("What a container holds")
struct ContainerTests {
  let zip = TestZip.of([("a.txt", "alpha\n"), ("logs/b.log", "beta\r\n"), ("../evil", "x")])

  private func digest(_ data: Data) -> String {
    var digest = SHA256Digest()
    data.withUnsafeBytes { digest.update($0) }
    return "sha256:\(digest.hexText())"
  }

  @Test("An artifact is fetched once, checked and listed; its files are read from there")
  func artifact() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    let container = FileContainer.artifact(
      Scene.artifact(content: zip, digest: digest(zip)))
    let files = try await scene.inspector.files(container).get()
    #expect(files.map(\.path) == ["a.txt", "logs/b.log", "../evil"])
    #expect(files.map { $0.refusal == nil } == [true, true, false])
    let text = await scene.inspector.reading(.file(container, path: "logs/b.log"))
    #expect(text.text == "beta\r\n" && text.hasEnded)
    let refused = await scene.inspector.reading(.file(container, path: "../evil"))
    #expect(refused.failures.count == 1 && refused.log == nil)
    #expect(scene.servers.requests("http://blobs").count == 1)
    scene.inspector.close(.file(container, path: "logs/b.log"))
    scene.inspector.close(container)
    // A file goes with the last who holds it, which may be the work that has just ended.
    await eventually { scene.privateFiles == [] }
  }

  @Test("Two who list it share the fetch")
  func shared() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    let container = FileContainer.artifact(Scene.artifact(content: zip))
    async let one = scene.inspector.files(container)
    async let two = scene.inspector.files(container)
    let (first, second) = await (one, two)
    #expect(try first.get() == second.get())
    #expect(scene.servers.requests("http://blobs").count == 1)
  }

  @Test("An expired artifact is told with its day, without a request")
  func expired() async throws {
    let scene = try Scene()
    let container = FileContainer.artifact(Scene.artifact(content: zip, isExpired: true))
    guard case .failure(let failure) = await scene.inspector.files(container) else {
      Issue.record("listed")
      return
    }
    #expect(failure.kind == .gone)
    #expect(failure.message.contains("expired on 2027-01-15"))
    #expect(scene.servers.requests("artifacts").isEmpty)
  }

  @Test("An artifact that has gone meanwhile is told", arguments: [404, 410])
  func gone(status: Int) async throws {
    let scene = try Scene()
    scene.servers.on("/artifacts/5/zip", .status(status))
    guard
      case .failure(let failure) = await scene.inspector.files(
        .artifact(Scene.artifact(content: zip)))
    else {
      Issue.record("listed")
      return
    }
    #expect(failure.kind == .gone)
  }

  @Test("Bytes that do not fit the digest are not looked into")
  func wrongDigest() async throws {
    let scene = try Scene()
    scene.serve { [zip] _, _ in .file(zip) }
    let container = FileContainer.artifact(
      Scene.artifact(content: zip, digest: "sha256:" + String(repeating: "0", count: 64)))
    guard case .failure(let failure) = await scene.inspector.files(container) else {
      Issue.record("listed")
      return
    }
    #expect(failure.message.contains("SHA-256"))
    // A file goes with the last who holds it, which may be the work that has just ended.
    await eventually { scene.privateFiles == [] }
  }

  @Test("Something that is no zip is told")
  func noZip() async throws {
    let scene = try Scene()
    scene.serve { _, _ in .file(Data("hello, this is no archive".utf8)) }
    guard
      case .failure(let failure) = await scene.inspector.files(
        .artifact(Scene.artifact(content: Data())))
    else {
      Issue.record("listed")
      return
    }
    #expect(failure.message.hasPrefix("the artifact dist is no zip: "), "\(failure.message)")
    #expect(!failure.remedy.isEmpty)
    let place = "\(scene.root)/home/f"
    let file = SaveRequest.Item.file(
      .artifact(Scene.artifact(content: Data())), path: "a.txt")
    guard case .failed(let unsaved) = await scene.end(of: SaveRequest(file, to: place)) else {
      Issue.record("saved")
      return
    }
    #expect(unsaved.message == failure.message)
    let text = await scene.inspector.reading(
      .file(.artifact(Scene.artifact(content: Data())), path: "a.txt"))
    #expect(text.failures.map(\.message) == [failure.message])
  }

  @Test("The failure files of a build are listed by their names under the prefix, and opened")
  func failureFiles() async throws {
    let scene = try Scene()
    scene.servers.on("list-type=2") { _, _ in
      .response(
        HTTPResponse(
          status: 200, headers: ["Content-Type": "application/xml"],
          body: Data(
            """
            <?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>bkt</Name>
            <IsTruncated>false</IsTruncated>
            <Contents><Key>fail/0-1-2/</Key><Size>0</Size></Contents>
            <Contents><Key>fail/0-1-2/app.log</Key><Size>6</Size>
            <LastModified>2026-11-23T04:03:53.000Z</LastModified></Contents>
            <Contents><Key>fail/0-1-2/../../x</Key><Size>1</Size></Contents>
            </ListBucketResult>
            """.utf8)))
    }
    scene.servers.on("/bkt/fail/0-1-2/app.log", .file(Data("oh no\n".utf8)))
    for prefix in ["fail/0-1-2/", "fail/0-1-2"] {
      let place = S3Location(bucket: "bkt", key: prefix)
      let container = FileContainer.failureFiles(Scene.build, place)
      let files = try await scene.inspector.files(container).get()
      #expect(files.map(\.path) == ["app.log", "../../x"])
      #expect(files.map { $0.refusal == nil } == [true, false])
      #expect(files[0].size == 6 && files[0].modifiedAt != nil)
      let text = await scene.inspector.reading(.file(container, path: "app.log"))
      #expect(text.text == "oh no\n" && text.hasEnded)
      guard
        case .files(let answered) = await scene.inspector.answer(
          .failureFiles(Scene.build, place), of: Scene.run, attempt: 1)
      else {
        Issue.record("not answered")
        return
      }
      #expect(answered == files)
    }
  }
}
