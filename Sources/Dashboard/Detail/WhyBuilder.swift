import Canvas
import Deploys
import Foundation

/// Makes the rows of what there is to read about a failure: the failing lines, the annotations, the
/// marker, and what the run has left.
struct WhyBuilder {
  let deploy: Deploy
  let answers: DetailAnswers
  /// When the run's attempts began, as far as that is known.
  let attempts: AttemptStarts
  let glyphs: GlyphSet
  let now: Date
  let width: Int
  var rows: [WhyRow] = []
  private var counts: [WhyRow.Part: Int] = [:]
  private var headings: Set<WhyRow.Part> = []

  /// - Parameters:
  ///   - deploy: The attempt.
  ///   - answers: What was asked about it.
  ///   - attempts: When the run's attempts began.
  ///   - verdict: The lines of the verdict that the top of the screen has no room for.
  ///   - link: The job whose links are shown; `nil` for none.
  ///   - failureFiles: Where builds leave files when they fail.
  ///   - glyphs: The signs to draw with.
  ///   - now: The time.
  ///   - width: The columns of the screen.
  init(
    deploy: Deploy, answers: DetailAnswers, attempts: AttemptStarts, verdict: [[Span]],
    link: DeployJob?, failureFiles: MarkerTemplate?, glyphs: GlyphSet, now: Date, width: Int
  ) {
    self.deploy = deploy
    self.answers = answers
    self.attempts = attempts
    self.glyphs = glyphs
    self.now = now
    self.width = width
    if let link { addLink(of: link) }
    addVerdict(verdict)
    let failed = deploy.jobs.filter(\.hasFailed)
    for item in failed { addLines(of: item, isAlone: failed.count == 1) }
    addAnnotations(of: failed)
    for item in deploy.jobs { addMarker(of: item) }
    if let failureFiles {
      for item in failed { addFiles(of: item, under: failureFiles) }
    }
    addArtifacts()
  }

  // MARK: - Rows

  var separator: String { " \(glyphs.separator) " }
  /// The columns for text, with a margin.
  var room: Int { max(10, width - 2) }

  mutating func head(
    _ part: WhyRow.Part, _ title: String, _ facts: [String] = [], role: Role = .heading,
    target: WhyRow.Target? = nil
  ) {
    var spans = [Span(title, Style(role).bold)]
    for fact in facts where !fact.isEmpty { spans += [Span(separator, .dim), Span(fact, .dim)] }
    rows.append(WhyRow(id: .heading(part), spans: spans, target: target))
    headings.insert(part)
  }

  /// Whether a part has been told already, for jobs can share a build.
  func hasTold(_ part: WhyRow.Part) -> Bool { headings.contains(part) }

  mutating func say(
    _ part: WhyRow.Part, _ text: String, _ style: Style = .plain, isLoading: Bool = false,
    target: WhyRow.Target? = nil
  ) {
    for line in TextWrap.lines(text, width: room - (isLoading ? 2 : 0)) {
      rows.append(
        WhyRow(
          id: .text(part, count(part)), spans: [Span(line, style)], target: target,
          isLoading: isLoading))
    }
  }

  mutating func tell(
    _ part: WhyRow.Part, _ failure: ReadFailure, target: WhyRow.Target? = nil
  ) {
    say(part, failure.message, .warning, target: target)
    say(part, "\(glyphs.arrow) \(failure.remedy)", .plain, target: target)
  }

  private mutating func count(_ part: WhyRow.Part) -> Int {
    counts[part, default: -1] += 1
    return counts[part, default: 0]
  }

  // MARK: - The verdict and the links

  private mutating func addVerdict(_ lines: [[Span]]) {
    guard !lines.isEmpty else { return }
    let target = deploy.leadingJob.map { WhyRow.Target.job($0.id) }
    for line in lines {
      rows.append(
        WhyRow(id: .text(.verdict, count(.verdict)), spans: line, target: target))
    }
  }

  private mutating func addLink(of item: DeployJob) {
    head(.link, "runner of \(item.job.name)", [RunnerCell(of: item).word])
    let links = [
      ("started for it", item.correlation.requested), ("ran on", item.correlation.ranOn),
    ]
    for (name, link) in links {
      guard let link else { continue }
      let style: Style = link.tier == .ambiguous ? .warning : .plain
      say(
        .link, "\(name): \(link.build.id)\(separator)\(link.tier.rawValue) link", style,
        target: .job(item.id))
      for fact in link.evidence { say(.link, "  \(glyphs.separator) \(fact)", .dim) }
    }
    if item.correlation.best == nil {
      let project = item.kind.label.map { " of project \($0.project)" } ?? ""
      say(.link, "no build\(project) is linked to it", .warning)
    }
    if let name = item.job.runnerName { say(.link, "GitHub calls its runner \(name)", .dim) }
    if !item.job.labels.isEmpty {
      say(.link, "labels: \(item.job.labels.joined(separator: ", "))", .dim)
    }
    if let arn = item.build?.arn { say(.link, arn, .dim) }
    if let location = item.markerLocation { say(.link, "marker: \(location)", .dim) }
  }
}

extension DeployJob {
  /// Whether it failed, or a step of it has while others still run.
  var hasFailed: Bool {
    if let conclusion = job.conclusion { return conclusion.isFailure }
    return job.failedStep != nil
  }
}
