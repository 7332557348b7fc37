import Deploys

/// Words that were written apart, said one after another.
package enum Sentences {
  /// Joins sentences, each of which ends before the next begins.
  /// - Parameter parts: The sentences, with or without a full stop; empty ones are left out.
  /// - Returns: One text; its last sentence ends as it was given.
  package static func joined(_ parts: String...) -> String {
    let parts = parts.filter { !$0.allSatisfy(\.isWhitespace) }
    guard let last = parts.last else { return "" }
    return parts.dropLast().map { ended($0) + " " }.joined() + last
  }

  private static func ended(_ text: String) -> String {
    // What stands in quotes or brackets may have its own full stop.
    let end = text.last { !"\"”’)]".contains($0) }
    return end.map { ".!?…:;".contains($0) } == true ? text : text + "."
  }
}

extension ReadFailure {
  /// What failed and what to do about it, in one go.
  var words: String { Sentences.joined(message, remedy) }
}
