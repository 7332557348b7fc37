/// A regular expression over workflow names that tells an environment's deploys.
///
/// Kept as text, because a compiled expression is neither comparable nor sendable.
package struct WorkflowPattern: Sendable, Hashable {
  /// The expression as written.
  package let text: String

  /// Checks the expression.
  /// - Throws: The expression engine's own error, which says where it is wrong.
  package init(_ text: String) throws {
    _ = try Regex(text)
    self.text = text
  }

  /// The service that a workflow deploys, or `nil` where the name does not match.
  ///
  /// The service is the named group `service`; without one it is what the pattern's fixed ends
  /// leave of the name, so `^(action.*dev-deploy)$` finds `shop` in `action-shop-dev-deploy`.
  /// Compiles the expression: callers keep the answer per name.
  package func service(in workflowName: String) -> String? {
    // A line separator in a name must not hide its runs.
    guard let regex = try? Regex(text).dotMatchesNewlines(),
      let match = try? regex.firstMatch(in: workflowName)
    else { return nil }
    if let named = match["service"]?.substring, !named.isEmpty { return String(named) }
    return derivedService(from: workflowName)
  }

  private func derivedService(from name: String) -> String {
    let ends = fixedEnds
    var rest = Substring(name)
    if rest.hasPrefix(ends.head) { rest = rest.dropFirst(ends.head.count) }
    if rest.hasSuffix(ends.tail) { rest = rest.dropLast(ends.tail.count) }
    let separators: Set<Character> = ["-", "_", ".", "/", ":", " ", "|"]
    while let first = rest.first, separators.contains(first) { rest = rest.dropFirst() }
    while let last = rest.last, separators.contains(last) { rest = rest.dropLast() }
    return rest.isEmpty ? name : String(rest)
  }

  /// The literal text before the first and after the last special character of the expression.
  ///
  /// Only where the expression is anchored there; a quantified character is not fixed.
  private var fixedEnds: (head: String, tail: String) {
    var body = Substring(text)
    let isAnchoredHead = body.hasPrefix("^")
    let isAnchoredTail = body.hasSuffix("$")
    if isAnchoredHead { body = body.dropFirst() }
    if isAnchoredTail { body = body.dropLast() }
    if body.hasPrefix("("), body.hasSuffix(")"), !body.hasPrefix("(?") {
      body = body.dropFirst().dropLast()
    }
    guard !body.contains("|") else { return ("", "") }
    let special: Set<Character> = [
      ".", "*", "+", "?", "[", "]", "(", ")", "{", "}", "\\", "^", "$",
    ]
    var head = Substring(body.prefix { !special.contains($0) })
    if head.count < body.count, let next = body.dropFirst(head.count).first,
      "*+?{".contains(next)
    {
      head = head.dropLast()
    }
    var tail = Substring(String(body.reversed().prefix { !special.contains($0) }.reversed()))
    // The letter after a backslash is the escape's own.
    if body.dropLast(tail.count).last == "\\" { tail = tail.dropFirst() }
    return (isAnchoredHead ? String(head) : "", isAnchoredTail ? String(tail) : "")
  }
}
