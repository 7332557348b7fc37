/// A remark that a job's check run carries, such as the text of an `##[error]` line.
package struct Annotation: Sendable, Hashable {
  /// How much it matters, in GitHub's words.
  package enum Level: Sendable, Hashable, RawRepresentable {
    /// Worth knowing.
    case notice
    /// May be wrong.
    case warning
    /// Wrong.
    case failure
    /// A word that this version does not know.
    case other(String)

    /// Reads GitHub's word.
    package init(rawValue: String) {
      self =
        switch rawValue {
        case "notice": .notice
        case "warning": .warning
        case "failure": .failure
        default: .other(rawValue)
        }
    }

    /// GitHub's word.
    package var rawValue: String {
      switch self {
      case .notice: "notice"
      case .warning: "warning"
      case .failure: "failure"
      case .other(let word): word
      }
    }
  }

  /// How much it matters.
  package var level: Level
  /// The headline; empty where there is none.
  package var title: String
  /// The words.
  package var message: String
  /// The file that it is about; `.github` for the workflow itself.
  package var path: String
  /// The first line of the file that it is about.
  package var line: Int?

  /// Creates an annotation.
  package init(
    level: Level, title: String = "", message: String, path: String = "", line: Int? = nil
  ) {
    self.level = level
    self.title = title
    self.message = message
    self.path = path
    self.line = line
  }
}
