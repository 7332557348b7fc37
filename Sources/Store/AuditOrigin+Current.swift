package import Deploys
import Foundation

extension AuditOrigin {
  /// This process, the account that it runs under, and this machine.
  package static func current() -> AuditOrigin {
    let id = getpid()
    let user = NSUserName()
    return AuditOrigin(
      // An account without an entry in the list of accounts, as in some containers.
      user: user.isEmpty ? "uid \(getuid())" : user,
      host: ProcessTable.host,
      process: Process(
        id: id, start: ProcessTable.start(of: id) ?? "", boot: ProcessTable.boot,
        space: ProcessTable.space))
  }
}
