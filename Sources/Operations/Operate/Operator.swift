package import AWS
package import Deploys
package import Foundation
package import GitHub
package import Store

/// What an operator does to deploys: the one place that every mutation passes.
///
/// A mutation is sent at most once, and is written down before and after. Where its answer is lost
/// the outcome is found out by looking, never by sending again; where it cannot be known, the
/// outcome says so.
package struct Operator: Sendable {
  /// How often a lost or delayed outcome is looked for.
  static let looks = 8

  let github: GitHubClient
  let aws: AWSClients
  let repositories: [RepositoryName]
  let environments: [Environment]
  let timeZone: TimeZone
  let state: StateDatabase?
  let now: @Sendable () -> Date
  let sleep: @Sendable (Duration) async throws -> Void
  let viewer = Viewer()

  /// Creates the operations of one credential.
  /// - Parameters:
  ///   - github: A client of its own: one that shares its cache with the polling engine would take
  ///     the engine's news away.
  ///   - aws: The clients of the environments' accounts.
  ///   - repositories: The repositories that are watched.
  ///   - environments: The environments, in configured order.
  ///   - timeZone: The time zone of the date in new tags.
  ///   - state: Where the audit log and the last inputs are kept; without it nothing is sent.
  ///   - now: The clock.
  ///   - sleep: Waits between two looks.
  package init(
    github: GitHubClient, aws: AWSClients, repositories: [RepositoryName],
    environments: [Environment], timeZone: TimeZone = .current, state: StateDatabase?,
    now: @escaping @Sendable () -> Date = { Date() },
    sleep: @escaping @Sendable (Duration) async throws -> Void = {
      try await Task.sleep(for: $0)
    }
  ) {
    self.github = github
    self.aws = aws
    self.repositories = repositories
    self.environments = environments
    self.timeZone = timeZone
    self.state = state
    self.now = now
    self.sleep = sleep
  }

  /// Makes a change, at most once, and says truly how it ended.
  ///
  /// Once it is on its way it is carried to its end, also where the calling task is cancelled.
  /// - Parameters:
  ///   - mutation: What an operator has confirmed.
  ///   - bulk: What the audit log calls the bulk action that it belongs to; `nil` for none.
  /// - Returns: How it ended.
  package func perform(_ mutation: Mutation, bulk: String? = nil) async -> OperationOutcome {
    await pass(mutation, bulk: bulk).outcome
  }

  /// The requests that a mutation sends, word for word; nothing is sent.
  ///
  /// Empty where the configuration does not tell which region of AWS to ask.
  package func requests(for mutation: Mutation) -> [PlannedRequest] {
    (try? request(for: mutation)).map { [$0] } ?? []
  }

  /// Sends a mutation, once.
  /// - Throws: `GitHubError` or `AWSError`, which tell whether it may have been taken.
  func send(_ mutation: Mutation) async throws -> ChangeAnswer {
    switch mutation.change {
    case .github(let change): return try await github.send(change)
    case .stopBuild(let build):
      try await aws.client(for: build.scope).stopBuild(id: build.id)
      return .accepted
    }
  }

  /// The request that a mutation sends.
  /// - Throws: `AWSError` where the configuration does not tell which region of AWS to ask.
  func request(for mutation: Mutation) throws -> PlannedRequest {
    switch mutation.change {
    case .github(let change): github.planned(change)
    case .stopBuild(let build): try aws.client(for: build.scope).planned(stopBuild: build.id)
    }
  }
}
