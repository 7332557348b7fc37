/// What GitHub's words about a refused dispatch complain of, for a form to show at that field.
///
/// Source: answers that GitHub has been seen to give; their words are not documented.
package struct DispatchComplaint: Sendable, Hashable {
  /// What a form asks for.
  package enum Field: Sendable, Hashable {
    /// The branch or tag.
    case ref
    /// An input of the workflow, by its name in the file.
    case input(String)
  }

  /// What it is about.
  package var field: Field
  /// What is wrong with it, in words for a person.
  package var text: String

  /// Creates a complaint.
  package init(_ field: Field, _ text: String) {
    self.field = field
    self.text = text
  }

  /// Every complaint that stands in a text, such as ``OperationOutcome``'s message, in order.
  package static func all(in words: String) -> [DispatchComplaint] {
    var found: [(place: String.Index, complaint: DispatchComplaint)] = []
    for match in words.matches(of: /Required input '([^']+)' not provided/) {
      found.append(
        (match.range.lowerBound, DispatchComplaint(.input(String(match.1)), "it is required")))
    }
    for match in words.matches(
      of: /Provided value '(.*?)' for input '([^']+)' (not in the list of allowed|is not of)/)
    {
      let text =
        match.3.hasPrefix("not in") ? "GitHub does not list it" : "GitHub wants another type"
      found.append((match.range.lowerBound, DispatchComplaint(.input(String(match.2)), text)))
    }
    for match in words.matches(of: /Unexpected inputs provided: \[([^\]]*)/) {
      found += match.1.matches(of: /"([^"]+)"/).map { name in
        (
          name.range.lowerBound,
          DispatchComplaint(.input(String(name.1)), "the workflow has no such input at this ref")
        )
      }
    }
    for match in words.matches(of: /No ref found for:/) {
      found.append(
        (match.range.lowerBound, DispatchComplaint(.ref, "there is no such branch or tag")))
    }
    for match in words.matches(of: /does not have 'workflow_dispatch' trigger/) {
      found.append(
        (
          match.range.lowerBound,
          DispatchComplaint(.ref, "the workflow cannot be dispatched at this ref")
        ))
    }
    return found.sorted { $0.place < $1.place }.map(\.complaint)
  }
}
