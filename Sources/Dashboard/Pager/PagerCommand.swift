import Canvas

/// What a key can ask for on the pager and nowhere else.
package enum PagerCommand: String, Sendable, Hashable, CaseIterable {
  /// Scroll up by a row and leave the cursor on its line.
  case scrollUp
  /// Scroll down by a row and leave the cursor on its line.
  case scrollDown
  /// Go up by half a screen.
  case halfPageUp
  /// Go down by half a screen.
  case halfPageDown
  /// Move the view to the left.
  case left
  /// Move the view to the right.
  case right
  /// Move the view back to the beginning of the lines.
  case lineStart
  /// Go to a line by its number, or to a percentage of the text.
  case goToPlace
  /// Look for something, forward.
  case search
  /// Look for something, backward.
  case searchBackward
  /// Go to the next hit.
  case nextHit
  /// Go to the hit before.
  case previousHit
  /// Go to the next error.
  case nextError
  /// Go to the error before.
  case previousError
  /// Go to the next error or warning.
  case nextProblem
  /// Go to the error or warning before.
  case previousProblem
  /// Show the next step alone.
  case nextStep
  /// Show the step before alone.
  case previousStep
  /// Show all steps again.
  case allSteps
  /// Change between the job's log and its runner's.
  case otherLog
  /// Show only the lines that have something.
  case filterLines
  /// Go with the end of a text that grows, or stay.
  case follow
  /// Fold the group under the cursor, or open it.
  case fold
  /// Fold all groups, or open them.
  case foldAll
  /// Show no times, times of day, or whole timestamps.
  case timestamps
  /// Break long lines, or let them run on.
  case wrap
  /// Number the lines, or do not.
  case lineNumbers
  /// Take what is typed as a regular expression, or as words.
  case toggleRegex
  /// Save the text to a file.
  case save
  /// Copy the line under the cursor.
  case copyLine
  /// Open the text in an editor.
  case editor
  /// Open the text in another pager.
  case otherPager
  /// Open the job's page in the browser.
  case openPage
  /// Read the text anew.
  case reload
  /// Leave the pager at once.
  case leave

  /// The command's row in the table.
  var entry: CommandEntry {
    switch self {
    // Moving
    case .scrollUp:
      .pager("scroll up", "Move the text by a row, towards its top.", .moving, ["ctrl-y"])
    case .scrollDown:
      .pager("scroll down", "Move the text by a row, towards its end.", .moving, ["ctrl-e"])
    case .halfPageUp: .pager("half page up", "Go up by half a screen.", .moving, ["u", "ctrl-u"])
    case .halfPageDown:
      .pager("half page down", "Go down by half a screen.", .moving, ["d", "ctrl-d"])
    case .left: .pager("left", "Move the view to the left.", .moving, ["left", "h"])
    case .right: .pager("right", "Move the view to the right.", .moving, ["right", "l"])
    case .lineStart:
      .pager(
        "line start", "Move the view back to the beginning of the lines.", .moving, ["0", "^"])
    case .goToPlace:
      .pager("go to", "Go to a line by its number, or to a percentage of the text.", .moving, [":"])
    case .nextHit:
      .pager(
        "next hit", "Go to the next hit, in the direction of the search.", .moving, footer: 2, ["n"]
      )
    case .previousHit:
      .pager(
        "previous hit", "Go to the next hit, against the direction of the search.", .moving, ["N"])
    case .nextError: .pager("error", "Go to the next error.", .moving, footer: 4, ["e"])
    case .previousError: .pager("previous error", "Go to the error before.", .moving, ["E"])
    case .nextProblem: .pager("problem", "Go to the next error or warning.", .moving, ["p"])
    case .previousProblem:
      .pager("prev. problem", "Go to the error or warning before.", .moving, ["P"])
    case .nextStep:
      .pager(
        "step", "Show the step under the cursor alone, then the next one.", .looking, footer: 5,
        ["]"])
    case .previousStep:
      .pager(
        "previous step", "Show the step under the cursor alone, then the one before.", .looking,
        ["["])
    case .allSteps: .pager("all steps", "Show all of the log again.", .looking, footer: 5, ["a"])

    // Looking
    case .search:
      .pager(
        "search", "Look for words; an upper-case letter makes it tell cases apart.", .looking,
        footer: 1, ["/"])
    case .searchBackward: .pager("search back", "Look for words, backward.", .looking, ["\\"])
    case .otherLog:
      .pager(
        "other log", "Change between GitHub's log of the job and the runner's own.", .looking,
        footer: 6, ["L"])
    case .filterLines:
      .pager(
        "filter", "Show only the lines that have some words; without any, all lines again.",
        .looking, footer: 9, ["&"])
    case .follow:
      .pager(
        "follow", "Go with the end of a text that grows, or stay.", .looking, footer: 7, ["F"])
    case .fold:
      .pager(
        "fold", "Fold the group under the cursor, or open it.", .looking, footer: 8,
        ["z", "enter"])
    case .foldAll: .pager("fold all", "Fold all groups, or open them.", .looking, ["Z"])
    case .timestamps:
      .pager(
        "times", "Show no times, times of day, or whole timestamps.", .looking, footer: 12,
        ["t", "T"])
    case .wrap:
      .pager("wrap", "Break long lines, or let them run on.", .looking, footer: 11, ["w", "W"])
    case .lineNumbers: .pager("line numbers", "Number the lines, or do not.", .looking, ["#"])
    case .toggleRegex:
      .init(
        "regex", "Take what is typed as a regular expression, or as words.", .editing, footer: 2,
        [([.prompt], ["ctrl-t"])])

    // Taking along
    case .save: .pager("save", "Save the text to a file.", .taking, footer: 10, ["s"])
    case .copyLine:
      .pager("copy line", "Copy the line under the cursor.", .taking, footer: 13, ["y"])
    case .editor:
      .pager(
        "editor", "Open the text in the program that EDITOR names.", .taking, footer: 14, ["v"])
    case .otherPager:
      .pager(
        "other pager", "Open the text in the program that PAGER names.", .taking, footer: 15, ["|"])
    case .openPage:
      .pager("browser", "Open the job's page in the browser.", .taking, footer: 16, ["o"])

    // The program
    case .reload: .pager("reload", "Read the text anew.", .program, ["R", "f5"])
    case .leave:
      .pager("leave", "Leave the pager, whatever is looked for or filtered.", .program, ["q"])
    }
  }
}

extension CommandEntry {
  /// A row for keys of the pager.
  fileprivate static func pager(
    _ title: String, _ summary: String, _ group: Command.Group, footer: Int? = nil,
    _ keys: [Key]
  ) -> CommandEntry {
    CommandEntry(title, summary, group, footer: footer, [([.pager], keys)])
  }
}
