import Foundation
import Testing
import Transport

/// The operations that an OpenAPI document describes.
struct APIDescription {
  private let paths: [String: [String: Any]]
  private let parameters: [String: [String: Any]]
  private let examples: [String: [String: Any]]

  init(_ data: Data) throws {
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    paths = try #require(json["paths"] as? [String: [String: Any]])
    let components = try #require(json["components"] as? [String: Any])
    parameters = try #require(components["parameters"] as? [String: [String: Any]])
    examples = try #require(components["examples"] as? [String: [String: Any]])
  }

  /// The answer that the document gives as an example.
  func example(_ name: String) throws -> HTTPResponse {
    let value = try #require(examples[name]?["value"])
    return HTTPResponse(status: 200, body: try JSONSerialization.data(withJSONObject: value))
  }

  /// What is wrong with a request; `nil` where it is described.
  func problem(with request: HTTPRequest) -> String? {
    guard let url = URLComponents(string: request.url) else { return "not a URL" }
    let operations = paths.filter { matches($0.key, url.percentEncodedPath) }.values
    guard
      let operation = operations.lazy
        .compactMap({ $0[request.method.lowercased()] as? [String: Any] }).first
    else { return "no such operation" }
    let described = (operation["parameters"] as? [[String: Any]] ?? []).map(resolve)
      .filter { $0["in"] as? String == "query" }
    for item in url.queryItems ?? [] {
      guard let parameter = described.first(where: { $0["name"] as? String == item.name }) else {
        return "no such parameter: \(item.name)"
      }
      let schema = parameter["schema"] as? [String: Any] ?? [:]
      let text = item.value ?? ""
      let value: Any =
        schema["type"] as? String == "integer" ? Int(text).map { $0 as Any } ?? text : text
      if let problem = problem(with: value, schema, at: item.name) { return problem }
    }
    return problem(with: request.body, operation)
  }

  private func problem(with body: Data, _ operation: [String: Any]) -> String? {
    let described = operation["requestBody"] as? [String: Any]
    guard !body.isEmpty else {
      return described?["required"] as? Bool == true ? "a body is needed" : nil
    }
    let content = described?["content"] as? [String: Any]
    guard let schema = (content?["application/json"] as? [String: Any])?["schema"] as? [String: Any]
    else { return "no body is described" }
    guard let sent = try? JSONSerialization.jsonObject(with: body) else { return "not JSON" }
    return problem(with: sent, schema, at: "body")
  }

  /// Holds a value against a schema.
  private func problem(with value: Any, _ schema: [String: Any], at place: String) -> String? {
    if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") {
      return "\(place) is none of \(words)"
    }
    switch schema["type"] as? String {
    case "string": return value is String ? nil : "\(place) is no text"
    case "boolean": return isBoolean(value) ? nil : "\(place) is neither true nor false"
    case "integer": return value is Int && !isBoolean(value) ? nil : "\(place) is no whole number"
    case "array":
      guard let items = value as? [Any] else { return "\(place) is no list" }
      let each = schema["items"] as? [String: Any] ?? [:]
      return items.lazy.compactMap { problem(with: $0, each, at: "\(place)[]") }.first
    case "object":
      guard let fields = value as? [String: Any] else { return "\(place) is no object" }
      return problem(with: fields, schema, at: place)
    default: return nil
    }
  }

  private func problem(
    with fields: [String: Any], _ schema: [String: Any], at place: String
  ) -> String? {
    let known = schema["properties"] as? [String: [String: Any]] ?? [:]
    let isOpen = schema["additionalProperties"] as? Bool == true
    if let most = schema["maxProperties"] as? Int, fields.count > most {
      return "\(place) is too much"
    }
    for name in schema["required"] as? [String] ?? [] where fields[name] == nil {
      return "\(place).\(name) is missing"
    }
    for (name, value) in fields {
      guard let inner = known[name] else {
        if isOpen { continue }
        return "no such property: \(place).\(name)"
      }
      if let problem = problem(with: value, inner, at: "\(place).\(name)") { return problem }
    }
    return nil
  }

  private func isBoolean(_ value: Any) -> Bool {
    // A number that was read from JSON tells by its own type whether it was `true` or `false`.
    (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
  }

  private func resolve(_ parameter: [String: Any]) -> [String: Any] {
    guard let reference = parameter["$ref"] as? String else { return parameter }
    return parameters[String(reference.split(separator: "/").last ?? "")] ?? [:]
  }

  private func matches(_ template: String, _ path: String) -> Bool {
    let pattern = template.split(separator: "/")
    let parts = path.split(separator: "/")
    // A file's path and a ref are the parameters that hold slashes.
    let isOpen = template.hasSuffix("/contents/{path}") || template.hasSuffix("/{ref}")
    guard isOpen ? parts.count >= pattern.count : parts.count == pattern.count else {
      return false
    }
    return zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
