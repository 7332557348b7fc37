/// What an operator is about to do, as it is written down before anything is sent.
package struct AuditIntent: Sendable, Hashable {
  /// The request that changes something, without its headers: they hold the credentials.
  package struct Request: Sendable, Hashable {
    /// The HTTP method.
    package var method: String
    /// The path with its query, as sent.
    package var path: String
    /// The body as sent; `nil` where there is none.
    package var body: String?

    /// Creates a request.
    package init(method: String, path: String, body: String? = nil) {
      self.method = method
      self.path = path
      self.body = body
    }
  }

  /// What is done.
  package var action: AuditAction
  /// What it is done to.
  package var target: AuditTarget
  /// The environment, as configured; `nil` where the target belongs to none.
  package var environment: String?
  /// The repository; `nil` where the target belongs to none.
  package var repository: RepositoryName?
  /// The service; `nil` where the target belongs to none.
  package var service: String?
  /// What is done, in words for a person.
  package var summary: String
  /// The request that is about to be sent.
  package var request: Request
  /// Who does it: the token's GitHub login; `nil` where the token names nobody.
  package var login: String?
  /// What the actions of one bulk action have in common; `nil` for an action of its own.
  package var bulk: String?

  /// Creates an intent.
  package init(
    _ action: AuditAction, of target: AuditTarget, environment: String? = nil,
    repository: RepositoryName? = nil, service: String? = nil, summary: String,
    request: Request, login: String? = nil, bulk: String? = nil
  ) {
    self.action = action
    self.target = target
    self.environment = environment
    self.repository = repository
    self.service = service
    self.summary = summary
    self.request = request
    self.login = login
    self.bulk = bulk
  }
}
