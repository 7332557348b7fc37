import Canvas
import Deploys

/// Where something is saved: what is proposed, and what an operator's line means.
struct SavePath: Sendable, Equatable {
  /// The folder that is proposed: absolute, or beginning with `~`.
  var folder: String
  /// The name that is proposed.
  var name: String

  /// Proposes a name from outside, such as an artifact's, without what a file cannot be called by.
  init(folder: String, name: String) {
    self.folder = folder
    let plain = PlainText.sanitized(name).replacing("/", with: "-")
    // Whoever saves `.` or `..` means no folder.
    self.name = plain.isEmpty || plain == "." || plain == ".." ? "file" : plain
  }

  /// What is said of an empty line.
  static let expectation = "type the path of a file; esc saves nothing"

  /// The line that is proposed.
  var proposal: String { Self.join(folder, name) }

  /// Makes an absolute path, or one that begins with `~/`, of what was typed; `nil` for nothing.
  ///
  /// A folder gets the proposed name.
  func resolve(_ typed: String) -> String? {
    guard !typed.allSatisfy(\.isWhitespace) else { return nil }
    var path = typed
    if path == "~" || path == "." || path == ".." { path += "/" }
    if !path.hasPrefix("/"), !path.hasPrefix("~/") { path = Self.join(folder, path) }
    return path.hasSuffix("/") ? path + name : path
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}

extension SaveRequest.Item {
  /// The name by which a person knows it.
  var name: String {
    switch self {
    case .artifact(let artifact): "\(artifact.name).zip"
    case .file(_, let path): path.split(separator: "/").last.map(String.init) ?? path
    case .log: "the log"
    }
  }
}
