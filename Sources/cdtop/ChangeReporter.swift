import Canvas
import Deploys
import Foundation

/// Turns a row of snapshots into lines about what changed.
struct ChangeReporter {
  private var known: [RunKey: Line] = [:]
  private var last: Snapshot?

  private struct Line: Hashable {
    var attempt: Int
    var state: String
    var phase: String
    var finding: String
  }

  /// Whether a snapshot says anything that the last one did not; times of answers do not count.
  mutating func isNews(_ snapshot: Snapshot) -> Bool {
    var bare = snapshot
    bare.takenAt = .distantPast
    bare.lastAnswer = nil
    bare.rateLimit = nil
    for index in bare.sections.indices {
      for position in bare.sections[index].sources.indices {
        bare.sections[index].sources[position].lastSuccess = nil
      }
    }
    defer { last = bare }
    return bare != last
  }

  /// One line for each run that is new or went on, oldest first.
  mutating func lines(for snapshot: Snapshot) -> [String] {
    var lines: [String] = []
    for deploy in snapshot.deploys.reversed() {
      let lead = deploy.currentJob
      let line = Line(
        attempt: deploy.run.attempt,
        state: deploy.state.conclusion?.rawValue ?? deploy.state.name,
        phase: lead.map { $0.phase == .outside || deploy.state.isOver ? "" : $0.phase.name } ?? "",
        finding: deploy.newsworthy?.kind.rawValue ?? "")
      guard known[deploy.id] != line else { continue }
      known[deploy.id] = line
      lines.append(text(of: deploy, line, at: snapshot.takenAt))
    }
    return lines
  }

  private func text(of deploy: Deploy, _ line: Line, at now: Date) -> String {
    let attempt = line.attempt > 1 ? ".\(line.attempt)" : ""
    let parts = [
      now.formatted(.iso8601), deploy.environment, deploy.service,
      "#\(deploy.run.number)\(attempt)", line.state, line.phase,
      deploy.newsworthy?.summary ?? "", deploy.run.url,
    ]
    return parts.filter { !$0.isEmpty }.map(PlainText.sanitized).joined(separator: "  ")
  }
}

extension Deploy {
  /// The finding that a line is worth: one that needs a person, or a failure.
  fileprivate var newsworthy: Finding? {
    findings.first { $0.needsPerson } ?? findings.first { $0.kind == .failed }
  }
}
