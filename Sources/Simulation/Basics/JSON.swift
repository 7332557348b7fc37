import Foundation

/// A JSON value whose fields keep their order, so that the same world gives the same bytes.
enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Field])
  /// Text that is JSON already; kept so that a large part is written once and used often.
  case raw(String)

  struct Field: Sendable, Hashable {
    var name: String
    var value: JSON
  }

  /// A text, or `null` for none.
  static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

  /// An id.
  static func id(_ value: Int64?) -> JSON { value.map(JSON.int) ?? .null }

  /// A count.
  static func count(_ value: Int) -> JSON { .int(Int64(value)) }

  /// A list of texts.
  static func texts(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }

  /// This object with more fields behind its own.
  func adding(_ other: JSON) -> JSON {
    guard case .object(let own) = self, case .object(let more) = other else { return self }
    return .object(own + more)
  }

  /// The value of a field; `nil` where this is no object or has no such field.
  subscript(name: String) -> JSON? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  /// The text of a string.
  var stringValue: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The value of a whole number.
  var intValue: Int64? {
    switch self {
    case .int(let value): value
    case .number(let value) where value == value.rounded() && abs(value) < 1e15: Int64(value)
    case .null, .bool, .number, .string, .array, .object, .raw: nil
    }
  }

  /// The value of a boolean.
  var boolValue: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The members of a list.
  var arrayValue: [JSON]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// The fields of an object.
  var fields: [Field]? {
    guard case .object(let fields) = self else { return nil }
    return fields
  }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int64) { self = .int(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(nilLiteral: ()) { self = .null }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Field(name: $0.0, value: $0.1) })
  }
}
