import Canvas
import Deploys
import Foundation
import Operations
import Synchronization

/// What a run has left, as commands name it.
final class Shelf: Sendable {
  let run: InspectedRun
  let inspector: Inspector
  /// The artifacts, once they were read.
  private let known = Mutex<[Artifact]?>(nil)

  init(run: InspectedRun, inspector: Inspector) {
    self.run = run
    self.inspector = inspector
  }

  /// The run's artifacts.
  /// - Throws: An exit code, after having said what is wrong.
  func artifacts() async throws -> [Artifact] {
    if let known = known.withLock(\.self) { return known }
    let deploy = run.deploy.run
    switch await inspector.answer(.artifacts, of: deploy.key, attempt: deploy.attempt) {
    case .artifacts(let artifacts):
      known.withLock { $0 = artifacts }
      return artifacts
    case .failed(let failure): throw Console.failure(failure.message, remedy: failure.remedy)
    case .attempt, .annotations, .excerpts, .marker, .files: return []
    }
  }

  /// What a name or an id stands for; `nil` for nothing.
  /// - Throws: An exit code, after having said what is wrong.
  func knownContainer(named name: String) async throws -> FileContainer? {
    for (item, container) in run.failureFiles {
      guard case .failureFiles(let build, _) = container else { continue }
      if [build.id, build.uuid, item.job.name].contains(name) { return container }
    }
    let fitting = try await artifacts().filter { $0.name == name || "\($0.id)" == name }
    guard fitting.count < 2 else {
      let ids = fitting.map { "\($0.id)" }.joined(separator: ", ")
      throw Console.failure(
        "\(fitting.count) artifacts are called \(name)", remedy: "Give an id: \(ids).")
    }
    return fitting.first.map { .artifact($0) }
  }

  /// What a name or an id stands for.
  /// - Throws: An exit code, after having said that it stands for nothing.
  func container(named name: String) async throws -> FileContainer {
    if let found = try await knownContainer(named: name) { return found }
    let builds = run.failureFiles.compactMap { _, container in
      if case .failureFiles(let build, _) = container { build.id } else { nil }
    }
    let names = try await artifacts().map(\.name) + builds
    throw Console.failure(
      "no artifact is called \(name)",
      remedy: names.isEmpty
        ? "The run has left none." : "There are: \(names.joined(separator: ", ")).")
  }

  /// What a container holds.
  /// - Throws: An exit code, after having said what is wrong.
  func files(in container: FileContainer) async throws -> [StoredFile] {
    for await news in inspector.list(container) {
      switch news {
      case .fetching: continue
      case .listed(let files): return files
      case .failed(let failure): throw Console.failure(failure.message, remedy: failure.remedy)
      }
    }
    return []
  }

  /// What the failed builds have left in S3, which are no artifacts of GitHub's.
  /// - Returns: The files, and whether those of each build could be listed; where not, it was said.
  func failureFiles() async -> (files: [LeftFile], isWhole: Bool) {
    var left: [LeftFile] = []
    var isWhole = !run.complainOfBuilds()
    for (item, container) in run.failureFiles {
      guard case .failureFiles(let build, let place) = container else { continue }
      do {
        left += try await files(in: container).map {
          LeftFile(job: item.job.name, build: build, place: place, file: $0)
        }
      } catch {
        isWhole = false
      }
    }
    return (left, isWhole)
  }

  /// The name of the file that an artifact is saved under: names need not differ between attempts.
  func fileName(of artifact: Artifact, among all: [Artifact]) -> String {
    let isShared = all.count { $0.name == artifact.name } > 1
    return SaveName.of(isShared ? "\(artifact.name)-\(artifact.id)" : artifact.name, suffix: "zip")
  }

  /// The name of the file that a failed build's file is saved under.
  func fileName(of left: LeftFile, among all: [LeftFile]) -> String {
    let isShared = all.count { $0.file.path == left.file.path } > 1
    return SaveName.of(isShared ? "\(left.build.uuid)-\(left.file.path)" : left.file.path)
  }

  /// Saves something and tells how it went.
  /// - Returns: Whether it is there now.
  func save(_ request: SaveRequest, named name: String) async -> Bool {
    var progress = ProgressLine(name)
    for await news in inspector.save(request) {
      switch news {
      case .progress(let transfer): progress.show(transfer)
      case .done(let path, let remark):
        progress.clear()
        let note = remark.isEmpty ? "" : "  (\(remark))"
        Console.print(PlainText.sanitized("\(path)\(note)"))
        return true
      case .exists(let path):
        progress.clear()
        Console.complain("\(path) exists and was left alone", remedy: "Add --force to replace it.")
        return false
      case .failed(let failure):
        progress.clear()
        Console.complain("\(name): \(failure.message)", remedy: failure.remedy)
        return false
      }
    }
    return false
  }
}

/// Names of files that are made of names from outside.
enum SaveName {
  /// A name that is one harmless part of a path.
  static func of(_ name: String, suffix: String? = nil) -> String {
    let kept = PlainText.sanitized(name).map { "/\\:".contains($0) ? "-" : $0 }
    // The end of a path says what it is, a name's beginning what it is about.
    let short = suffix == nil ? kept.suffix(100) : kept.prefix(100)
    let trimmed = String(short).trimmingCharacters(in: .whitespaces)
    let base = trimmed.isEmpty || trimmed.hasPrefix(".") ? "artifact\(trimmed)" : trimmed
    return suffix.map { "\(base).\($0)" } ?? base
  }
}

/// A line on standard error that is written over as bytes come; nothing where nobody looks.
struct ProgressLine {
  private let name: String
  private var shown = 0

  init(_ name: String) { self.name = PlainText.sanitized(name) }

  /// Shows how far it has come.
  mutating func show(_ transfer: Transfer) {
    guard isatty(STDERR_FILENO) == 1 else { return }
    var text = "\(name)  \(ByteCount.text(transfer.received))"
    if let total = transfer.total, total > 0 {
      text += " of \(ByteCount.text(total))  \(transfer.received * 100 / total) %"
    }
    let width = DisplayWidth.of(text)
    let pad = String(repeating: " ", count: max(0, shown - width))
    shown = width
    Console.writeError("\r\(text)\(pad)")
  }

  /// Takes the line away.
  mutating func clear() {
    guard shown > 0 else { return }
    Console.writeError("\r\(String(repeating: " ", count: shown))\r")
    shown = 0
  }
}
