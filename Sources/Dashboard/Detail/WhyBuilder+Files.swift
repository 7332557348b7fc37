import Canvas
import Deploys
import Foundation

extension WhyBuilder {
  /// The lines of a marker that are shown at most.
  private static let markerLines = 40

  /// Adds what a job's marker says, once for each build.
  mutating func addMarker(of item: DeployJob) {
    guard let build = item.build?.key, let location = item.markerLocation,
      answers.marker(build) != .unasked,
      !hasTold(.marker(build))
    else { return }
    let part = WhyRow.Part.marker(build)
    switch answers.marker(build) {
    case .unasked: return
    case .loaded(nil):
      head(part, "marker", [location.description])
      say(part, "there is none, which proves nothing", .dim)
    case .loading:
      head(part, "marker", [location.description])
      say(part, "reading it", .dim, isLoading: true)
    case .failed(let failure):
      head(part, "marker", [location.description])
      tell(part, failure)
    case .loaded(.some(let content)):
      let written = content.modifiedAt.map {
        "written \(Duration(from: $0, to: now).coarseText) ago"
      }
      head(part, "marker", [written ?? "", location.description])
      let lines = content.text.split(separator: "\n", omittingEmptySubsequences: false)
      for line in lines.prefix(Self.markerLines) where !line.isEmpty { say(part, String(line)) }
      if lines.count > Self.markerLines {
        say(part, "and \(lines.count - Self.markerLines) more lines", .dim)
      }
    }
  }

  /// Adds what a job's build has left in S3.
  mutating func addFiles(of item: DeployJob, under template: MarkerTemplate) {
    guard let build = item.build?.key,
      !hasTold(.files(build))
    else { return }
    let location = template.location(for: build)
    let part = WhyRow.Part.files(build)
    let target = WhyRow.Target.container(.failureFiles(build, location))
    switch answers.failureFiles(build) {
    case .unasked: return
    case .loading:
      head(part, "failure files", [location.description], target: target)
      say(part, "listing them", .dim, isLoading: true, target: target)
    case .failed(let failure):
      head(part, "failure files", [location.description])
      tell(part, failure)
    case .loaded(let files):
      head(part, "failure files", [location.description], target: target)
      guard !files.isEmpty else { return say(part, "none under this place", .dim) }
      let names = files.prefix(5).map(\.path).joined(separator: ", ")
      let more = files.count > 5 ? ", +\(files.count - 5)" : ""
      let size = files.reduce(0) { $0 + ($1.size ?? 0) }.byteText
      let count = files.count == 1 ? "1 file" : "\(files.count) files"
      let text = "\(count), \(size): \(names)\(more)"
      rows.append(WhyRow(id: .files(build), spans: [Span(text)], target: target))
    }
  }

  // MARK: - Artifacts

  /// Adds what the run has left on GitHub.
  mutating func addArtifacts() {
    let part = WhyRow.Part.artifacts
    switch answers.artifacts {
    case .unasked: return
    case .loading:
      head(part, "artifacts")
      say(part, "listing them", .dim, isLoading: true)
    case .failed(let failure):
      head(part, "artifacts")
      tell(part, failure)
    case .loaded(let artifacts):
      // That a run which goes on has left nothing yet is no news.
      guard !artifacts.isEmpty || deploy.state.isOver else { return }
      guard !artifacts.isEmpty else {
        head(part, "artifacts")
        return say(part, "none", .dim)
      }
      let isTold = attempts.newest > 1
      head(
        part, "artifacts",
        ["\(artifacts.count)", isTold ? "the newest attempt's first, by their times" : ""])
      let sorted =
        isTold ? attempts.sorted(artifacts) : artifacts.map { (artifact: $0, attempts: nil) }
      let names = sorted.map { PlainText.sanitized($0.artifact.name) }
      let widest = names.map { DisplayWidth.of($0) }.max() ?? 0
      let room = min(widest, max(12, width - (isTold ? 54 : 40)))
      let origins = sorted.map { isTold ? origin($0.attempts) : "" }
      let originRoom = origins.map(\.count).max() ?? 0
      for (index, item) in sorted.enumerated() {
        let origin = DisplayWidth.padded(origins[index], to: originRoom) + (isTold ? "  " : "")
        rows.append(
          WhyRow(
            id: .artifact(item.artifact.id),
            spans: spans(item.artifact, name: names[index], room: room, origin: origin),
            target: .container(.artifact(item.artifact))))
      }
    }
  }

  /// Which attempt left something, as far as its time tells.
  private func origin(_ attempts: ClosedRange<Int>?) -> String {
    guard let attempts else { return "attempt ?" }
    return attempts.count == 1
      ? "attempt \(attempts.upperBound)"
      : "attempts \(attempts.lowerBound)-\(attempts.upperBound)"
  }

  private func spans(
    _ artifact: Artifact, name: String, room: Int, origin: String
  ) -> [Span] {
    let size = artifact.size.byteText
    let pad = String(repeating: " ", count: max(0, 10 - size.count))
    let isCut = DisplayWidth.of(name) > room
    let shown =
      isCut
      ? DisplayWidth.padded(
        DisplayWidth.prefix(name, fitting: room - 1).text + glyphs.ellipsis, to: room)
      : DisplayWidth.padded(name, to: room)
    let expiry = artifact.expiryWords(at: now)
    return [
      Span(shown, artifact.hasExpired(at: now) ? .dim : .plain), Span("\(pad)\(size)  "),
      Span(origin),
      Span(expiry?.text ?? "", Style(expiry?.role ?? .dim)),
      Span(artifact.digest.map { "  \($0.prefix(19))" } ?? "", .dim),
    ]
  }
}
