import Deploys
import Foundation

/// Reads single values, and says what is wrong with those that it refuses.
enum ConfigurationValue {
  /// Why a value is refused.
  struct Refusal: Error {
    /// What is wrong.
    var problem: String
    /// What to do about it.
    var remedy: String

    /// Creates a refusal.
    init(_ problem: String, _ remedy: String) {
      self.problem = problem
      self.remedy = remedy
    }
  }

  /// A name of one line that a person can type: no control and no invisible character.
  static func line(_ text: String) throws(Refusal) -> String {
    guard text.shown(atMost: 200) == text,
      text.first?.isWhitespace == false, text.last?.isWhitespace == false
    else {
      throw Refusal(
        "not a name of one line: \(text.shown())",
        "Leave out control characters, invisible ones, and spaces at either end.")
    }
    return text
  }

  /// A truth value, in any of the words of YAML 1.1.
  static func flag(_ text: String) throws(Refusal) -> Bool {
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw Refusal("neither true nor false: \(text.shown())", "Write `true` or `false`.")
    }
  }

  /// One of the choices of glyphs.
  static func glyphs(_ text: String) throws(Refusal) -> GlyphChoice {
    guard let choice = GlyphChoice(rawValue: text) else {
      let words = GlyphChoice.allCases.map(\.rawValue)
      let near = Suggestion.nearest(to: text, among: words)
      throw Refusal(
        "not a choice of glyphs: \(text.shown())",
        near.map { "Did you mean `\($0)`?" } ?? "Write \(words.joined(separator: ", ")).")
    }
    return choice
  }

  /// A repository's `owner/name`.
  static func repository(_ text: String) throws(Refusal) -> RepositoryName {
    if let name = RepositoryName(text) { return name }
    // A URL may hold a password, so only one that is plainly GitHub's is repeated.
    if let match = text.wholeMatch(
      of: /https:\/\/github\.com\/([A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+?)(?:\.git)?\/?/)
    {
      throw Refusal("not `owner/name` but a URL", "Write `\(match.1)`.")
    }
    let shown = text.contains("@") || text.contains("://") ? "a URL" : text.shown()
    throw Refusal("not `owner/name`: \(shown)", "Write for example `acme/shop`.")
  }

  /// A regular expression over workflow names.
  static func pattern(_ text: String) throws(Refusal) -> WorkflowPattern {
    do {
      return try WorkflowPattern(text)
    } catch {
      throw Refusal(
        "not a regular expression: \("\(error)".shown(atMost: 200)): \(text.shown())",
        "Correct the pattern; single quotes around it keep YAML from reading backslashes.")
    }
  }

  /// A template of where markers are.
  static func marker(_ text: String) throws(Refusal) -> MarkerTemplate {
    guard let template = MarkerTemplate(text) else {
      throw Refusal(
        "not `s3://bucket/key`, or a word in braces that is not known: \(text.shown(atMost: 120))",
        "Known words: `{project}`, `{build_id}`, `{build_uuid}`. "
          + "The default is `\(MarkerTemplate.standard.text)`.")
    }
    return template
  }

  /// A region's name, which becomes part of a host's name.
  static func region(_ text: String) throws(Refusal) -> String {
    guard text.wholeMatch(of: /[a-z]{2,}(?:-[a-z0-9]+)+/) != nil else {
      throw Refusal("not a region's name: \(text.shown())", "Write for example `ap-northeast-2`.")
    }
    return text
  }

  /// The ARN of an IAM role.
  static func roleARN(_ text: String) throws(Refusal) -> String {
    guard text.wholeMatch(of: /arn:aws[a-z-]*:iam::[0-9]{12}:role\/[A-Za-z0-9_+=,.@\/-]+/) != nil
    else {
      throw Refusal(
        "not the ARN of an IAM role: \(text.shown(atMost: 120))",
        "Write for example `arn:aws:iam::111122223333:role/cdtop-read`.")
    }
    return text
  }

  /// A template of how tags are named.
  static func tag(_ text: String) throws(Refusal) -> TagTemplate {
    guard let template = TagTemplate(text) else {
      throw Refusal(
        "not a template of a tag's name: \(text.shown(atMost: 120))",
        "Write `{number}` once, and `{service}`, `{environment}` and `{date}` where you like. "
          + "The default is `\(TagTemplate.standard.text)`.")
    }
    return template
  }

  /// The name of a time zone.
  static func timeZone(_ text: String) throws(Refusal) -> TimeZone {
    guard let zone = TimeZone(identifier: text) else {
      let near = Suggestion.nearest(to: text, among: TimeZone.knownTimeZoneIdentifiers)
      throw Refusal(
        "not a time zone: \(text.shown())",
        near.map { "Did you mean `\($0)`?" } ?? "Write for example `Asia/Seoul` or `UTC`.")
    }
    return zone
  }

  /// The name of an environment variable.
  static func variable(_ text: String) throws(Refusal) -> String {
    // An address that was written here by mistake is a secret, so it is not repeated.
    guard text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
      throw Refusal(
        "not the name of an environment variable",
        "Write a name such as `CDTOP_SLACK_WEBHOOK`, and put the address into that variable.")
    }
    return text
  }

  /// An argument of a program: anything that a process can be given.
  static func argument(_ text: String) throws(Refusal) -> String {
    guard !text.contains("\0") else {
      throw Refusal("an argument cannot hold a NUL", "Leave it out.")
    }
    return text
  }
}
