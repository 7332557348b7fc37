import Foundation
import GRDB

/// A connection to the state database whose errors say what to do.
struct StateConnection: Sendable {
  let queue: DatabaseQueue
  /// What errors call the database.
  let file: String

  /// Reads in one transaction.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.read(body)
    } catch {
      throw StoreError(error, file: file)
    }
  }

  /// Writes in one immediate transaction, which is on disk when this returns.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.write(body)
    } catch {
      throw StoreError(error, file: file)
    }
  }
}

extension StoreError {
  /// Says what an error of the database means for its file.
  init(_ error: any Error, file: String) {
    switch error {
    case let error as StoreError:
      self = error
    case let error as DatabaseError:
      let reason = error.message ?? error.resultCode.description
      self =
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: .corrupt(file: file, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(file: file)
        case .SQLITE_FULL: .full(file: file)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_IOERR:
          .unwritable(file: file, reason: reason)
        default: .unusable(file: file, reason: reason)
        }
    case is RowDecodingError:
      self = .corrupt(file: file, reason: "a row makes no sense")
    default:
      self = .unusable(file: file, reason: error.localizedDescription)
    }
  }
}
