/// Why there is no configuration.
package enum ConfigurationError: Error, Sendable, Hashable {
  /// There is no file where it was looked for.
  case notFound(ConfigurationLocation)
  /// The file is there and cannot be read, and why.
  case unreadable(file: String, reason: String)
  /// The file is larger than a configuration can be; bytes.
  case tooLarge(file: String, limit: Int)
  /// The file's content is refused: every problem, in the order of the lines; never empty.
  case invalid([ConfigurationProblem])

  /// What is wrong, one problem a line.
  package var message: String {
    switch self {
    case .notFound(let location):
      "no configuration file at \(location.path.shown(atMost: 1024)) (\(location.origin.summary))"
    case .unreadable(let file, let reason):
      "cannot read \(file.shown(atMost: 1024)): \(reason)"
    case .tooLarge(let file, let limit):
      "\(file.shown(atMost: 1024)) is larger than \(limit / 1024) KiB, so not a configuration"
    case .invalid(let problems):
      problems.map(\.message).joined(separator: "\n")
    }
  }

  /// What to do about it, each remedy once.
  package var remedy: String {
    switch self {
    case .notFound(let location):
      """
      \(location.origin.remedy) A file that is enough to start with:

      \(Configuration.minimalExample.indented)
      `cdtop config example` prints one with every key; `cdtop demo` needs no file.
      """
    case .unreadable:
      "Give a file that you may read, with --config or CDTOP_CONFIG."
    case .tooLarge:
      "Give the path of a configuration file, with --config or CDTOP_CONFIG."
    case .invalid(let problems):
      problems.map(\.remedy).reduce(into: [String]()) { remedies, remedy in
        if !remedies.contains(remedy) { remedies.append(remedy) }
      }
      .joined(separator: "\n")
    }
  }

  /// The problems of a refused file; empty where the file was not read at all.
  package var problems: [ConfigurationProblem] {
    switch self {
    case .invalid(let problems): problems
    case .notFound, .unreadable, .tooLarge: []
    }
  }
}

extension String {
  /// The lines moved in by two spaces.
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }
}
