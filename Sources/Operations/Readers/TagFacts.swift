import Deploys
import Foundation

/// What is known of the tags of a service, an environment and a day, as pure values.
struct TagFacts {
  var environment: Environment
  var service: String
  /// As tags write it.
  var day: String

  private var template: TagTemplate { environment.tag }

  /// What every tag of the day begins with.
  var beginning: String {
    template.beginning(service: service, environment: environment.name, day: day)
  }

  /// The tags of the day, the newest first.
  func taken(among tags: [String]) -> [String] {
    tags.compactMap { tag in
      template.number(of: tag, service: service, environment: environment.name, day: day)
        .map { (number: $0, tag: tag) }
    }
    .sorted { ($0.number, $0.tag) > ($1.number, $1.tag) }.map(\.tag)
  }

  /// The next free tag.
  /// - Throws: `ReadFailure` where it could not be a tag's name.
  func request(
    after tags: [String], on place: TagPlace, in repository: RepositoryName
  ) throws -> TagRequest {
    let number = template.nextNumber(
      after: tags, service: service, environment: environment.name, day: day)
    let tag = template.name(
      service: service, environment: environment.name, day: day, number: number)
    guard TagTemplate.isTagName(tag) else {
      throw ReadFailure(
        message: "\(tag) cannot be a tag's name",
        remedy: "Let the workflow pattern of \(environment.name) name the service by a group "
          + "(?<service>…), or change its `tag`.")
    }
    return TagRequest(
      repository: repository, tag: tag, commit: place.commit, source: place.name,
      environment: environment.name, service: service)
  }

  /// What is worth knowing of a commit beside what is live.
  func warnings(
    live history: Loadable<DeployHistory>, commit: String, changes: CommitRange?
  ) -> [String] {
    let name = environment.name
    if let failure = history.failure ?? history.value?.live.failure {
      return ["what is live in \(name) could not be read: \(failure.message)"]
    }
    let doubts = (history.value?.doubts ?? []).map {
      "what is live in \(name) is not certain: \($0)"
    }
    guard let live = history.value?.version else { return doubts }
    return doubts + warnings(live: live, commit: commit, changes: changes)
  }

  private func warnings(live: LiveVersion, commit: String, changes: CommitRange?) -> [String] {
    let name = environment.name
    let short = live.commit.commitBeginning
    let version = live.ref.map { "\($0) (\(short))" } ?? short
    if live.commit == commit { return ["the same commit is live in \(name) already: \(version)"] }
    guard let changes, changes.behindCount > 0 else { return [] }
    let count = changes.behindCount
    let lost = "\(count) commit\(count == 1 ? "" : "s") of \(version), live in \(name),"
    return [
      "\(changes.aheadCount == 0 ? "it goes back" : "the two have parted"): \(lost) "
        + "would be taken out"
    ]
  }

  /// What is worth knowing of the day's tags: one on the same commit may be a deploy of it already.
  func warnings(ofTags tags: [GitRef], commit: String) -> [String] {
    let same = Set(tags.filter { $0.commit == commit }.map(\.name))
    return taken(among: tags.map(\.name)).first(where: same.contains).map {
      ["\($0) is on the same commit already"]
    } ?? []
  }

  /// What is worth knowing of the newest runs of the workflow that the tag starts.
  func warnings(ofDeploys history: Loadable<DeployHistory>) -> [String] {
    let deploy = "deploy of \(service) to \(environment.name)"
    switch history {
    case .failed(let failure):
      return ["whether a \(deploy) is under way could not be read: \(failure.message)"]
    case .loaded(let history):
      let runs = history.runs
      let active = runs.filter(\.isActive)
      var warnings = active.map { "a \(deploy) is under way: \($0.deployWords)" }
      let live = history.version
      // A retry that goes on is told among the deploys under way.
      if let live, let retry = live.retry, retry.conclusion != nil {
        warnings.append(
          "\(live.deployWords) counts as live in \(environment.name), but \(retry.words)")
      }
      if active.isEmpty, let newest = runs.first, newest.conclusion?.isFailure == true,
        newest.key != live?.run
      {
        warnings.append("the newest \(deploy) failed: \(newest.deployWords)")
      }
      return warnings
    case .unasked, .loading: return []
    }
  }
}

extension LiveVersion {
  /// Its number, ref and actor.
  var deployWords: String {
    ["#\(number)", ref, actor.isEmpty ? nil : "by \(actor)"].compactMap(\.self)
      .joined(separator: " ")
  }
}

extension WorkflowRun {
  /// Its number, ref and actor, and how far it has come.
  var deployWords: String {
    let words = ["#\(number)", ref, actor.isEmpty ? nil : "by \(actor)"]
    return words.compactMap(\.self).joined(separator: " ")
      + (isActive ? ", \(status.rawValue.replacing("_", with: " "))" : "")
  }
}
