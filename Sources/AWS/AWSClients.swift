package import Deploys
package import Foundation
import Synchronization
package import Transport

/// One client per account and region, made when first asked for.
package struct AWSClients: Sendable {
  private let environment: [String: String]
  private let files: FileReader
  private let caller: ServiceCaller
  private let provider: any CredentialProvider
  private let made = Made()

  private final class Made: Sendable {
    let clients = Mutex<[AWSScope: AWSClient]>([:])
  }

  /// Creates an empty set of clients.
  /// - Parameters:
  ///   - environment: The environment's variables.
  ///   - transport: Sends the requests, those for credentials too.
  ///   - retry: How often and when to try again; `AWS_MAX_ATTEMPTS` goes before it.
  ///   - now: The clock that signatures carry and that credentials expire by, until answers show
  ///     that it is wrong.
  ///   - credentials: Where credentials come from; `nil` for the usual chain.
  ///   - files: Reads the shared files.
  ///   - sleep: Waits between attempts.
  ///   - generator: Chance for the waits.
  package init(
    environment: [String: String], transport: any HTTPTransport,
    retry: RetryPolicy = .standard, now: @escaping @Sendable () -> Date = { Date() },
    credentials: (any CredentialProvider)? = nil, files: FileReader = .disk,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    generator: @escaping @Sendable () -> any RandomNumberGenerator = {
      SystemRandomNumberGenerator()
    }
  ) {
    self.environment = environment
    self.files = files
    caller = ServiceCaller(
      transport: transport, retry: retry, now: now, sleep: sleep, generator: generator)
    provider =
      credentials
      ?? CredentialChain(environment: environment, files: files, caller: caller)
  }

  /// The client of a scope; the same one each time.
  ///
  /// Reads the shared files when it is first asked for a scope.
  /// - Throws: ``AWSError`` where the region or an endpoint cannot be told; asking again reads the
  ///   files again.
  package func client(for scope: AWSScope) throws -> AWSClient {
    try made.clients.withLock { clients in
      if let client = clients[scope] { return client }
      let settings = AWSSettings(
        environment: environment,
        config: try SharedConfig(environment: environment, files: files))
      let client = try AWSClient(
        scope: scope, settings: settings, caller: caller, provider: provider)
      clients[scope] = client
      return client
    }
  }
}
