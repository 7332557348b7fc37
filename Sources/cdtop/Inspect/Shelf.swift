import Canvas
import Deploys
import Foundation
import Operations

/// What a run has left, as commands name it.
struct Shelf {
  let run: InspectedRun
  let inspector: Inspector

  /// The run's artifacts.
  /// - Throws: An exit code, after having said what is wrong.
  func artifacts() async throws -> [Artifact] {
    let deploy = run.deploy.run
    switch await inspector.answer(.artifacts, of: deploy.key, attempt: deploy.attempt) {
    case .artifacts(let artifacts): return artifacts
    case .failed(let failure): throw Console.failure(failure.message, remedy: failure.remedy)
    case .attempt, .annotations, .excerpts, .marker, .files: return []
    }
  }

  /// What a name or an id stands for; `nil` for nothing.
  /// - Throws: An exit code, after having said what is wrong.
  func knownContainer(named name: String) async throws -> FileContainer? {
    for (_, container) in run.failureFiles {
      if case .failureFiles(let build, _) = container, [build.id, build.uuid].contains(name) {
        return container
      }
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
    let names = try await artifacts().map(\.name)
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

  /// Says where the failed builds' files are, for they are no artifacts of GitHub's.
  func tellOfFailureFiles() async {
    for (item, container) in run.failureFiles {
      guard case .failureFiles(let build, let place) = container else { continue }
      Console.print(
        PlainText.sanitized(
          "files of \(item.job.name)'s build: \(place)  (--list-files \(build.id))"))
    }
  }

  /// The name of the file that an artifact is saved under: names need not differ between attempts.
  func fileName(of artifact: Artifact, among all: [Artifact]) -> String {
    let isShared = all.count { $0.name == artifact.name } > 1
    return SaveName.of(isShared ? "\(artifact.name)-\(artifact.id)" : artifact.name, suffix: "zip")
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
  static func of(_ name: String, suffix: String) -> String {
    let kept = PlainText.sanitized(name).map { "/\\:".contains($0) ? "-" : $0 }
    let trimmed = String(kept.prefix(100)).trimmingCharacters(in: .whitespaces)
    let base = trimmed.isEmpty || trimmed.hasPrefix(".") ? "artifact\(trimmed)" : trimmed
    return "\(base).\(suffix)"
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
