import Canvas
import Deploys
import Foundation

/// Says what matters about an attempt: what is wrong, what the three sources say, and why.
struct VerdictWriter {
  var deploy: Deploy
  var answers: DetailAnswers
  var glyphs: GlyphSet

  /// The entries, in the order in which they are read; none where nothing is the matter.
  var entries: [VerdictEntry] {
    let findings = deploy.findings.filter { $0.kind != .disagreement }
    let troubled = self.troubled
    var entries = findings.map { headline($0) }
    if entries.isEmpty, let troubled, let summary = Self.summary(of: troubled.job) {
      entries.append(entry(.headline, "\(glyphs.failure) \(summary)", Style.failure.bold))
    }
    if let troubled {
      entries += sources(of: troubled)
      if let missing = missingLog(of: troubled) { entries.append(missing) }
    }
    if let disagreement {
      entries.append(
        entry(.cause, "\(glyphs.attention) \(disagreement.explanation)", .warning))
    }
    for finding in findings where !finding.kind.isToldBySources {
      entries += finding.evidence.map { entry(.evidence, $0, .plain) }
    }
    for finding in findings {
      let rank: VerdictEntry.Rank = finding.kind.isToldBySources ? .advice : .cause
      entries.append(entry(rank, "\(glyphs.arrow) \(finding.action)", .accent))
    }
    return entries
  }

  /// The job whose sources are held against each other: the first that disagrees, else the first
  /// that failed.
  private var troubled: DeployJob? {
    deploy.jobs.first { Verdict($0).disagreement != nil }
      ?? deploy.jobs.first(where: \.hasFailed)
  }

  private var disagreement: Disagreement? {
    deploy.verdict.disagreement ?? troubled.flatMap { Verdict($0).disagreement }
  }

  private func entry(
    _ rank: VerdictEntry.Rank, _ text: String, _ style: Style, source: String = ""
  ) -> VerdictEntry {
    VerdictEntry(rank: rank, source: source, text: PlainText.sanitized(text), style: style)
  }

  private func headline(_ finding: Finding) -> VerdictEntry {
    let sign = finding.role == .failure ? glyphs.failure : glyphs.attention
    return entry(.headline, "\(sign) \(finding.summary)", Style(finding.role).bold)
  }

  private static func summary(of job: Job) -> String? {
    guard job.status == .completed else {
      return job.failedStep.map { "failed at: \($0.name); the job still runs" }
    }
    guard job.conclusion?.isFailure == true else { return nil }
    return job.failedStep.map { "failed at: \($0.name)" } ?? "failed: \(job.name)"
  }

  /// Why the failing lines are not there; `nil` where they are, or may come yet.
  private func missingLog(of item: DeployJob) -> VerdictEntry? {
    guard item.job.status == .completed else {
      return entry(
        .cause,
        "\(glyphs.attention) its log is not there yet: GitHub gives it when the job is over",
        .waiting)
    }
    guard let failure = answers.excerpts(job: item.id).failure else { return nil }
    let words = failure.kind == .notYet ? "is not there yet" : "cannot be read"
    return entry(
      .cause, "\(glyphs.attention) its log \(words): \(failure.message)",
      failure.kind == .notYet ? .waiting : .warning)
  }

  // MARK: - The three sources

  private func sources(of item: DeployJob) -> [VerdictEntry] {
    var entries = [gitHub(item)]
    if let build = build(item) { entries.append(build) }
    if let marker = marker(item) { entries.append(marker) }
    return entries
  }

  private func gitHub(_ item: DeployJob) -> VerdictEntry {
    let job = item.job
    let word = job.conclusion?.rawValue ?? job.status.rawValue
    var text = "\(word), job \(job.name)"
    if let step = job.failedStep {
      text += ", step \(step.number) \(step.name)"
    } else if job.conclusion?.isFailure == true {
      text += job.steps.isEmpty ? ", before any step" : ", and no step is marked as failed"
    }
    let others = deploy.jobs.count { $0.job.conclusion?.isFailure == true && $0.id != item.id }
    if others > 0 { text += " (+\(others) more failed)" }
    let role: Role = job.conclusion?.isFailure == true ? .failure : .text
    return entry(.source, text, Style(role), source: "GitHub")
  }

  private func build(_ item: DeployJob) -> VerdictEntry? {
    guard let build = item.build else {
      if case .unreadable(let why) = item.phase {
        return entry(.source, "cannot be read: \(why)", .warning, source: "CodeBuild")
      }
      guard let project = item.kind.label?.project else { return nil }
      return entry(
        .source, "no build of project \(project) is known for it", .warning, source: "CodeBuild")
    }
    var text = build.status.rawValue
    if let phase = build.failedPhase {
      text += " in \(phase.name)"
      if !phase.messages.isEmpty { text += ": " + phase.messages.joined(separator: "; ") }
    } else if build.isActive, let phase = build.currentPhase {
      text += " in \(phase)"
    }
    if item.correlation.best?.tier == .ambiguous { text += " (perhaps: the link is ambiguous)" }
    let role: Role = build.status.isFailure ? .failure : .text
    return entry(.source, text, Style(role), source: "CodeBuild")
  }

  private func marker(_ item: DeployJob) -> VerdictEntry? {
    guard let location = item.markerLocation else { return nil }
    let words: (text: String, role: Role)? =
      switch item.marker {
      case .notLooked: read(item)
      case .absent: ("absent, which proves nothing", .text)
      case .failed: (content(of: item) ?? "BUILD_FAILED=true", .failure)
      case .other(let text): ("says “\(content(of: item) ?? text)”", .warning)
      case .unreadable(let why): ("cannot be read: \(why)", .warning)
      }
    guard let words else { return nil }
    var entry = entry(
      .source, "\(words.text) \(glyphs.separator) \(location)", Style(words.role),
      source: "marker")
    entry.isCuttable = true
    return entry
  }

  /// What was read of a marker that the engine has not looked for.
  private func read(_ item: DeployJob) -> (text: String, role: Role)? {
    guard let build = item.build else { return nil }
    switch answers.marker(build.key) {
    case .unasked: return ("not looked for yet", .dim)
    case .loading: return ("being read", .dim)
    case .loaded(nil): return ("absent, which proves nothing", .text)
    case .loaded(.some(let content)):
      let isFailed = Marker(content: content.text) == .failed
      return (Self.firstLine(content.text), isFailed ? .failure : .warning)
    case .failed(let failure): return ("cannot be read: \(failure.message)", .warning)
    }
  }

  private func content(of item: DeployJob) -> String? {
    guard let build = item.build, case .loaded(.some(let content)) = answers.marker(build.key)
    else { return nil }
    return Self.firstLine(content.text)
  }

  private static func firstLine(_ text: String) -> String {
    String(text.prefix(200).prefix { !$0.isNewline })
  }
}

extension Verdict {
  /// How the sources disagree; `nil` where they do not.
  var disagreement: Disagreement? {
    switch self {
    case .disagree(let how): how
    case .agree, .undecided: nil
    }
  }
}

extension Finding.Kind {
  /// Whether the lines about GitHub, CodeBuild and the marker say what its evidence says.
  fileprivate var isToldBySources: Bool {
    switch self {
    case .failed, .disagreement: true
    case .startupFailure, .actionRequired, .approvalNeeded, .noRunner, .runnerFailed, .runnerGone,
      .runnerTaken, .slowRunner, .concurrency, .idleBuild, .unreadable:
      false
    }
  }
}
