import GRDB

/// The tables of the state database, as a line of migrations.
///
/// A migration that has been released is never changed; another follows it.
enum StateSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("createAuditEntry", migrate: createAuditEntry)
    migrator.registerMigration("createLastDispatch", migrate: createLastDispatch)
    migrator.registerMigration("createNoticeClaim", migrate: createNoticeClaim)
    return migrator
  }

  @Sendable
  private static func createAuditEntry(_ db: Database) throws {
    try db.create(table: "auditEntry") { table in
      // Never used twice, so that an id names the same action for ever.
      table.autoIncrementedPrimaryKey("id")
      table.column("startedAt", .datetime).notNull()
      table.column("login", .text)
      table.column("user", .text).notNull()
      table.column("host", .text).notNull()
      table.column("processID", .integer).notNull()
      table.column("processStart", .text).notNull()
      table.column("processBoot", .text).notNull()
      table.column("processSpace", .text).notNull()
      table.column("action", .text).notNull()
      table.column("environment", .text)
      table.column("repository", .text).collate(.nocase)
      table.column("service", .text)
      table.column("targetKind", .text).notNull()
      table.column("runID", .integer)
      table.column("attempt", .integer)
      table.column("jobID", .integer)
      table.column("buildID", .text)
      table.column("tag", .text)
      table.column("sha", .text)
      table.column("workflow", .text)
      table.column("ref", .text)
      table.column("summary", .text).notNull()
      table.column("method", .text).notNull()
      table.column("path", .text).notNull()
      table.column("body", .text)
      table.column("bulk", .text)
      table.column("outcome", .text)
        .check(sql: "outcome IN ('done', 'refused', 'unknown', 'not_sent')")
      table.column("message", .text)
      table.column("resultRepository", .text).collate(.nocase)
      table.column("resultRunID", .integer)
      table.column("finishedAt", .datetime)
      table.column("acknowledgedAt", .datetime)
      table.check(sql: "(outcome IS NULL) = (finishedAt IS NULL)")
      table.check(sql: "(outcome IS NULL) = (message IS NULL)")
      table.check(sql: "(resultRepository IS NULL) = (resultRunID IS NULL)")
    }
    // What every start asks for.
    try db.execute(
      sql: """
        CREATE INDEX auditEntry_without_outcome ON auditEntry(id)
        WHERE outcome IS NULL AND acknowledgedAt IS NULL
        """)
    // Names the age from which on entries are being removed, and is empty at all other times.
    try db.create(table: "auditPruning") { table in
      table.column("before", .datetime).notNull()
    }
    try db.execute(sql: auditGuards)
  }

  /// What keeps the log's past as it was, whoever's statement it is that would change it.
  ///
  /// `INSERT OR REPLACE` removes a row without asking the triggers for deletion, hence the first.
  private static let auditGuards = """
    CREATE TRIGGER auditEntry_is_added BEFORE INSERT ON auditEntry
    WHEN EXISTS (SELECT 1 FROM auditEntry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'an audit entry is never replaced'); END;

    CREATE TRIGGER auditEntry_intent_stays BEFORE UPDATE OF
      id, startedAt, login, user, host, processID, processStart, processBoot, processSpace, action,
      environment, repository, service, targetKind, runID, attempt, jobID, buildID, tag, sha,
      workflow, ref, summary, method, path, body, bulk
    ON auditEntry
    BEGIN SELECT RAISE(ABORT, 'the intent of an audit entry never changes'); END;

    CREATE TRIGGER auditEntry_outcome_stays BEFORE UPDATE OF
      outcome, message, resultRepository, resultRunID, finishedAt
    ON auditEntry WHEN OLD.outcome IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the outcome of an audit entry never changes'); END;

    CREATE TRIGGER auditEntry_acknowledgement_stays BEFORE UPDATE OF acknowledgedAt
    ON auditEntry WHEN OLD.acknowledgedAt IS NOT NULL OR OLD.outcome IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the acknowledgement of an audit entry never changes'); END;

    CREATE TRIGGER auditEntry_is_kept BEFORE DELETE ON auditEntry
    WHEN NOT EXISTS (SELECT 1 FROM auditPruning WHERE OLD.startedAt < before)
      OR OLD.outcome IS NULL AND OLD.acknowledgedAt IS NULL
    BEGIN SELECT RAISE(ABORT, 'audit entries are only removed by age'); END;
    """

  @Sendable
  private static func createLastDispatch(_ db: Database) throws {
    try db.create(table: "lastDispatch") { table in
      // The order of use, whatever the clock said.
      table.autoIncrementedPrimaryKey("id")
      table.column("repository", .text).notNull().collate(.nocase)
      table.column("workflow", .text).notNull()
      table.column("ref", .text).notNull()
      table.column("inputs", .jsonText).notNull()
      table.column("usedAt", .datetime).notNull()
      table.uniqueKey(["repository", "workflow"])
    }
  }

  @Sendable
  private static func createNoticeClaim(_ db: Database) throws {
    try db.create(table: "noticeClaim", options: .withoutRowID) { table in
      table.primaryKey {
        table.column("event", .text)
        table.column("channel", .text)
      }
      table.column("claimedAt", .datetime).notNull().indexed()
    }
  }
}
