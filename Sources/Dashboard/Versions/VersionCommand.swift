import Canvas

/// What only the versions and the tag's dialog know.
package enum VersionCommand: Sendable, Hashable, CaseIterable {
  /// Open the run that is the news of the cell, else the one that is live.
  case openRun
  /// Create the tag that brings this version to the next environment.
  case promote
  /// Create the next tag of the cell.
  case tagCell
  /// Dispatch the cell's workflow.
  case dispatchCell
  /// Copy what is live.
  case copyVersion
  /// Read what is live anew.
  case reread
  /// Go to the environment at the left.
  case previousCell
  /// Go to the environment at the right.
  case nextCell
  /// Put the tag on a branch or another tag.
  case chooseRef
  /// Give the tag another name.
  case rename
  /// Go up in what the tag would change.
  case scrollUp
  /// Go down in what the tag would change.
  case scrollDown

  /// The command's row in the table.
  package var entry: CommandEntry {
    switch self {
    case .openRun:
      .versions(
        "inspect", "Open the run that is in flight or has failed there, else the one that is live.",
        .looking, footer: 0, ["enter"])
    case .promote:
      .versions(
        "promote", "Create the tag that brings this version to the next environment.", .acting,
        footer: 1, ["p"])
    case .tagCell:
      .versions(
        "tag", "Create the next tag that deploys the service there; asks before it does.", .acting,
        footer: 2, ["t"])
    case .dispatchCell:
      .versions(
        "dispatch", "Dispatch the workflow that deploys the service there; asks before it does.",
        .acting, footer: 4, ["d"])
    case .copyVersion:
      .versions(
        "copy tag", "Copy the tag that is live, or its branch or commit.", .taking, footer: 8,
        ["Y"])
    case .reread:
      .versions("re-read", "Read what is live everywhere anew.", .program, footer: 5, ["R", "f5"])
    case .previousCell:
      .versions("left", "Go to the environment at the left.", .moving, ["left", "h", "shift-tab"])
    case .nextCell:
      .versions("right", "Go to the environment at the right.", .moving, ["right", "l", "tab"])
    case .chooseRef:
      .init(
        "branch/tag", "Choose a branch or another tag for the new tag to stand on.", .forms,
        footer: 4, [([.choice], ["b"])])
    case .rename:
      .init(
        "name", "Give the new tag another name than the one that is proposed.", .forms, footer: 5,
        [([.choice], ["e"])])
    case .scrollUp:
      .init(
        "scroll up", "Go up in what the new tag would change.", .moving,
        [([.choice], ["pgup", "ctrl-b"])])
    case .scrollDown:
      .init(
        "scroll down", "Go down in what the new tag would change.", .moving,
        [([.choice], ["pgdn", "ctrl-f"])])
    }
  }
}

extension CommandEntry {
  fileprivate static func versions(
    _ title: String, _ summary: String, _ group: Command.Group, footer: Int? = nil, _ keys: [Key]
  ) -> CommandEntry {
    CommandEntry(title, summary, group, footer: footer, [([.versions], keys)])
  }
}
