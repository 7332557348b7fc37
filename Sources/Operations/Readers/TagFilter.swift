/// Which tags start a workflow by being pushed.
///
/// Source: GitHub Docs, "Workflow syntax for GitHub Actions", `on.push.<branches|tags>` and
/// "Filter pattern cheat sheet".
enum TagFilter: Sendable, Hashable {
  /// The events that a new tag is, where no filter holds it back.
  static let events: Set<String> = ["push", "create"]

  /// Every tag.
  case all
  /// No tag.
  case none
  /// Those that the patterns let through, the last that fits decides.
  case only([String])
  /// All that no pattern fits.
  case allBut([String])

  /// Whether a tag starts the workflow; `nil` where a pattern cannot be read.
  func lets(_ tag: String) -> Bool? {
    switch self {
    case .all: return true
    case .none: return false
    case .only(let patterns):
      var isIn = false
      for pattern in patterns {
        let isNegated = pattern.hasPrefix("!")
        guard let fits = Self.fits(tag, isNegated ? String(pattern.dropFirst()) : pattern)
        else { return nil }
        if fits { isIn = !isNegated }
      }
      return isIn
    case .allBut(let patterns):
      for pattern in patterns {
        guard let fits = Self.fits(tag, pattern) else { return nil }
        if fits { return false }
      }
      return true
    }
  }

  /// What it lets through, to be put behind the word that something is not among it.
  var words: String {
    switch self {
    case .all: ""
    case .none: ": no push of a tag starts it"
    case .only(let patterns): ", but by \(patterns.joined(separator: ", "))"
    case .allBut(let patterns): ", for it leaves out \(patterns.joined(separator: ", "))"
    }
  }

  private static func fits(_ tag: String, _ pattern: String) -> Bool? {
    guard let regex = try? Regex(expression(pattern)) else { return nil }
    return tag.wholeMatch(of: regex) != nil
  }

  /// A filter pattern as a regular expression.
  private static func expression(_ pattern: String) -> String {
    var result = ""
    var rest = Substring(pattern)
    while let next = rest.popFirst() {
      switch next {
      case "*" where rest.first == "*":
        rest.removeFirst()
        result += "(?:.*)"
      case "*": result += "(?:[^/]*)"
      case "?", "+": result.append(next)
      case "[":
        let members = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(members.count + 1)
        result += "[" + members.map { $0 == "-" ? "-" : literal($0) }.joined() + "]"
      case "\\": result += rest.popFirst().map(literal) ?? ""
      default: result += literal(next)
      }
    }
    return result
  }

  private static func literal(_ character: Character) -> String {
    let isPlain = character.isLetter || character.isNumber || !character.isASCII
    return isPlain || character == "_" ? String(character) : "\\\(character)"
  }
}
