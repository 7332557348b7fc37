/// Header fields in order; names are compared without regard to case.
package struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// The fields.
  package private(set) var fields: [Field]

  /// One field.
  package struct Field: Sendable, Hashable {
    /// The name as written.
    package var name: String
    /// The value.
    package var value: String
  }

  /// Creates headers from pairs.
  package init(_ pairs: [(String, String)] = []) {
    fields = pairs.map { Field(name: $0.0, value: $0.1) }
  }

  /// Creates headers from a literal.
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements)
  }

  /// The first value of a name; setting replaces every field of that name, `nil` removes them.
  package subscript(name: String) -> String? {
    get { fields.first { Self.isSame($0.name, name) }?.value }
    set {
      fields.removeAll { Self.isSame($0.name, name) }
      if let newValue { fields.append(Field(name: name, value: newValue)) }
    }
  }

  /// Adds a field beside others of the same name.
  package mutating func add(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left.lowercased() == right.lowercased()
  }
}
