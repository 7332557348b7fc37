import Canvas
import Deploys
import Foundation

/// A run as plain text for people: what matters most stands first.
struct RunReport {
  /// The text, without a final newline.
  var text: String { lines.joined(separator: "\n") }

  private var lines: [String] = []
  private let now: Date

  /// Writes about a run.
  init(_ run: InspectedRun, _ facts: RunFacts, at now: Date) {
    self.now = now
    writeHead(run)
    writeVerdict(run.deploy, facts)
    writeFailures(run.deploy, facts)
    writeJobs(run.deploy)
    writeAnnotations(run.deploy, facts)
    writeArtifacts(facts)
    writeFiles(run, facts)
  }

  private mutating func add(_ text: String, depth: Int = 0) {
    lines.append(String(repeating: "  ", count: depth) + PlainText.sanitized(text))
  }

  private mutating func addHeading(_ text: String) {
    lines.append("")
    add(text)
  }

  private mutating func writeHead(_ run: InspectedRun) {
    let deploy = run.deploy
    let attempt = run.newestAttempt > 1 ? ".\(deploy.run.attempt)" : ""
    let elapsed = Duration(from: deploy.run.startedAt, to: deploy.endedAt ?? now)
    add(
      [
        "\(deploy.service) #\(deploy.run.number)\(attempt)", deploy.environment,
        deploy.state.conclusion?.rawValue ?? deploy.state.name,
        deploy.run.ref ?? String(deploy.run.headSHA.prefix(7)), "by \(deploy.run.actor)",
        elapsed.shortText,
      ].joined(separator: "  "))
    add(deploy.run.title)
    add(deploy.run.url)
    guard !run.otherAttempts.isEmpty else { return }
    let others = run.otherAttempts.map {
      "\($0.attempt) \($0.conclusion?.rawValue ?? $0.status.rawValue)"
    }
    add("other attempts: \(others.joined(separator: ", "))")
  }

  private mutating func writeVerdict(_ deploy: Deploy, _ facts: RunFacts) {
    if case .disagree(let disagreement) = deploy.verdict {
      addHeading("THE SOURCES DISAGREE")
      add(disagreement.explanation, depth: 1)
    }
    guard !deploy.findings.isEmpty else { return }
    addHeading(deploy.needsPerson ? "NEEDS A PERSON" : "FINDINGS")
    for finding in deploy.findings {
      add(finding.summary, depth: 1)
      for fact in finding.evidence { add(fact, depth: 2) }
      if !finding.action.isEmpty { add("to do: \(finding.plainAction)", depth: 2) }
    }
  }

  private mutating func writeFailures(_ deploy: Deploy, _ facts: RunFacts) {
    for item in deploy.jobs {
      for excerpt in facts.jobs[item.id]?.excerpts ?? [] {
        let step = item.job.steps.first { $0.number == excerpt.step }
        addHeading("FAILED  \(item.job.name)  step \(excerpt.step) \(step?.name ?? "")")
        if let step, step.startedAt == nil {
          add("the times of this step are not known: these lines are the whole log's", depth: 1)
        }
        let width = excerpt.lines.map { "\($0.number)".count }.max() ?? 0
        for line in excerpt.lines {
          let number = "\(line.number)"
          let pad = String(repeating: " ", count: width - number.count)
          add("\(pad)\(number) \(line.isError ? "error: " : "")\(line.text)", depth: 1)
        }
      }
    }
  }

  private mutating func writeJobs(_ deploy: Deploy) {
    addHeading("JOBS")
    for item in deploy.jobs {
      let job = item.job
      add(
        [
          job.conclusion?.rawValue ?? job.status.rawValue, job.name, duration(of: job),
          "id \(job.id)",
        ].compactMap(\.self).joined(separator: "  "), depth: 1)
      writeRunner(item)
      for step in job.steps {
        add(
          [
            "\(step.number)", step.conclusion?.rawValue ?? step.status.rawValue, step.name,
            duration(
              from: step.startedAt, to: step.completedAt, isOpen: step.status == .inProgress),
          ].compactMap(\.self).joined(separator: "  "), depth: 3)
      }
    }
  }

