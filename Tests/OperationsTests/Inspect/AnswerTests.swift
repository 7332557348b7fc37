import Deploys
import Foundation
import Operations
import Testing
import Transport

@Suite("Answers about an attempt")
struct AnswerTests {
  private var job: Job {
    Job(id: 1, runID: 7, attempt: 1, name: "build", status: .completed, conclusion: .failure)
  }

  @Test("Annotations are read", arguments: [403, 404])
  func annotations(status: Int) async throws {
    let scene = try Scene()
    scene.servers.on("/annotations") { _, hit in
      hit == 1
        ? .json(
          #"[{"annotation_level":"failure","message":"exit code 1","path":".github","start_line":9}]"#
        )
        : .status(status)
    }
    #expect(
      await scene.inspector.answer(.annotations(job), of: Scene.run, attempt: 1)
        == .annotations([
          Annotation(level: .failure, message: "exit code 1", path: ".github", line: 9)
        ]))
    guard
      case .failed(let failure) = await scene.inspector.answer(
        .annotations(job), of: Scene.run, attempt: 1)
    else {
      Issue.record("answered")
      return
    }
    #expect(failure.kind == .denied)
    #expect(failure.remedy.contains("Checks: read"))
  }

  @Test("A failed job without a failed step has no excerpts, and asks for none")
  func noExcerpts() async throws {
    let scene = try Scene()
    #expect(
      await scene.inspector.answer(.excerpts(job), of: Scene.run, attempt: 1) == .excerpts([]))
    #expect(scene.servers.requests("logs").isEmpty)
  }

  @Test("Excerpts give the lines that tell most, counted as the pager counts a step's")
  func excerpts() async throws {
    let scene = try Scene()
    let start = Date(timeIntervalSince1970: 1_800_000_000)
    func line(_ second: Int, _ text: String) -> String {
      let time = start.addingTimeInterval(TimeInterval(second)).formatted(
        .iso8601.dateTimeSeparator(.standard))
      return "\(time.dropLast()).0000000Z \(text)\n"
    }
    var text = line(0, "Current runner version: '2.330.0'")
    text += line(10, "##[group]Run make") + line(10, "shell: bash") + line(10, "##[endgroup]")
    for number in 1...100 { text += line(11, "working \(number)") }
    text += line(20, "##[error]Process completed with exit code 2.")
    text += line(30, "Cleaning up orphan processes")
    let served = Data(text.utf8)
    scene.serveLog { _, _ in .file(served) }
    var job = job
    func step(_ number: Int, _ name: String, _ from: Int, _ to: Int, _ end: Conclusion) -> Step {
      Step(
        number: number, name: name, status: .completed, conclusion: end,
        startedAt: start.addingTimeInterval(TimeInterval(from)),
        completedAt: start.addingTimeInterval(TimeInterval(to)))
    }
    job.steps = [
      step(1, "Set up job", 0, 9, .success), step(2, "Run make", 10, 20, .failure),
      step(3, "Complete job", 30, 30, .success),
    ]
    guard
      case .excerpts(let excerpts) = await scene.inspector.answer(
        .excerpts(job), of: Scene.run, attempt: 1)
    else {
      Issue.record("not answered")
      return
    }
    let excerpt = try #require(excerpts.first)
    #expect(excerpts.count == 1)
    #expect(excerpt.step == 2)
    #expect(excerpt.total == 104)
    #expect(excerpt.lines.count <= 40)
    let error = try #require(excerpt.lines.first { $0.isError })
    #expect(error.text.contains("exit code 2"))
    // The step begins with the second line of the log.
    let lines = text.split(separator: "\n").dropFirst().map { $0 }
    for line in excerpt.lines where line.text.hasPrefix("working") {
      #expect(lines[line.number - 1].hasSuffix(line.text))
    }
    #expect(lines[error.number - 1].contains("exit code 2"))

    let pager = await scene.inspector.reading(.job(Scene.run, job: 1))
    #expect(pager.hasEnded)
    #expect(scene.servers.requests("http://blobs").count == 1, "the log is here already")
  }

  @Test("Of failed steps whose times are unknown the whole log's lines are told, once")
  func untimedExcerpts() async throws {
    let scene = try Scene()
    let text = """
      2027-01-15T08:00:00.0000000Z ##[group]Run make
      2027-01-15T08:00:01.0000000Z ##[error]no rule
      2027-01-15T08:00:02.0000000Z Cleaning up orphan processes

      """
    scene.serveLog { _, _ in .file(Data(text.utf8)) }
    var job = job
    job.steps = (1...3).map {
      Step(
        number: $0, name: "step \($0)", status: .completed,
        conclusion: $0 == 1 ? .success : .failure)
    }
    guard
      case .excerpts(let excerpts) = await scene.inspector.answer(
        .excerpts(job), of: Scene.run, attempt: 1)
    else {
      Issue.record("not answered")
      return
    }
    #expect(excerpts.map(\.step) == [2])
    #expect(excerpts.first?.total == 3)
    #expect(excerpts.first?.lines.contains { $0.isError && $0.text.contains("no rule") } == true)
  }

  @Test("A marker is read in full, and an absent one is an answer")
  func marker() async throws {
    let scene = try Scene()
    scene.servers.on("/bkt/there", .file(Data("BUILD_FAILED=true\nmore\n".utf8)))
    scene.servers.on(
      "/bkt/none",
      .response(
        HTTPResponse(
          status: 404, headers: ["Content-Type": "application/xml"],
          body: Data("<Error><Code>NoSuchKey</Code><Message>no</Message></Error>".utf8))))
    guard
      case .marker(let content) = await scene.inspector.answer(
        .marker(Scene.build, S3Location(bucket: "bkt", key: "there")), of: Scene.run, attempt: 1)
    else {
      Issue.record("not answered")
      return
    }
    #expect(content?.text == "BUILD_FAILED=true\nmore\n")
    #expect(
      await scene.inspector.answer(
        .marker(Scene.build, S3Location(bucket: "bkt", key: "none")), of: Scene.run, attempt: 1)
        == .marker(nil))
  }
}
