import Canvas
import Deploys
import Foundation

/// Says in words what a row of the jobs is: what it is, how it went, when, and how long.
struct FactWriter {
  var detail: RunDetail
  var clock: Clock
  var separator: String
  var now: Date

  /// What the row under the cursor is, in a few lines, the most telling first.
  var lines: [DetailLine] {
    guard let row = detail.table.selectedRow else { return [] }
    switch row.id {
    case .group: return group(row)
    case .job: return detail.selectedJob.map { job($0, row) } ?? []
    case .runner: return detail.selectedJob.map(runner) ?? []
    case .phase(_, let index): return detail.selectedJob.map { phase($0, index) } ?? []
    case .step: return detail.selectedStep.map { step($0, row) } ?? []
    case .note: return []
    }
  }

  private func line(_ facts: [String], _ role: Role = .text) -> DetailLine {
    DetailLine(facts, separator: separator, role)
  }

  private func group(_ row: JobRow) -> [DetailLine] {
    [line([row.name, row.hint, times(row.time, verb: "")])]
  }

  private func step(_ step: Step, _ row: JobRow) -> [DetailLine] {
    var lines = [
      line([
        "step \(step.number) \(step.name)", DeployState(step: step).word, times(row.time, verb: ""),
      ])
    ]
    if let job = detail.selectedJob { lines.append(line(["job \(job.job.name)"], .dim)) }
    return lines
  }

  private func job(_ item: DeployJob, _ row: JobRow) -> [DetailLine] {
    let job = item.job
    let bars = detail.timeline?.jobs[item.id]
    var lines = [
      line([
        "job \(job.name)", DeployState(job: job).word, times(bars?.held, verb: "held"),
        bars?.queued.map { "queued \($0.duration(at: now).shortText)" } ?? "",
        times(bars?.ran, verb: ""),
      ])
    ]
    lines.append(
      line(
        [
          job.runnerName.map { "on \($0)" } ?? "",
          item.correlation.best.map { "build \($0.build.id), \($0.tier.rawValue) link" } ?? "",
        ], .dim))
    if !job.labels.isEmpty {
      lines.append(line(["labels: \(job.labels.joined(separator: ", "))"], .dim))
    }
    return lines
  }

  private func runner(_ item: DeployJob) -> [DetailLine] {
    guard let build = item.build else {
      let project = item.kind.label.map { "no build of project \($0.project) is known" }
      return [line(["runner of \(item.job.name)", project ?? "", RunnerCell(of: item).word])]
    }
    let bar = build.startedAt.map { TimeBar(start: $0, end: build.isActive ? nil : build.endedAt) }
    var lines = [
      line([
        "CodeBuild \(build.key.id)", build.number.map { "build number \($0)" } ?? "",
        build.status.rawValue, times(bar, verb: ""),
      ])
    ]
    if let link = item.correlation.best {
      let role: Role = link.tier == .ambiguous ? .warning : .dim
      lines.append(line(["\(link.tier.rawValue) link"] + link.evidence, role))
    }
    lines += (build.failedPhase?.messages ?? []).map { DetailLine($0, .failure) }
    return lines
  }

  private func phase(_ item: DeployJob, _ index: Int) -> [DetailLine] {
    guard let phases = detail.timeline?.jobs[item.id]?.phases, phases.indices.contains(index) else {
      return []
    }
    let phase = phases[index]
    var lines = [
      line([
        "phase \(phase.name)",
        phase.status?.rawValue ?? (item.build?.isActive == false ? "" : "IN_PROGRESS"),
        times(phase.bar, verb: ""),
      ])
    ]
    let messages = item.build?.phases.first {
      phase.bar.start == $0.startedAt && phase.name == $0.name
    }
    lines += (messages?.messages ?? []).map { DetailLine($0, .failure) }
    return lines
  }

  /// Such as `6m12s, 14:03:05 to 14:09:17`.
  private func times(_ bar: TimeBar?, verb: String) -> String {
    guard let bar else { return "" }
    let start = moment(bar.start)
    let length = bar.duration(at: now).shortText
    let lead = verb.isEmpty ? "" : "\(verb) "
    guard let end = bar.end else { return "\(lead)\(length) since \(start)" }
    return "\(lead)\(length), \(start) to \(moment(end))"
  }

  /// A time of day, with the day where it is not today's.
  private func moment(_ date: Date) -> String {
    clock.isSameDay(date, now) ? clock.seconds(date) : "\(clock.day(date)) \(clock.seconds(date))"
  }
}
