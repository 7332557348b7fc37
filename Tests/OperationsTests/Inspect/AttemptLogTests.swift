import Deploys
import Foundation
import LogText
import Operations
import Testing
import Transport

@testable import Operations

@Suite("The logs of an attempt")
struct AttemptLogTests {
  let source = LogSource.attempt(Scene.run, attempt: 2)

  private func scene(_ zip: Data) throws -> Scene {
    let scene = try Scene()
    scene.servers.on("/attempts/2/logs", .redirect(to: "http://blobs/logs"))
    scene.servers.on("http://blobs/logs", .file(zip))
    return scene
  }

  @Test("Steps follow one another under headings that fold; nothing stands there twice")
  func joined() async throws {
    let zip = TestZip.of([
      ("1_test.txt", "t1\n"), ("0_build.txt", "b1\nb2b10\n"),
      ("build/10_Last.txt", "b10\n"), ("build/1_First.txt", "b1\n"), ("build/2_Next.txt", "b2"),
      ("build/system.txt", "waiting\n"), ("test/1_Only.txt", "t1\n"),
      ("__MACOSX/build/._1_First.txt", "junk"), ("build/.DS_Store", "junk"),
    ])
    let scene = try scene(zip)
    let reading = await scene.inspector.reading(source)
    #expect(
      reading.text == """
        ##[group]build › system
        waiting
        ##[endgroup]
        ##[group]build › First
        b1
        ##[endgroup]
        ##[group]build › Next
        b2
        ##[endgroup]
        ##[group]build › Last
        b10
        ##[endgroup]
        ##[group]test › Only
        t1
        ##[endgroup]

        """)
    #expect(reading.hasEnded)
    #expect(reading.deliveries.contains { if case .fetching = $0 { true } else { false } })
  }

  @Test("Something else than an archive of logs is called by what it should have been")
  func noArchive() async throws {
    let scene = try scene(Data("<html>log in".utf8))
    let reading = await scene.inspector.reading(source)
    let message = reading.failures.first?.message ?? ""
    #expect(message.hasPrefix("the archive of the logs is no zip: "), "\(message)")
  }

  @Test("Where steps are missing the job's own file is taken")
  func wholeFile() {
    let files = [
      StoredFile(path: "0_build.txt", size: 100), StoredFile(path: "build/1_a.txt", size: 20),
      StoredFile(path: "-7_old job.txt", size: 5), StoredFile(path: "other/3_x.txt", size: 5),
    ]
    #expect(
      LogsArchive(files).parts.map(\.path)
        == ["-7_old job.txt", "0_build.txt", "other/3_x.txt"])
  }

  @Test("Names that were cut after 90 units meet their own job")
  func cutNames() {
    let long = String(repeating: "x", count: 100)
    let files = [
      StoredFile(path: "0_\(long).txt", size: 10),
      StoredFile(path: "\(long.prefix(90))/1_a.txt", size: 10),
    ]
    #expect(LogsArchive(files).parts.map(\.path) == ["\(long.prefix(90))/1_a.txt"])
  }

  @Test("A line break in a name cannot forge a line")
  func forgedName() {
    let part = LogsArchive([StoredFile(path: "a\n##[error]b/1_c.txt", size: 1)]).parts.first
    #expect(part?.heading == "a ##[error]b › c")
  }

  @Test("GitHub's own example is read: emoji, slash, colon, 90 characters, litter of a Mac")
  func example() async throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../../shared/data/logs/gh-run_log.zip").standardizedFileURL.path
    guard let zip = FileManager.default.contents(atPath: path) else {
      withKnownIssue("../shared/data/logs is not here", isIntermittent: true) {
        Issue.record("skipped")
      }
      return
    }
    let scene = try scene(zip)
    let reading = await scene.inspector.reading(source)
    #expect(reading.failures == [])
    let headings = reading.text.split(separator: "\n").filter { $0.hasPrefix("##[group]") }
    #expect(headings.count == 9)
    #expect(headings.contains("##[group]cool job › fob the barz"))
    #expect(headings.contains("##[group]cool job  with colon › fob the barz"))
    #expect(headings.contains { $0.hasPrefix("##[group]Emoji Test 😅") })
    #expect(!reading.text.contains("MACOSX"))
  }

  @Test("Something that is no zip is told")
  func noZip() async throws {
    let reading = await (try scene(Data("<html>".utf8))).inspector.reading(source)
    #expect(reading.failures.count == 1)
    #expect(!reading.hasEnded)
  }

  @Test("An attempt that goes on is waited for; an old one is gone")
  func waiting() async throws {
    let scene = try Scene()
    scene.servers.on("/attempts/2/logs") { _, hit in
      hit == 1 ? .status(404) : .redirect(to: "http://blobs/logs")
    }
    scene.servers.on("http://blobs/logs", .file(TestZip.of([("0_build.txt", "b\n")])))
    scene.servers.on("/runs/7/attempts/2") { _, hit in
      .json(
        """
        {"id":7,"run_attempt":2,"run_number":1,"workflow_id":1,"name":"w","path":"p",
        "event":"push","head_sha":"a","status":"\(hit < 3 ? "in_progress" : "completed")",
        "conclusion":null,"created_at":"2027-01-15T07:00:00Z",
        "run_started_at":"2027-01-15T07:00:00Z","updated_at":"2027-01-15T08:00:00Z","html_url":""}
        """)
    }
    let reading = await scene.inspector.reading(source)
    #expect(reading.failures.map(\.kind) == [.notYet])
    #expect(reading.text == "##[group]build\nb\n##[endgroup]\n")

    let other = try Scene()
    other.servers.on("/attempts/2/logs", .status(410))
    #expect(await other.inspector.reading(source).failures.map(\.kind) == [.gone])
  }
}
