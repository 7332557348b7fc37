import Foundation
import GRDB

/// Which notices went out, so that each goes out at most once, whichever process sends it.
package struct NoticeLedger: Sendable {
  /// How long a claim is kept; an event that is older is nobody's news.
  static let memory: Duration = .seconds(90 * 86_400)

  let connection: StateConnection
  let now: @Sendable () -> Date

  /// Claims the right to send a notice, before it is sent.
  /// - Parameters:
  ///   - event: What happened, in words that name no other event, such as the run, its attempt
  ///     and the state that it came to.
  ///   - channel: The way that the notice goes, such as the name of a webhook.
  /// - Returns: Whether the caller may send it: `true` once for each event and channel.
  /// - Throws: ``StoreError``; then nobody can tell whether it went out already.
  package func claim(event: String, channel: String) throws(StoreError) -> Bool {
    let moment = now()
    let oldest = moment.addingTimeInterval(-(Self.memory / .seconds(1)))
    return try connection.write { db in
      try db.execute(sql: "DELETE FROM noticeClaim WHERE claimedAt < ?", arguments: [oldest])
      try db.execute(
        sql: """
          INSERT INTO noticeClaim (event, channel, claimedAt) VALUES (?, ?, ?)
          ON CONFLICT (event, channel) DO NOTHING
          """, arguments: [ExactText(event), ExactText(channel), moment])
      return db.changesCount == 1
    }
  }
}
