import Canvas
import Deploys
import Foundation

/// One thing to say about the selected row.
struct DetailLine: Sendable, Equatable {
  var text: String
  var role: Role

  init(_ text: String, _ role: Role = .text) {
    self.text = PlainText.sanitized(text)
    self.role = role
  }

  /// Joins facts into one line, leaving out the empty ones.
  init(_ facts: [String], separator: String, _ role: Role = .text) {
    self.init(facts.filter { !$0.isEmpty }.joined(separator: " \(separator) "), role)
  }
}

/// Says what there is to say about a row, the most important first.
struct DetailWriter {
  var glyphs: GlyphSet
  var now: Date

  private var separator: String { glyphs.separator }

  func lines(of deploy: Deploy) -> [DetailLine] {
    var lines = findings(deploy.findings)
    if case .disagree(let how) = deploy.verdict,
      !deploy.findings.contains(where: { $0.kind == .disagreement })
    {
      lines.append(DetailLine(how.explanation, .warning))
    }
    let run = deploy.run
    let about = DetailLine(
      [run.workflowName, run.title, run.event, run.key.repository.description],
      separator: separator, lines.isEmpty ? .text : .dim)
    // Without a finding the run itself is the news; with one, its runner is.
    if deploy.findings.isEmpty { lines.append(about) }
    if let leading = deploy.leadingJob {
      lines += runner(leading, prefix: deploy.jobs.count > 1 ? "job \(leading.job.name) " : "")
    } else if !deploy.hasJobs {
      lines.append(DetailLine("its jobs have not been read yet", .dim))
    }
    if !deploy.findings.isEmpty { lines.append(about) }
    return lines
  }

  func lines(of item: DeployJob, in deploy: Deploy) -> [DetailLine] {
    let job = item.job
    let progress = job.progress
    let first = [
      "\(job.name): \(DeployState(job: job).word)", progress,
      job.runnerName.map { "on \($0)" } ?? "",
    ]
    return [DetailLine(first, separator: separator)] + runner(item, prefix: "")
      + findings(deploy.findings)
      + [DetailLine("labels: " + job.labels.joined(separator: ", "), .dim)]
  }

  func lines(of section: Snapshot.Section, window: String?) -> [DetailLine] {
    var lines: [DetailLine] = []
    for source in section.failures {
      guard let failure = source.failure else { continue }
      let since = "failing for \(Duration(from: failure.since, to: now).shortText)"
      lines.append(
        DetailLine(
          [source.source.name, failure.message, since], separator: separator, .warning))
      lines.append(DetailLine("\(glyphs.arrow) \(failure.remedy)"))
    }
    let environment = section.environment
    if lines.isEmpty {
      let count = section.sources.count
      lines.append(
        DetailLine(count == 0 ? "no source has answered yet" : "all \(count) sources answer"))
    }
    lines.append(
      DetailLine(
        [
          "workflows \(environment.workflow.text)", environment.aws.map { "AWS: \($0.name)" } ?? "",
          environment.isProtected ? "protected: actions ask for its name" : "",
        ], separator: separator, .dim))
    return lines
  }

  private func findings(_ findings: [Finding]) -> [DetailLine] {
    findings.flatMap { finding in
      [
        DetailLine([finding.summary] + finding.evidence, separator: separator, finding.role),
        DetailLine("\(glyphs.arrow) \(finding.action)"),
      ]
    }
  }

  private func runner(_ item: DeployJob, prefix: String) -> [DetailLine] {
    var lines: [DetailLine] = []
    if case .unreadable(let why) = item.phase {
      lines.append(DetailLine("\(prefix)has a runner that cannot be seen: \(why)", .warning))
    } else if let link = item.correlation.best {
      let kind =
        item.correlation.ranOn == nil
        ? "asked for" : item.job.status == .completed ? "ran on" : "runs on"
      lines.append(
        DetailLine(
          ["\(prefix)\(kind) CodeBuild \(link.build.id)", "\(link.tier.rawValue) link"]
            + link.evidence,
          separator: separator, link.tier == .ambiguous ? .warning : .dim))
    } else if let project = item.kind.label?.project {
      lines.append(
        DetailLine("\(prefix)asks CodeBuild project \(project); no build is known", .dim))
    }
    if let location = item.markerLocation {
      var words = "marker \(item.marker.words)"
      if case .unreadable(let why) = item.marker { words += ": \(why)" }
      if case .other(let content) = item.marker { words += ": \(content)" }
      let role: Role = item.marker == .failed ? .failure : .dim
      lines.append(DetailLine([words, location.description], separator: separator, role))
    }
    for message in item.build?.failedPhase?.messages ?? [] {
      lines.append(DetailLine(message, .failure))
    }
    return lines
  }
}

extension Marker {
  /// What is known of it, in words.
  fileprivate var words: String {
    switch self {
    case .notLooked: "not looked for yet"
    case .absent: "absent, which is not success"
    case .failed: "says failed"
    case .other: "says something else"
    case .unreadable: "cannot be read"
    }
  }
}