  private mutating func writeRunner(_ item: DeployJob) {
    if let asked = item.job.queuedSince, let taken = item.job.runningSince {
      add("waited \(Duration(from: asked, to: taken).shortText) for a runner", depth: 2)
    }
    guard let build = item.build else {
      if item.phase != .outside { add("runner: \(item.phase.name)", depth: 2) }
      return
    }
    let tier = item.correlation.best?.tier.rawValue ?? ""
    add("build \(build.key.id)  \(build.status.rawValue)  (\(tier))", depth: 2)
    let phases = build.phases.compactMap { phase -> String? in
      duration(from: phase.startedAt, to: phase.endedAt, isOpen: build.isActive).map {
        "\(phase.name) \($0)"
      }
    }
    if !phases.isEmpty { add(phases.joined(separator: ", "), depth: 2) }
    if let failed = build.failedPhase {
      let status = failed.status?.rawValue ?? ""
      add("\(failed.name) \(status): \(failed.messages.joined(separator: "; "))", depth: 2)
    }
    add("marker \(item.marker.name)  \(item.markerLocation?.description ?? "")", depth: 2)
  }

  private mutating func writeAnnotations(_ deploy: Deploy, _ facts: RunFacts) {
    let all = deploy.jobs.flatMap { item in
      (facts.jobs[item.id]?.annotations ?? []).map { (item.job.name, $0) }
    }
    guard !all.isEmpty else { return }
    addHeading("ANNOTATIONS")
    for (job, annotation) in all {
      let place = annotation.line.map { "\(annotation.path):\($0)" } ?? annotation.path
      let title = annotation.title.isEmpty ? "" : "\(annotation.title): "
      add("\(annotation.level.rawValue)  \(job)  \(place)", depth: 1)
      for line in "\(title)\(annotation.message)".split(whereSeparator: \.isNewline) {
        add(String(line), depth: 2)
      }
    }
  }

  private mutating func writeArtifacts(_ facts: RunFacts) {
    guard !facts.artifacts.isEmpty else { return }
    addHeading("ARTIFACTS")
    for artifact in facts.artifacts { add(artifact.line, depth: 1) }
  }

  private mutating func writeFiles(_ run: InspectedRun, _ facts: RunFacts) {
    for (item, container) in run.failureFiles {
      let files = facts.jobs[item.id]?.files ?? []
      guard !files.isEmpty, case .failureFiles(let build, _) = container else { continue }
      addHeading("FAILURE FILES OF \(build.id)")
      for file in files { add(file.line, depth: 1) }
    }
  }

  private func duration(of job: Job) -> String? {
    duration(
      from: job.runningSince, to: job.completedAt, isOpen: job.status == .inProgress)
  }

  private func duration(from start: Date?, to end: Date?, isOpen: Bool) -> String? {
    guard let start, let end = end ?? (isOpen ? now : nil) else { return nil }
    return Duration(from: start, to: max(start, end)).shortText
  }
}

extension Artifact {
  /// One line for people.
  var line: String {
    let end =
      isExpired
      ? "expired" : expiresAt.map { "expires \($0.formatted(.iso8601))" } ?? "no end known"
    return ["\(id)", name, ByteCount.text(size), end, digest ?? ""]
      .filter { !$0.isEmpty }.joined(separator: "  ")
  }
}

extension StoredFile {
  /// One line for people.
  var line: String {
    [
      size.map(ByteCount.text) ?? "-", path, refusal.map { "refused: \($0)" } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: "  ")
  }
}

/// Sizes for people.
enum ByteCount {
  /// A number of bytes in the largest unit that leaves at least 1.
  static func text(_ bytes: Int) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"]
    var value = Double(bytes)
    var unit = 0
    while value >= 1024, unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return unit == 0
      ? "\(bytes) B" : "\(value.formatted(.number.precision(.fractionLength(1)))) \(units[unit])"
  }
}
