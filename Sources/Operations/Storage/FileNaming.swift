import Deploys

/// Names of files for what is saved into a folder.
enum FileNaming {
  /// The name of what is saved where a folder was named.
  static func name(of item: SaveRequest.Item) -> String {
    switch item {
    case .artifact(let artifact): part(artifact.name, ending: ".zip")
    case .file(_, let path): last(of: path)
    case .log(.job(_, let job)): "job-\(job).log"
    case .log(.attempt(let run, let attempt)): "run-\(run.id)-attempt-\(attempt).log"
    case .log(.build(let build)): part("build-\(build.id)", ending: ".log")
    case .log(.file(_, let path)), .log(.local(let path)): last(of: path)
    }
  }

  private static func last(of path: String) -> String {
    part(path.split(separator: "/").last.map(String.init) ?? "", ending: "")
  }

  /// A text from outside as one part of a path: without what steers a terminal, leads elsewhere or
  /// hides the file.
  private static func part(_ text: String, ending: String) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
      // 255 bytes is what file systems take, and a part file's name is longer.
      guard name.utf8.count + ending.utf8.count < 200 else { break }
      name.unicodeScalars.append(isPlain(scalar) ? scalar : "_")
    }
    while name.hasPrefix(".") { name.removeFirst() }
    return (name.isEmpty ? "unnamed" : name) + ending
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "/", "\\", ":": return false
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}
