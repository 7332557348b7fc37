package import Deploys
package import Foundation
import GRDB

/// What cdtop keeps between two starts, in one SQLite file: who did what, what forms were last
/// filled in with, and which notices went out.
///
/// Several processes may have the file open at once. A change is on disk when its method returns,
/// so that neither a killed process nor a power cut loses it.
package struct StateDatabase: Sendable {
  /// Who did what, when, and with what result.
  package let audit: AuditLog
  /// What workflows were last dispatched with.
  package let rememberedInputs: RememberedInputs
  /// Which notices went out.
  package let notices: NoticeLedger

  let connection: StateConnection

  /// Opens the database, and begins it where there is none.
  ///
  /// The folder is made with permissions 0700, the file with 0600, whatever the umask.
  /// - Parameters:
  ///   - path: The file; `cdtop/cdtop.sqlite` in `$XDG_STATE_HOME`.
  ///   - origin: Where the audit log says that actions come from.
  ///   - patience: How long a process waits that meets another one's change.
  ///   - now: The clock.
  /// - Returns: The database, with the newest tables.
  /// - Throws: ``StoreError``: then nothing can be written down, and no mutation may be sent.
  package static func open(
    at path: String, origin: AuditOrigin = .current(), patience: Duration = .seconds(5),
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws(StoreError) -> StateDatabase {
    let file = StateFile(path: path)
    try file.makeFolder()
    // Two processes that begin the same database, or turn on its write-ahead log, at one moment
    // would fail where a second later all is well.
    let connection = try FileLock.hold(beside: path, patience: patience) {
      () throws(StoreError) in
      try file.makePrivate()
      do {
        let queue = try Self.connect(path, isOnNetwork: file.isOnNetwork, patience: patience)
        guard try !queue.read(StateSchema.migrator.hasBeenSuperseded) else {
          throw StoreError.tooNew(file: path)
        }
        try StateSchema.migrator.migrate(queue)
        return StateConnection(queue: queue, file: path)
      } catch {
        throw StoreError(error, file: path)
      }
    }
    return StateDatabase(connection: connection, origin: origin, now: now)
  }

  /// Begins a database in memory, which ends with this value: for a demonstration, and for tests.
  package static func inMemory(
    origin: AuditOrigin = .current(), now: @escaping @Sendable () -> Date = { Date() }
  ) throws(StoreError) -> StateDatabase {
    let name = "the database in memory"
    do {
      let queue = try DatabaseQueue()
      try StateSchema.migrator.migrate(queue)
      return StateDatabase(
        connection: StateConnection(queue: queue, file: name), origin: origin, now: now)
    } catch {
      throw StoreError(error, file: name)
    }
  }

  private init(
    connection: StateConnection, origin: AuditOrigin, now: @escaping @Sendable () -> Date
  ) {
    self.connection = connection
    audit = AuditLog(connection: connection, origin: origin, now: now)
    rememberedInputs = RememberedInputs(connection: connection, now: now)
    notices = NoticeLedger(connection: connection, now: now)
  }

  static func connect(
    _ path: String, isOnNetwork: Bool, patience: Duration
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "state"
    configuration.busyMode = .timeout(patience / .seconds(1))
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { db in
      // GRDB's own way to the write-ahead log writes at every opening, which only its pools need.
      let wanted = isOnNetwork ? "delete" : "wal"
      let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = \(wanted)")
      guard mode == wanted else {
        throw DatabaseError(message: "its journal is “\(mode ?? "none")” and not “\(wanted)”")
      }
      // A change that was reported as written must survive a power cut, which is less than
      // certain by default; on network disks EXTRA also makes sure of the folder.
      // Source: <https://www.sqlite.org/pragma.html#pragma_synchronous>
      try db.execute(sql: "PRAGMA synchronous = EXTRA")
      // On macOS only this one reaches the disk itself; elsewhere it is ignored.
      try db.execute(sql: "PRAGMA fullfsync = ON")
    }
    return queue
  }
}
