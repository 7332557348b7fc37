/// A `Link` header, which names the pages around a page (RFC 8288).
struct LinkHeader: Sendable, Hashable {
  private var targets: [String: String] = [:]

  init(_ text: String) {
    var rest = text[...]
    while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
      let target = String(rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
      // A target may hold commas, so the parameters end at the next one that is not inside.
      let parameters = rest.prefix { $0 != "<" }
      rest = rest[parameters.endIndex...]
      for parameter in parameters.split(whereSeparator: { $0 == ";" || $0 == "," }) {
        let parts = parameter.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, parts[0].drop(while: \.isWhitespace) == "rel" else { continue }
        let names = parts[1].drop(while: \.isWhitespace).split { "\" ".contains($0) }
        for name in names where targets[name.lowercased()] == nil {
          targets[name.lowercased()] = target
        }
      }
    }
  }

  /// The target of a relation such as `next`.
  func target(of relation: String) -> String? { targets[relation] }
}
