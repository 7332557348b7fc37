package import Deploys

/// Something that the engine keeps up to date; it recurs for as long as the state wants it.
package enum PollTask: Sendable, Hashable {
  /// The newest page of a repository's runs.
  case runs(RepositoryName)
  /// An older page of a repository's runs, counted from 2.
  case olderRuns(RepositoryName, page: Int)
  /// The newest runs of one workflow, by its id, where the repository's listing ended too early.
  case workflowRuns(RepositoryName, workflow: Int64)
  /// A repository's runs in one status of those that are not over.
  case activeRuns(RepositoryName, RunStatus)
  /// A repository's workflows, which give workflow ids their names.
  case workflows(RepositoryName)
  /// One run that the newest page does not show well enough.
  case run(RunKey)
  /// The jobs of a run's newest attempt.
  case jobs(RunKey)
  /// What an account says of the projects that labels name.
  case projects(AWSScope)
  /// The ids of a project's newest builds.
  case buildList(ProjectKey)
  /// The builds of an account that are new or can still change.
  case builds(AWSScope)
  /// The marker of one build.
  case marker(BuildKey)

  /// Whether its answer can bring runs that were not known.
  var bringsRuns: Bool {
    switch self {
    case .runs, .olderRuns, .workflowRuns, .activeRuns, .run: true
    case .workflows, .jobs, .projects, .buildList, .builds, .marker: false
    }
  }

  /// Whether it asks GitHub, and so waits when GitHub asks for a pause.
  package var isGitHub: Bool {
    switch self {
    case .runs, .olderRuns, .workflowRuns, .activeRuns, .workflows, .run, .jobs: true
    case .projects, .buildList, .builds, .marker: false
    }
  }
}

/// One request, or one row of pages, that the engine performs for a task.
package enum PollAction: Sendable, Hashable {
  /// Lists a page of a repository's runs.
  case listRuns(RepositoryName, page: Int)
  /// Lists the newest runs of a workflow.
  case listWorkflowRuns(RepositoryName, workflow: Int64, count: Int)
  /// Lists a repository's runs in one status.
  case listActiveRuns(RepositoryName, RunStatus)
  /// Lists a repository's workflows.
  case listWorkflows(RepositoryName)
  /// Reads one run.
  case loadRun(RunKey)
  /// Lists the jobs of one attempt.
  case loadJobs(RunKey, attempt: Int)
  /// Describes projects.
  case loadProjects(AWSScope, names: [String])
  /// Lists a project's newest build ids.
  case listBuilds(ProjectKey)
  /// Describes builds, by id.
  case loadBuilds(AWSScope, ids: [String])
  /// Looks for a marker.
  case readMarker(BuildKey, S3Location)

  /// The task that it serves.
  package var task: PollTask {
    switch self {
    case .listRuns(let repository, let page):
      page == 1 ? .runs(repository) : .olderRuns(repository, page: page)
    case .listWorkflowRuns(let repository, let id, _): .workflowRuns(repository, workflow: id)
    case .listActiveRuns(let repository, let status): .activeRuns(repository, status)
    case .listWorkflows(let repository): .workflows(repository)
    case .loadRun(let key): .run(key)
    case .loadJobs(let key, _): .jobs(key)
    case .loadProjects(let scope, _): .projects(scope)
    case .listBuilds(let project): .buildList(project)
    case .loadBuilds(let scope, _): .builds(scope)
    case .readMarker(let build, _): .marker(build)
    }
  }
}
