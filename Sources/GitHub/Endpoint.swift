import Deploys

/// One operation of the API on one thing.
struct Endpoint: Sendable, Hashable {
  /// One parameter of a query.
  struct Parameter: Sendable, Hashable {
    var name: String
    var value: String
  }

  /// The path below the API's base, percent-encoded.
  var path: String
  /// The query, in order.
  var query: [Parameter] = []
  /// What is asked for, in words for a person.
  var what: String
  /// The permission of a fine-grained token that it takes, by GitHub's documentation.
  var permission: String?
  /// The media type asked for.
  var accept = "application/vnd.github+json"
}

extension Endpoint {
  /// The path of something in a repository.
  static func path(_ repository: RepositoryName, _ rest: String) -> String {
    "/repos/\(APIBase.encode(repository.owner))/\(APIBase.encode(repository.name))/\(rest)"
  }

  /// The runs of a repository.
  ///
  /// Without any of the server's filters, which have missed runs (actions-runner-controller#362).
  static func runs(_ repository: RepositoryName, page: Int, perPage: Int) -> Endpoint {
    var query = [Parameter(name: "per_page", value: "\(perPage)")]
    if page > 1 { query.append(Parameter(name: "page", value: "\(page)")) }
    return Endpoint(
      path: path(repository, "actions/runs"), query: query, what: "the runs of \(repository)",
      permission: "Actions: read")
  }

  /// The runs of a repository in one status, which finds those that stand behind a great many others.
  static func runs(_ repository: RepositoryName, status: RunStatus) -> Endpoint {
    Endpoint(
      path: path(repository, "actions/runs"),
      query: [
        Parameter(name: "status", value: status.rawValue),
        Parameter(name: "per_page", value: "100"),
      ],
      what: "the \(status.rawValue) runs of \(repository)", permission: "Actions: read")
  }

  /// One run.
  static func run(_ key: RunKey) -> Endpoint {
    Endpoint(
      path: path(key.repository, "actions/runs/\(key.id)"),
      what: "run \(key.id) of \(key.repository)", permission: "Actions: read")
  }

  /// The jobs of one attempt of a run.
  static func jobs(_ key: RunKey, attempt: Int) -> Endpoint {
    Endpoint(
      path: path(key.repository, "actions/runs/\(key.id)/attempts/\(attempt)/jobs"),
      query: [Parameter(name: "per_page", value: "100")],
      what: "the jobs of run \(key.id), attempt \(attempt), of \(key.repository)",
      permission: "Actions: read")
  }

  /// One attempt of a run.
  static func run(_ key: RunKey, attempt: Int) -> Endpoint {
    Endpoint(
      path: path(key.repository, "actions/runs/\(key.id)/attempts/\(attempt)"),
      what: "run \(key.id), attempt \(attempt), of \(key.repository)",
      permission: "Actions: read")
  }

  /// The artifacts of a run.
  static func artifacts(_ key: RunKey) -> Endpoint {
    Endpoint(
      path: path(key.repository, "actions/runs/\(key.id)/artifacts"),
      query: [Parameter(name: "per_page", value: "100")],
      what: "the artifacts of run \(key.id) of \(key.repository)", permission: "Actions: read")
  }

  /// The annotations of a check run.
  static func annotations(_ id: Int64, of job: Job, _ repository: RepositoryName) -> Endpoint {
    Endpoint(
      path: path(repository, "check-runs/\(id)/annotations"),
      query: [Parameter(name: "per_page", value: "100")],
      what: "the annotations of job \(job.id) of \(repository)", permission: "Checks: read")
  }

  /// The bytes of a file.
  static func file(_ file: GitHubFile) -> Endpoint {
    switch file {
    case .jobLog(let repository, let job):
      Endpoint(
        path: path(repository, "actions/jobs/\(job)/logs"),
        what: "the log of job \(job) of \(repository)", permission: "Actions: read")
    case .attemptLogs(let key, let attempt):
      Endpoint(
        path: path(key.repository, "actions/runs/\(key.id)/attempts/\(attempt)/logs"),
        what: "the logs of run \(key.id), attempt \(attempt), of \(key.repository)",
        permission: "Actions: read")
    case .artifact(let repository, let id):
      Endpoint(
        path: path(repository, "actions/artifacts/\(id)/zip"),
        what: "artifact \(id) of \(repository)", permission: "Actions: read")
    }
  }

  /// The workflows of a repository.
  static func workflows(_ repository: RepositoryName) -> Endpoint {
    Endpoint(
      path: path(repository, "actions/workflows"),
      query: [Parameter(name: "per_page", value: "100")],
      what: "the workflows of \(repository)", permission: "Actions: read")
  }

  /// A file's text.
  static func contents(_ file: String, _ repository: RepositoryName, ref: String?) -> Endpoint {
    let names = file.split(separator: "/").map { APIBase.encode(String($0)) }
    return Endpoint(
      path: path(repository, "contents/" + names.joined(separator: "/")),
      query: ref.map { [Parameter(name: "ref", value: $0)] } ?? [],
      what: "\(file) of \(repository)\(ref.map { " at \($0)" } ?? "")",
      permission: "Contents: read", accept: "application/vnd.github.raw+json")
  }

  /// What is left of the allowance.
  static let rateLimit = Endpoint(path: "/rate_limit", what: "the rate limit")

  /// Who the token belongs to.
  static let viewer = Endpoint(path: "/user", what: "the user of the token")
}
