import Foundation

@testable import Simulation

/// Checks a value against GitHub's REST description (OpenAPI 3.0, or 3.1's way with `null`).
struct SchemaChecker {
  private let document: JSON

  init(document: JSON) { self.document = document }

  /// Where the description lies beside the package; `nil` where it does not.
  static func location(_ name: String) -> URL? {
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let url = package.deletingLastPathComponent().appendingPathComponent("shared/data/\(name)")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// The media type and schema of an operation's answer; `nil` where none has a body.
  func schema(_ method: String, _ template: String, status: Int) throws -> JSON? {
    let operation = document["paths"]?[template]?[method.lowercased()]
    guard let response = operation?["responses"]?["\(status)"].map(resolve) else {
      throw Missing(description: "\(method) \(template) has no answer \(status)")
    }
    return response["content"]?["application/json"]?["schema"]
  }

  struct Missing: Error, CustomStringConvertible { let description: String }

  /// What is wrong with a value; empty for nothing.
  func problems(_ value: JSON, _ schema: JSON, at path: String = "$") -> [String] {
    let schema = resolve(schema)
    if value == .null {
      if schema["nullable"]?.boolValue == true { return [] }
      if schema["enum"]?.arrayValue?.contains(.null) == true { return [] }
      if schema["type"]?.arrayValue?.contains("null") == true { return [] }
      for key in ["anyOf", "oneOf"] {
        if schema.list(key).contains(where: { problems(value, $0, at: path).isEmpty }) { return [] }
      }
      return schema["type"] == nil && schema["anyOf"] == nil ? [] : ["\(path): null"]
    }
    var found: [String] = []
    for part in schema.list("allOf") { found += problems(value, part, at: path) }
    for key in ["anyOf", "oneOf"] where !schema.list(key).isEmpty {
      let tries = schema.list(key).map { problems(value, $0, at: path) }
      if !tries.contains(where: \.isEmpty) {
        found += ["\(path): fits none of \(key)"] + (tries.min { $0.count < $1.count } ?? [])
      }
    }
    if let words = schema["enum"]?.arrayValue, !words.contains(value) {
      found.append("\(path): \(value.serialized) is not one of the enum")
    }
    let types =
      schema["type"]?.stringValue.map { [$0] }
      ?? schema.list("type").compactMap(\.stringValue)
    if !types.isEmpty, !types.contains(where: { fits(value, $0) }) {
      return found + ["\(path): \(value.serialized.prefix(40)) is no \(types)"]
    }
    switch value {
    case .object(let fields):
      for name in schema.list("required").compactMap(\.stringValue) where value[name] == nil {
        found.append("\(path).\(name): missing")
      }
      for field in fields {
        guard let inner = schema["properties"]?[field.name] else { continue }
        found += problems(field.value, inner, at: "\(path).\(field.name)")
      }
    case .array(let values):
      guard let inner = schema["items"] else { break }
      for (index, value) in values.enumerated() {
        found += problems(value, inner, at: "\(path)[\(index)]")
      }
    case .string(let text):
      found += problems(text, format: schema.text("format"), at: path)
    case .null, .bool, .int, .number, .raw: break
    }
    return found
  }

  private func problems(_ text: String, format: String, at path: String) -> [String] {
    switch format {
    case "date-time":
      let isTime = text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil
      return isTime ? [] : ["\(path): \(text) is no date-time"]
    case "uri":
      let isURL = URL(string: text)?.scheme != nil && text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
      return isURL ? [] : ["\(path): \(text) is no uri"]
    default: return []
    }
  }

  private func fits(_ value: JSON, _ type: String) -> Bool {
    switch (value, type) {
    case (.object, "object"), (.array, "array"), (.string, "string"), (.bool, "boolean"),
      (.int, "integer"), (.int, "number"), (.number, "number"), (.null, "null"):
      true
    default: false
    }
  }

  private func resolve(_ schema: JSON) -> JSON {
    guard let reference = schema["$ref"]?.stringValue else { return schema }
    var found: JSON? = document
    for part in reference.split(separator: "/").dropFirst() { found = found?[String(part)] }
    return found.map(resolve) ?? [:]
  }
}
