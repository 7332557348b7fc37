package import Deploys
package import Foundation
import GRDB

/// Who did what, when, to which target, and with what result.
///
/// An action is written down twice: what is intended before it is sent, and how it ended after.
/// A process that is killed in between leaves an entry without an outcome. The database itself
/// refuses every other change, and every removal but that by age. That guards against mistakes;
/// whoever owns the file can still do with it what they like.
package struct AuditLog: Sendable {
  /// How long an action of another machine may go without an outcome.
  ///
  /// No request takes as long, and clocks differ.
  static let patience: Duration = .seconds(3600)

  let connection: StateConnection
  let origin: AuditOrigin
  let now: @Sendable () -> Date

  /// Writes down what is about to be sent; it is on disk when this returns.
  /// - Throws: ``StoreError``; then nothing may be sent, for nobody could tell afterwards.
  package func begin(_ intent: AuditIntent) throws(StoreError) -> AuditID {
    let record = AuditRecord(intent, from: origin, at: now())
    return try connection.write { db in
      try record.insert(db)
      return AuditID(rawValue: db.lastInsertedRowID)
    }
  }

  /// Writes down how an action ended; the same outcome once more changes nothing.
  ///
  /// Any process may do it, also for an entry that was acknowledged.
  /// - Throws: ``StoreError``: `alreadyFinished` where there is another outcome, `noEntry` where
  ///   there is no such action.
  package func finish(_ id: AuditID, _ outcome: AuditOutcome) throws(StoreError) {
    let moment = now()
    try connection.write { db in
      try db.execute(
        sql: """
          UPDATE auditEntry
          SET outcome = ?, message = ?, resultRepository = ?, resultRunID = ?, finishedAt = ?
          WHERE id = ? AND outcome IS NULL
          """,
        arguments: [
          outcome.word, ExactText(outcome.message), outcome.run?.repository.description,
          outcome.run?.id, moment, id.rawValue,
        ])
      if db.changesCount == 1 { return }
      guard let record = try AuditRecord.fetchOne(db, key: id.rawValue) else {
        throw StoreError.noEntry(id)
      }
      guard record.auditOutcome == outcome else { throw StoreError.alreadyFinished(id) }
    }
  }

  /// The entries that fit, newest first: in the order of writing, whatever the clocks said.
  package func entries(
    matching filter: AuditFilter = AuditFilter()
  ) throws(StoreError) -> [AuditEntry] {
    var request = AuditRecord.order(Column("id").desc)
    if let environment = filter.environment {
      request = request.filter(Column("environment") == ExactText(environment))
    }
    if let since = filter.since { request = request.filter(Column("startedAt") >= since) }
    if let action = filter.action {
      request = request.filter(Column("action") == ExactText(action.rawValue))
    }
    if let run = filter.run {
      let repository = run.repository.description
      request = request.filter(
        (Column("runID") == run.id && Column("repository") == repository)
          || (Column("resultRunID") == run.id && Column("resultRepository") == repository))
    }
    if let limit = filter.limit { request = request.limit(max(0, limit)) }
    return try connection.read { db in try request.fetchAll(db).map(\.entry) }
  }

  /// The actions that will never get an outcome, newest first: nobody knows how they ended.
  ///
  /// Those are the actions without outcome whose process has ended. Of a process on another
  /// machine that shares this file, or in another container, nobody here can say that; its actions
  /// count once they are an hour old. Acknowledged entries are left out.
  package func unfinished() throws(StoreError) -> [AuditEntry] {
    let request = AuditRecord.filter(
      Column("outcome") == nil && Column("acknowledgedAt") == nil
    ).order(Column("id").desc)
    let open = try connection.read { db in try request.fetchAll(db).map(\.entry) }
    let moment = now()
    return open.filter { entry in
      switch ProcessTable.state(of: entry.origin, seenFrom: origin) {
      case .running: false
      case .ended: true
      case .elsewhere: moment.timeIntervalSince(entry.startedAt) >= Self.patience / .seconds(1)
      }
    }
  }

  /// Marks entries without outcome as shown; others stay as they are.
  package func acknowledge(_ ids: [AuditID]) throws(StoreError) {
    let moment = now()
    try connection.write { db in
      let statement = try db.makeStatement(
        sql: """
          UPDATE auditEntry SET acknowledgedAt = ?
          WHERE id = ? AND outcome IS NULL AND acknowledgedAt IS NULL
          """)
      for id in ids { try statement.execute(arguments: [moment, id.rawValue]) }
    }
  }

  /// Removes the entries that began before a moment.
  ///
  /// An entry without an outcome stays until it is acknowledged.
  /// - Returns: How many were removed.
  @discardableResult
  package func prune(before moment: Date) throws(StoreError) -> Int {
    try connection.write { db in
      try db.execute(sql: "INSERT INTO auditPruning (before) VALUES (?)", arguments: [moment])
      try db.execute(
        sql: """
          DELETE FROM auditEntry
          WHERE startedAt < ? AND (outcome IS NOT NULL OR acknowledgedAt IS NOT NULL)
          """, arguments: [moment])
      let count = db.changesCount
      try db.execute(sql: "DELETE FROM auditPruning")
      return count
    }
  }
}
