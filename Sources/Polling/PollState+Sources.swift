import Deploys
import Foundation

extension PollState {
  /// The sources that a task's answer speaks for.
  func sources(of task: PollTask) -> [SourceHealth.Source] {
    switch task {
    case .runs(let repository), .olderRuns(let repository, _), .workflowRuns(let repository, _),
      .activeRuns(let repository, _):
      [.repository(repository)]
    case .run(let key), .jobs(let key): [.repository(key.repository)]
    // Without the listing the runs' own names serve, so its failure harms nobody.
    case .workflows: []
    case .projects(let scope), .builds(let scope):
      projectsShown(in: scope).map { .project($0) }
    case .buildList(let project): [.project(project)]
    case .marker(let build): [.markers(build.projectKey)]
    }
  }

  /// The health of the sources that an environment depends on.
  func health(of index: Int, at now: Date) -> [SourceHealth] {
    var failures: [SourceHealth.Source: SourceHealth.Failure] = [:]
    for (task, failure) in failing {
      for source in sources(of: task) {
        if let known = failures[source], known.since <= failure.since { continue }
        failures[source] = failure
      }
    }
    for repository in repositories where failures[.repository(repository)] == nil {
      failures[.repository(repository)] = unreached(of: repository, at: now)
    }
    var sources: [SourceHealth.Source] = repositories.map { .repository($0) }
    if let scope = environments[index].aws {
      for project in projectsShown(in: scope, environment: index) {
        sources.append(.project(project))
        if projects[project]?.exists == false, failures[.project(project)] == nil {
          failures[.project(project)] = missingProject(project, at: now)
        }
        let markers = SourceHealth.Source.markers(project)
        if failures[markers] != nil || answered[markers] != nil { sources.append(markers) }
      }
    }
    return sources.map {
      SourceHealth(source: $0, lastSuccess: answered[$0], failure: failures[$0])
    }
  }

  /// Why the builds of a project cannot be seen; `nil` while they can.
  ///
  /// What was seen a moment ago still holds while an account throttles for a moment.
  func buildFailure(of project: ProjectKey, at now: Date) -> String? {
    if projects[project]?.exists == false {
      return "no project \(project.name) in the account of \(project.scope.name)"
    }
    if projects[project]?.isListed == true, let seen = answered[.project(project)],
      Duration(from: seen, to: now) < .seconds(60)
    {
      return nil
    }
    let tasks: [PollTask] = [.buildList(project), .builds(project.scope), .projects(project.scope)]
    return tasks.lazy.compactMap { failing[$0]?.message }.first
  }

  private func missingProject(_ project: ProjectKey, at now: Date) -> SourceHealth.Failure {
    SourceHealth.Failure(
      message: "no CodeBuild project \(project.name) in the account of \(project.scope.name)"
        + (project.scope.region.map { ", region \($0)" } ?? ""),
      remedy: "Check runs-on in the workflow, and the profile and region of the environment.",
      since: answered[.project(project)] ?? now)
  }

  private func projectsShown(in scope: AWSScope, environment: Int? = nil) -> [ProjectKey] {
    var names: Set<String> = []
    for (index, section) in joined.enumerated()
    where environments[index].aws == scope && (environment ?? index) == index {
      for deploy in section {
        for item in deploy.jobs {
          if let label = item.kind.label { names.insert(label.project) }
        }
      }
    }
    return names.sorted().map { ProjectKey(scope: scope, name: $0) }
  }
}
