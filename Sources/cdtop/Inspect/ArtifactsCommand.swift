import ArgumentParser
import Canvas
import Deploys
import Foundation
import Operations

/// `cdtop artifacts`: what a run has left, listed, looked into and downloaded.
struct ArtifactsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "artifacts",
    abstract: "List, look into and download what a run has left.",
    discussion: """
      An artifact is named by its name or its id; the files that a failed build has left in S3 \
      (failure_artifacts in the configuration) are listed after them; --list-files and --cat name \
      them by the build's id or the job's name, --name by their path. \
      An existing file is never written over without --force. \
      Exit codes: 0 all right, 1 something could not be read or written, 64 usage, \
      78 configuration.
      """)

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "A run's id or URL, or SERVICE@ENV for the newest run.")
  var run: String

  @Option(name: .long, help: "Download to this folder.")
  var download: String?

  @Option(name: .long, help: "Only artifacts and files whose name fits, such as 'test-*'.")
  var name: String?

  @Option(name: .long, help: "List the files in this artifact, or of this failed build.")
  var listFiles: String?

  @Option(
    name: .long, help: ArgumentHelp("Print one file of an artifact.", valueName: "name:path"))
  var cat: String?

  @Flag(name: .long, help: "With --download: write over files that are there.")
  var force = false

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func validate() throws {
    if [download != nil, listFiles != nil, cat != nil].count(where: \.self) > 1 {
      throw ValidationError("--download, --list-files and --cat exclude each other")
    }
    if force, download == nil { throw ValidationError("--force goes with --download") }
    if let cat, !cat.contains(":") {
      throw ValidationError("--cat takes NAME:PATH; --list-files NAME shows the paths")
    }
  }

  func run() async throws {
    let session = try await Session.open(options)
    try await session.looking {
      let found = try await session.inspected(run, depth: .failureFiles)
      try await perform(on: Shelf(run: found, inspector: session.inspector))
    }
  }

  private func perform(on shelf: Shelf) async throws {
    if let listFiles {
      let files = try await shelf.files(in: try await shelf.container(named: listFiles))
      show(files.map(\.json), files.map(\.line))
    } else if let cat {
      try await print(cat, on: shelf)
    } else if let download {
      try await fetch(to: download, from: shelf)
    } else {
      let left = try await left(on: shelf)
      show(
        left.artifacts.map(\.json) + left.files.map(\.json),
        left.artifacts.map(\.line) + left.files.map(\.line))
      if left.isEmpty { Console.complain("no artifacts") }
      if !left.isWhole { throw Exit.failed }
    }
  }

  /// What a run has left, as far as `--name` means it.
  private struct Left {
    var artifacts: [Artifact]
    var files: [LeftFile]
    /// Whether everything could be listed.
    var isWhole: Bool

    var isEmpty: Bool { artifacts.isEmpty && files.isEmpty }
  }

  private func left(on shelf: Shelf) async throws -> Left {
    let artifacts = try await shelf.artifacts()
    let (files, isWhole) = await shelf.failureFiles()
    guard let name else { return Left(artifacts: artifacts, files: files, isWhole: isWhole) }
    let fitting = Left(
      artifacts: artifacts.filter { fnmatch(name, $0.name, 0) == 0 },
      files: files.filter { $0.fits(name) }, isWhole: isWhole)
    guard !fitting.isEmpty else {
      let names = (artifacts.map(\.name) + files.map(\.file.path)).joined(separator: ", ")
      throw Console.failure(
        "no artifact fits \(name)",
        remedy: names.isEmpty ? "The run has left none." : "There are: \(names).")
    }
    return fitting
  }

  private func show(_ values: [JSONValue], _ lines: [String]) {
    if json {
      if let text = try? JSONValue.array(values).text(isPretty: true) { Console.print(text) }
    } else {
      for line in lines { Console.print(PlainText.sanitized(line)) }
    }
  }

  /// Splits `NAME:PATH` at the colon whose left side names something: both may hold colons.
  private func print(_ target: String, on shelf: Shelf) async throws {
    for colon in target.indices where target[colon] == ":" {
      guard let container = try await shelf.knownContainer(named: String(target[..<colon]))
      else { continue }
      let path = String(target[target.index(after: colon)...])
      try await check(path, in: container, on: shelf)
      let output = LogOutput(session: shelf.inspector)
      try await output.write(.file(container, path: path), follows: false)
      return
    }
    let name = String(target.prefix { $0 != ":" })
    _ = try await shelf.container(named: name)
  }

  /// Says by the artifact's own name that it has no such file.
  private func check(_ path: String, in container: FileContainer, on shelf: Shelf) async throws {
    // Of S3 only the first files are listed.
    guard case .artifact(let artifact) = container,
      !(try await shelf.files(in: container)).contains(where: { $0.path == path })
    else { return }
    throw Console.failure(
      "\(artifact.name) holds no file \(path)",
      remedy: "--list-files \(artifact.id) shows what it holds.")
  }

  private func fetch(to folder: String, from shelf: Shelf) async throws {
    let left = try await left(on: shelf)
    guard !left.isEmpty else {
      throw Console.failure("the run has left no artifacts", remedy: "Nothing was downloaded.")
    }
    let base = (folder as NSString).expandingTildeInPath
    let absolute =
      base.hasPrefix("/") ? base : FileManager.default.currentDirectoryPath + "/" + base
    do {
      try FileManager.default.createDirectory(
        atPath: absolute, withIntermediateDirectories: true)
    } catch {
      throw Console.failure(
        "the folder \(absolute) cannot be made: \(error.localizedDescription)",
        remedy: "Name a folder that you may write to.")
    }
    var isPartial = !left.isWhole
    for artifact in left.artifacts {
      let name = shelf.fileName(of: artifact, among: left.artifacts)
      let request = SaveRequest(
        .artifact(artifact), to: "\(absolute)/\(name)", mayReplace: force)
      if !(await shelf.save(request, named: artifact.name)) { isPartial = true }
    }
    for file in left.files {
      if let refusal = file.file.refusal {
        Console.complain("\(file.file.path): \(refusal)")
        isPartial = true
        continue
      }
      let name = shelf.fileName(of: file, among: left.files)
      let request = SaveRequest(
        .file(file.container, path: file.file.path), to: "\(absolute)/\(name)",
        mayReplace: force)
      if !(await shelf.save(request, named: file.file.path)) { isPartial = true }
    }
    if isPartial { throw Exit.failed }
  }
}
