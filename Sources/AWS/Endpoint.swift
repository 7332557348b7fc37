import Deploys
import Transport

/// Where a service of a region is asked.
struct Endpoint: Sendable, Hashable {
  /// The scheme, host, port and base path, without a slash at the end.
  let url: String
  /// Whether somebody set it, rather than the region's standard host.
  let isOverridden: Bool

  /// The host, with its port where it names one.
  var host: String { HTTPRequest(url: url).host }

  /// A service's standard host in a region.
  static func standard(_ service: AWSService, region: String) -> Endpoint {
    Endpoint(
      url: "https://\(service.hostPrefix).\(region).\(domain(of: region))", isOverridden: false)
  }

  /// An endpoint that somebody set; `nil` where it is no HTTP address.
  static func overriding(_ text: String) -> Endpoint? {
    var text = text.trimmingPrefix { $0.isWhitespace }
    while let last = text.last, last == "/" || last.isWhitespace { text = text.dropLast() }
    let origin = HTTPRequest.origin(of: String(text))
    let isHTTP = origin.hasPrefix("http://") || origin.hasPrefix("https://")
    guard isHTTP, !origin.hasSuffix("://"), !text.contains("?"), !text.contains("#"),
      !text.contains("@"), !text.contains(where: \.isWhitespace)
    else { return nil }
    let path = text.dropFirst(origin.count)
    return Endpoint(url: origin + path, isOverridden: true)
  }

  /// The domain of a region's partition.
  static func domain(of region: String) -> String {
    partitions.first { region.hasPrefix($0.prefix) }?.domain ?? "amazonaws.com"
  }

  /// The partition of a region, as resource names carry it.
  static func partition(of region: String) -> String {
    partitions.first { region.hasPrefix($0.prefix) }?.name ?? "aws"
  }

  /// The partitions beside the usual one.
  ///
  /// Source: botocore's `partitions.json`.
  private static let partitions = [
    (prefix: "cn-", name: "aws-cn", domain: "amazonaws.com.cn"),
    (prefix: "us-gov-", name: "aws-us-gov", domain: "amazonaws.com"),
    (prefix: "eusc-", name: "aws-eusc", domain: "amazonaws.eu"),
    (prefix: "us-isob-", name: "aws-iso-b", domain: "sc2s.sgov.gov"),
    (prefix: "us-isof-", name: "aws-iso-f", domain: "csp.hci.ic.gov"),
    (prefix: "us-iso-", name: "aws-iso", domain: "c2s.ic.gov"),
    (prefix: "eu-isoe-", name: "aws-iso-e", domain: "cloud.adc-e.uk"),
  ]

  /// Whether a name can stand in a host, so that no region or bucket out of a configuration or an
  /// answer sends a signed request to a host of its own choice.
  static func isHostLabel(_ name: String) -> Bool {
    (1...63).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      } && !name.hasPrefix("-") && !name.hasSuffix("-")
  }
}
