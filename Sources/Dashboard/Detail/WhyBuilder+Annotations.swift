import Canvas
import Deploys

extension WhyBuilder {
  /// The annotations that are shown at most.
  private static let annotationLimit = 50

  /// Adds what the failed jobs' check runs remark.
  mutating func addAnnotations(of jobs: [DeployJob]) {
    if let denial = answers.annotationDenial {
      // One job's answer holds for all, so it is told once.
      head(.annotations, "annotations")
      say(.annotations, denial.words, .warning)
      return
    }
    var found: [(job: DeployJob, annotation: Annotation)] = []
    var failures: [(DeployJob, ReadFailure)] = []
    for item in jobs {
      let told = errors(of: item)
      let annotations = answers.annotations(job: item.id)
      found += (annotations.value ?? []).filter { !told.contains($0.message) }.map { (item, $0) }
      if let failure = annotations.failure { failures.append((item, failure)) }
    }
    guard !found.isEmpty || !failures.isEmpty else { return }
    head(.annotations, "annotations", [found.isEmpty ? "" : "\(found.count)"])
    for (item, annotation) in found.prefix(Self.annotationLimit) {
      let role: Role =
        switch annotation.level {
        case .failure: .failure
        case .warning: .warning
        case .notice, .other: .info
        }
      let place = annotation.place.map { "\($0): " } ?? ""
      let title = annotation.title.isEmpty ? "" : "\(annotation.title): "
      let name = jobs.count > 1 ? "\(item.job.name): " : ""
      say(
        .annotations,
        "\(annotation.level.rawValue)\(separator)\(name)\(place)\(title)"
          + annotation.message, Style(role), target: .job(item.id))
    }
    if found.count > Self.annotationLimit {
      say(.annotations, "and \(found.count - Self.annotationLimit) more on GitHub (o)", .dim)
    }
    for (item, failure) in failures {
      say(.annotations, "\(item.job.name): \(failure.words)", .warning)
    }
  }

  /// The errors that the log's own lines say already.
  private func errors(of item: DeployJob) -> Set<String> {
    let excerpts = answers.excerpts(job: item.id).value ?? []
    let prefix = "##[error]"
    return Set(
      excerpts.flatMap(\.lines).filter(\.isError).map {
        $0.text.hasPrefix(prefix) ? String($0.text.dropFirst(prefix.count)) : $0.text
      })
  }
}

extension Annotation {
  /// The file and line that it is about; `nil` where that is only the workflow.
  fileprivate var place: String? {
    guard !path.isEmpty, path != ".github" else { return nil }
    return line.map { "\(path):\($0)" } ?? path
  }
}
