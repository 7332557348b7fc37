import Canvas
import Deploys
import Foundation

/// A table of plain, stable, uncoloured text, such as the board: columns aligned.
struct TextTable {
  private static let head = [
    "ENV", "SERVICE", "REF", "RUN", "ID", "STATE", "STEP", "RUNNER", "MARKER", "ELAPSED", "ACTOR",
    "FINDING",
  ]

  /// The table, without a final newline.
  let text: String

  /// Draws a snapshot.
  init(_ snapshot: Snapshot, at now: Date) {
    self.init(head: Self.head, rows: snapshot.deploys.map { Self.cells(of: $0, at: now) })
  }

  /// Draws rows below a head of as many cells; texts from outside are made harmless.
  init(head: [String], rows: [[String]]) {
    let all = [head] + rows.map { $0.map(PlainText.sanitized) }
    let widths = head.indices.map { column in
      all.map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    text = all.map { cells in
      var line = ""
      for (column, cell) in cells.enumerated() {
        line += cell
        guard column < cells.count - 1 else { continue }
        line += String(repeating: " ", count: widths[column] - DisplayWidth.of(cell) + 2)
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
    .joined(separator: "\n")
  }

  private static func cells(of deploy: Deploy, at now: Date) -> [String] {
    let lead = deploy.currentJob
    let attempt = deploy.run.attempt > 1 ? ".\(deploy.run.attempt)" : ""
    let elapsed = Duration(from: deploy.run.startedAt, to: deploy.endedAt ?? now)
    return [
      deploy.environment, deploy.service, deploy.run.ref ?? "-",
      "#\(deploy.run.number)\(attempt)", "\(deploy.run.key.id)",
      deploy.state.conclusion?.rawValue ?? deploy.state.name,
      step(of: lead), lead.map { $0.phase == .outside ? "-" : $0.phase.name } ?? "-",
      lead?.marker.name ?? "-", elapsed.shortText, deploy.run.actor,
      deploy.findings.first?.summary ?? "-",
    ]
    .map { $0.isEmpty ? "-" : $0 }
  }

  private static func step(of lead: DeployJob?) -> String {
    guard let lead else { return "-" }
    let step = lead.job.failedStep ?? lead.job.currentStep
    return step.map { "\(lead.job.name)/\($0.name)" } ?? lead.job.name
  }
}
