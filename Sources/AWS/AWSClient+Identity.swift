import Deploys
import Synchronization
import Transport

extension AWSClient {
  /// The number of the account that the credentials belong to; asked for once.
  /// - Throws: ``AWSError``.
  package func accountID() async throws -> String {
    if let known = seen.withLock({ $0.accountID }) { return known }
    let endpoint = endpoint(.sts)
    let sts = SecurityTokenService(
      endpoint: endpoint, region: region, account: scope.name, caller: caller)
    let id = try await sts.accountID(by: identity)
    seen.withLock { $0.accountID = id }
    return id
  }
}
