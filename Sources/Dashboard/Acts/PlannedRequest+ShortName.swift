import Deploys

extension PlannedRequest {
  /// What it asks for, without for whom.
  func shortName(ellipsis: String) -> String {
    let path = url.prefix { $0 != "?" }
    return "\(method) " + (operation ?? "\(ellipsis)/\(path.split(separator: "/").last ?? path)")
  }
}
