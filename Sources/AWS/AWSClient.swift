package import Deploys
import Foundation
import Synchronization
import Transport

/// Asks the services of one account and region.
package final class AWSClient: Sendable {
  /// The account and region, as configured.
  package let scope: AWSScope
  /// The region that is asked.
  package let region: String

  let caller: ServiceCaller
  private let provider: any CredentialProvider
  private let endpoints: [AWSService: Endpoint]
  let seen = Mutex(Seen())

  /// What answers have taught about this account.
  struct Seen {
    var bucketRegions: [String: String] = [:]
    var buckets: Set<String> = []
    var accountID: String?
  }

  /// Creates a client, with the region and the endpoints that the settings give.
  /// - Throws: ``AWSError``.
  init(
    scope: AWSScope, settings: AWSSettings, caller: ServiceCaller,
    provider: any CredentialProvider
  ) throws {
    let region = try settings.requiredRegion(for: scope)
    self.scope = scope
    self.region = region
    self.provider = provider
    endpoints = try Dictionary(
      uniqueKeysWithValues: AWSService.allCases.map {
        ($0, try settings.endpoint($0, for: scope, region: region))
      })
    var caller = caller
    if let attempts = try settings.maxAttempts(for: scope) { caller.retry.maxAttempts = attempts }
    self.caller = caller
  }

  var identity: ServiceCaller.Identity { .provided(provider, scope) }

  /// Where a service is asked, in this region or in another.
  func endpoint(_ service: AWSService, region other: String? = nil) -> Endpoint {
    let own = endpoints[service] ?? .standard(service, region: region)
    guard let other, other != region, !own.isOverridden else { return own }
    return .standard(service, region: other)
  }

  /// Describes a call for messages.
  func call(
    _ action: String, on resource: String? = nil, host: String, region other: String? = nil
  ) -> AWSCall {
    AWSCall(
      account: scope.name, region: other ?? region, host: host, action: action,
      resource: resource)
  }
}
