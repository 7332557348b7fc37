package import Deploys
import Foundation
import GRDB

/// What workflows were last dispatched with, to begin the next form with.
package struct RememberedInputs: Sendable {
  /// How many workflows are remembered: those used last.
  static let capacity = 500

  let connection: StateConnection
  let now: @Sendable () -> Date

  /// Remembers what a workflow was dispatched with, in place of what was known before.
  /// - Parameters:
  ///   - ref: The branch or tag.
  ///   - inputs: The answers, in the order of the form.
  ///   - workflow: The workflow file's path.
  ///   - repository: The workflow's repository.
  /// - Throws: ``StoreError``.
  package func remember(
    ref: String, inputs: [DispatchRequest.Input], for workflow: String,
    in repository: RepositoryName
  ) throws(StoreError) {
    let record = LastDispatchRecord(
      repository: repository.description, workflow: ExactText(workflow), ref: ExactText(ref),
      inputs: inputs.map { LastDispatchRecord.Input(name: $0.name, value: $0.value) },
      usedAt: now())
    try connection.write { db in
      // The row gets a new id, so that ids follow the order of use.
      try record.insert(db, onConflict: .replace)
      try db.execute(
        sql: """
          DELETE FROM lastDispatch
          WHERE id NOT IN (SELECT id FROM lastDispatch ORDER BY id DESC LIMIT ?)
          """, arguments: [Self.capacity])
    }
  }

  /// What a workflow was last dispatched with; `nil` where nothing is known.
  package func last(
    for workflow: String, in repository: RepositoryName
  ) throws(StoreError) -> LastDispatch? {
    let request = LastDispatchRecord.filter(
      Column("repository") == repository.description
        && Column("workflow") == ExactText(workflow))
    return try connection.read { db in try request.fetchOne(db) }.map { record in
      LastDispatch(
        ref: record.ref.text,
        inputs: record.inputs.map { DispatchRequest.Input(name: $0.name, value: $0.value) },
        at: record.usedAt)
    }
  }
}

/// A remembered dispatch as a row of its table.
private struct LastDispatchRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "lastDispatch"

  /// An answer; the list of them is one column of JSON.
  struct Input: Codable {
    var name: String
    var value: String
  }

  var repository: String
  var workflow: ExactText
  var ref: ExactText
  var inputs: [Input]
  var usedAt: Date
}
