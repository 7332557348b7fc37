import Canvas

/// What a key can ask for on the list of files and nowhere else.
package enum FilesCommand: String, Sendable, Hashable, CaseIterable {
  /// Open the file in the pager; open or close the folder.
  case openFile
  /// Open or close the folder.
  case foldFolder
  /// Open the folder, or go into it.
  case expandFolder
  /// Close the folder, or go to the one around it.
  case collapseFolder
  /// Close all folders, or open them.
  case foldAllFolders
  /// Show only the files whose paths have some words.
  case filterFiles
  /// Save the selected file.
  case saveFile
  /// Save the whole artifact.
  case download
  /// Stop what is being fetched or saved.
  case cancelSaving
  /// Copy the path of the selected row.
  case copyPath
  /// Open the artifact's page in the browser.
  case openArtifactPage
  /// Read the list anew.
  case reloadFiles

  /// The command's row in the table.
  var entry: CommandEntry {
    switch self {
    case .openFile:
      .files(
        "open", "Open the file in the pager; open or close the folder.", .looking, footer: 0,
        ["enter"])
    case .foldFolder:
      .files("open/close", "Open or close the folder.", .looking, ["space"])
    case .expandFolder:
      .files("open", "Open the folder; from an open one, go into it.", .looking, ["right", "l"])
    case .collapseFolder:
      .files(
        "close", "Close the folder; from a closed one or a file, go to the folder around it.",
        .looking, ["left", "h"])
    case .foldAllFolders:
      .files("fold all", "Close all folders, or open them.", .looking, footer: 8, ["Z"])
    case .filterFiles:
      .files(
        "filter", "Show only the files whose paths have some words.", .looking, footer: 4, ["/"])
    case .saveFile:
      .files("save", "Save the selected file where you say.", .taking, footer: 1, ["s"])
    case .download:
      .files(
        "download", "Save the whole artifact, as the zip that GitHub has, where you say.",
        .taking, footer: 2, ["D"])
    case .cancelSaving:
      .files(
        "stop", "Stop what is being fetched, else what is being saved, to go on later.", .taking,
        footer: 2, ["x"])
    case .copyPath:
      .files("copy path", "Copy the path of the selected row.", .taking, footer: 6, ["y"])
    case .openArtifactPage:
      .files("browser", "Open the artifact's page in the browser.", .taking, footer: 7, ["o"])
    case .reloadFiles:
      .files("reload", "Ask for the list of files anew.", .program, footer: 5, ["R", "f5"])
    }
  }
}

extension CommandEntry {
  fileprivate static func files(
    _ title: String, _ summary: String, _ group: Command.Group, footer: Int? = nil, _ keys: [Key]
  ) -> CommandEntry {
    CommandEntry(title, summary, group, footer: footer, [([.files], keys)])
  }
}
