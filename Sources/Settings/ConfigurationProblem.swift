/// One thing that is wrong in a configuration file.
package struct ConfigurationProblem: Sendable, Hashable {
  /// The file's path.
  package var file: String
  /// The line, counted from 1; `nil` where no line is to blame.
  package var line: Int?
  /// The column, counted from 1.
  package var column: Int?
  /// The key, as the table of keys writes it; `nil` where no key is to blame.
  package var key: String?
  /// What is wrong; holds no secret and no control character.
  package var problem: String
  /// What to do about it.
  package var remedy: String

  /// Creates a problem.
  package init(
    file: String, line: Int? = nil, column: Int? = nil, key: String? = nil, problem: String,
    remedy: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.key = key
    self.problem = problem
    self.remedy = remedy
  }

  /// Where it is, which key, and what is wrong, on one line, as compilers write it.
  package var message: String {
    var place = file.shown(atMost: 1024)
    if let line { place += ":\(line)" }
    if line != nil, let column { place += ":\(column)" }
    return [place, key, problem].compactMap(\.self).joined(separator: ": ")
  }
}
