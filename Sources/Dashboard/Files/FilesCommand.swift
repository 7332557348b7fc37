import Canvas

/// What a key can ask for on the list of files and nowhere else.
package enum FilesCommand: String, Sendable, Hashable, CaseIterable {
  /// Save the selected file.
  case saveFile

  /// The command's row in the table.
  var entry: CommandEntry {
    switch self {
    case .saveFile: .init("saveFile", "Save the selected file.", .looking, [([.files], ["s"])])
    }
  }
}
