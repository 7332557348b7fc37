import Deploys
import Foundation
import Store
import Synchronization

/// A fixed moment for times relative to it.
let noon = Date(timeIntervalSince1970: 1_790_000_000)

let shop = RepositoryName(owner: "acme", name: "shop")

/// A folder of its own, removed with this value.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "cdtop-store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Where a database may begin; the folder right above it is not there yet.
  var database: String { "\(path)/state/cdtop/cdtop.sqlite" }
}

/// A clock that is set by hand.
final class HandClock: Sendable {
  private let moment: Mutex<Date>

  init(_ date: Date = noon) { moment = Mutex(date) }

  /// What a database is opened with.
  var reading: @Sendable () -> Date { { self.moment.withLock { $0 } } }

  func advance(by seconds: TimeInterval) {
    moment.withLock { $0.addTimeInterval(seconds) }
  }
}

func makeIntent(
  _ action: AuditAction = .retry, of target: AuditTarget = .run(id: 100, attempt: 1),
  environment: String? = "dev", summary: String = "retry failed jobs of #7",
  body: String? = #"{"enable_debug_logging":false}"#, bulk: String? = nil
) -> AuditIntent {
  AuditIntent(
    action, of: target, environment: environment, repository: shop, service: "shop",
    summary: summary,
    request: AuditIntent.Request(
      method: "POST", path: "/repos/acme/shop/actions/runs/100/rerun-failed-jobs", body: body),
    login: "kim", bulk: bulk)
}

/// An origin on another machine.
func makeOrigin(
  host: String = "elsewhere", id: Int32 = 4242, start: String = "1", boot: String = "other",
  space: String = ""
) -> AuditOrigin {
  AuditOrigin(
    user: "kim", host: host,
    process: AuditOrigin.Process(id: id, start: start, boot: boot, space: space))
}
