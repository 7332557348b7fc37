import Foundation
import GRDB

/// A text that comes back from the database exactly as it went in.
///
/// GRDB hands strings over as C does, up to the first NUL. A text that holds one is therefore
/// written as the blob of its UTF-8 bytes.
struct ExactText: Hashable, Codable, DatabaseValueConvertible {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  var databaseValue: DatabaseValue {
    text.utf8.contains(0) ? Data(text.utf8).databaseValue : text.databaseValue
  }

  static func fromDatabaseValue(_ value: DatabaseValue) -> Self? {
    String.fromDatabaseValue(value).map(Self.init)
  }
}
