import Foundation
import Transport

/// Decodes JSON answers, and says where one does not fit.
enum JSONAnswer {
  /// The value that a body holds.
  /// - Throws: ``AWSError/badPayload(_:reason:)``, which never quotes the body.
  static func decode<Value: Decodable>(_ response: HTTPResponse, in call: AWSCall) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: response.body)
    } catch {
      throw AWSError.badPayload(call, reason: reason(error, response))
    }
  }

  private static func reason(_ error: any Error, _ response: HTTPResponse) -> String {
    switch error {
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "unexpected value at \(path(context.codingPath))"
    case DecodingError.keyNotFound(let key, let context):
      "\(path(context.codingPath + [key])) is missing"
    default:
      response.body.isEmpty
        ? "the body is empty"
        : "\(response.body.count) bytes of \(response.headers["Content-Type"] ?? "unnamed content")"
          + " that are no whole JSON"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
