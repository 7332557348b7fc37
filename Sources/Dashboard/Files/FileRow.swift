import Deploys

/// A row of the list of files.
struct FileRow: ListRow {
  /// What a row stands for.
  enum ID: Sendable, Hashable {
    /// A folder, by its path.
    case folder(String)
    /// A file, by its path, and which of several with the same one.
    case file(String, Int)

    /// The path.
    var path: String {
      switch self {
      case .folder(let path), .file(let path, _): path
      }
    }
  }

  var id: ID
  var parent: ID?
  var name: String
  var depth: Int
  /// The file; `nil` for a folder.
  var file: StoredFile?
  /// Whether it is a folder whose content is not shown.
  var isFolded = false
  /// Bytes in it, or of it; `nil` where nobody says.
  var size: Int?
  /// The files in it.
  var count: Int

  var isSelectable: Bool { true }
}
