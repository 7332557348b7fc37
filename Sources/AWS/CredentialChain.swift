package import Deploys
package import Foundation
package import Transport

/// The usual chain of credential sources, with a cache.
///
/// Credentials are kept until five minutes before they expire. Whoever asks while they are being
/// fetched waits for the same fetch. The shared files are read again for every fetch, so that a new
/// sign-in is seen without a restart.
package actor CredentialChain: CredentialProvider {
  /// What tells cached credentials apart; the region does not, for keys work in every region.
  private struct Key: Hashable {
    var profile: String?
    var roleARN: String?
    var endpoint: String?

    init(_ scope: AWSScope) {
      profile = scope.profile
      roleARN = scope.roleARN
      endpoint = scope.endpoint
    }
  }

  private struct Fetch {
    var number: Int
    var task: Task<Credentials, any Error>
  }

  private let environment: [String: String]
  private let files: FileReader
  private let caller: ServiceCaller
  private let commands: CommandLimit
  private var cache: [Key: Credentials] = [:]
  private var fetches: [Key: Fetch] = [:]
  private var count = 0

  /// How long before their expiry credentials are fetched anew.
  private static let margin = Duration.seconds(300)

  /// Creates a chain with an empty cache.
  /// - Parameters:
  ///   - environment: The environment's variables.
  ///   - transport: Reaches STS, the sign-in portal and the metadata services.
  ///   - now: The clock by which credentials expire.
  package init(
    environment: [String: String], transport: any HTTPTransport,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.init(
      environment: environment, files: .disk,
      caller: ServiceCaller(
        transport: transport, retry: .standard, now: now,
        sleep: { try await Task.sleep(for: $0) }, generator: { SystemRandomNumberGenerator() }))
  }

  init(
    environment: [String: String], files: FileReader, caller: ServiceCaller,
    commands: CommandLimit = .standard
  ) {
    self.environment = environment
    self.files = files
    self.caller = caller
    self.commands = commands
  }

  /// The credentials for a scope.
  /// - Throws: ``AWSError``.
  package func credentials(for scope: AWSScope) async throws -> Credentials {
    let key = Key(scope)
    if let cached = cache[key], cached.isFresh(at: caller.time, margin: Self.margin) {
      return cached
    }
    let fetch = fetches[key] ?? start(scope, key)
    let result = await fetch.task.result
    if fetches[key]?.number == fetch.number {
      fetches[key] = nil
      cache[key] = try? result.get()
    }
    return try result.get()
  }

  /// Forgets credentials that a server has rejected.
  package func discard(_ credentials: Credentials, for scope: AWSScope) async {
    if cache[Key(scope)] == credentials { cache[Key(scope)] = nil }
  }

  private func start(_ scope: AWSScope, _ key: Key) -> Fetch {
    count += 1
    let (environment, files, caller) = (environment, files, caller)
    let commands = commands
    let fetch = Fetch(
      number: count,
      task: Task {
        let settings = AWSSettings(
          environment: environment,
          config: try SharedConfig(environment: environment, files: files))
        return try await CredentialResolver(
          settings: settings, files: files, caller: caller, scope: scope,
          commands: commands
        ).resolve()
      })
    fetches[key] = fetch
    return fetch
  }
}
