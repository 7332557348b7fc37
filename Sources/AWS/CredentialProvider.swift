package import Deploys

/// Gives the credentials with which an account is reached.
package protocol CredentialProvider: Sendable {
  /// The credentials for a scope, from a cache where they are still good.
  /// - Throws: ``AWSError``.
  func credentials(for scope: AWSScope) async throws -> Credentials

  /// Forgets credentials that a server has rejected, so that the next question fetches new ones.
  func discard(_ credentials: Credentials, for scope: AWSScope) async
}

extension CredentialProvider {
  /// Does nothing: a provider without a cache has nothing to forget.
  package func discard(_ credentials: Credentials, for scope: AWSScope) async {}
}
