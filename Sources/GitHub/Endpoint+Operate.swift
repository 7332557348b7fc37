import Deploys

extension Endpoint {
  /// One page of a repository's branches or tags.
  static func refs(_ kind: GitRef.Kind, _ repository: RepositoryName, page: Int) -> Endpoint {
    var query = [Parameter(name: "per_page", value: "100")]
    if page > 1 { query.append(Parameter(name: "page", value: "\(page)")) }
    let name =
      switch kind {
      case .branch: "branches"
      case .tag: "tags"
      }
    return Endpoint(
      path: path(repository, name), query: query, what: "the \(name) of \(repository)",
      permission: "Contents: read")
  }

  /// The branches or tags whose names begin in a way.
  static func matchingRefs(
    _ kind: GitRef.Kind, _ beginning: String, _ repository: RepositoryName
  ) -> Endpoint {
    // An empty part would make another path of it; without one, every ref of the kind matches.
    let parts = "\(kind.folder)/\(beginning)".split(separator: "/")
    return Endpoint(
      path: path(
        repository,
        "git/matching-refs/" + parts.map { APIBase.encode(String($0)) }.joined(separator: "/")),
      what: "the \(kind == .tag ? "tags" : "branches") of \(repository) that begin with "
        + "\(beginning.isEmpty ? "anything" : beginning)",
      permission: "Contents: read")
  }

  /// What lies between two commits, branches or tags.
  ///
  /// Without the parameters of pages, for only then the newest commits are among those that come.
  static func comparison(
    _ base: String, _ head: String, _ repository: RepositoryName
  ) -> Endpoint {
    Endpoint(
      path: path(repository, "compare/\(APIBase.encode(base))...\(APIBase.encode(head))"),
      what: "the commits of \(repository) between \(base) and \(head)",
      permission: "Contents: read")
  }

  /// The environments of a repository.
  static func environments(_ repository: RepositoryName) -> Endpoint {
    Endpoint(
      path: path(repository, "environments"),
      query: [Parameter(name: "per_page", value: "100")],
      what: "the environments of \(repository)", permission: "Actions: read")
  }

  /// What holds a run back.
  static func pendingDeployments(_ key: RunKey) -> Endpoint {
    Endpoint(
      path: path(key.repository, "actions/runs/\(key.id)/pending_deployments"),
      what: "what holds run \(key.id) of \(key.repository) back", permission: "Actions: read")
  }

  /// The newest runs of a workflow.
  static func runs(
    ofWorkflow id: Int64, _ repository: RepositoryName, status: String?, count: Int
  ) -> Endpoint {
    var query = [Parameter(name: "per_page", value: "\(min(max(count, 1), 100))")]
    if let status { query.append(Parameter(name: "status", value: status)) }
    return Endpoint(
      path: path(repository, "actions/workflows/\(id)/runs"), query: query,
      what: "the runs of workflow \(id) of \(repository)", permission: "Actions: read")
  }

  /// One workflow.
  static func workflow(_ id: Int64, _ repository: RepositoryName) -> Endpoint {
    Endpoint(
      path: path(repository, "actions/workflows/\(id)"),
      what: "workflow \(id) of \(repository)", permission: "Actions: read")
  }
}

extension GitRef.Kind {
  /// What stands before the name in a whole ref, without `refs/`.
  var folder: String {
    switch self {
    case .branch: "heads"
    case .tag: "tags"
    }
  }
}
