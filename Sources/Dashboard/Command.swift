/// Everything that a key can ask for.
///
/// Its row in ``entry`` is the one place that names its keys and says what it does: keys, footer,
/// help and `docs/keys.md` are all read from there.
package enum Command: Sendable, Hashable {
  /// Go to the row above.
  case up
  /// Go to the row below.
  case down
  /// Go up by a screenful.
  case pageUp
  /// Go down by a screenful.
  case pageDown
  /// Go to the first row.
  case top
  /// Go to the last row.
  case bottom
  /// Go to the next environment.
  case nextSection
  /// Go to the previous environment.
  case previousSection
  /// Go to the environment with this number; 0 is the top of the board.
  case goToSection
  /// Go to the next deploy that needs a person.
  case nextNeedingPerson
  /// Open the run's own screen.
  case inspect
  /// Open the deploy into its jobs, or close it.
  case openOrClose
  /// Open the deploy into its jobs; from an open one, go to its first job.
  case expand
  /// Close the deploy; from a closed one, go to its environment's heading.
  case collapse
  /// Show only what has these words in service, ref, actor, state, workflow, repository or
  /// finding.
  case filter
  /// Go to the next deploy that has the last filter's words, filtered or not.
  case nextMatch
  /// Go to the previous deploy that has the last filter's words.
  case previousMatch
  /// Show only what is going on or needs a person, or everything.
  case toggleActive
  /// Dispatch the selected deploy's workflow; asks before it does.
  case dispatch
  /// Run the selected deploy's jobs again; asks before it does.
  case retry
  /// Cancel the selected deploy's run, or end its idle build; asks before it does.
  case stop
  /// Approve or reject what waits for a person; asks before it does.
  case review
  /// Create the tag that deploys; asks before it does.
  case tag
  /// Choose a workflow to dispatch.
  case workflows
  /// Show what is live where.
  case versions
  /// Tell what happens to the selected run, or do not any more.
  case follow
  /// Mark the deploy for acting on several, or take the mark away.
  case mark
  /// Mark every deploy that is shown.
  case markAll
  /// Take every mark away.
  case unmark
  /// Open the selected run or job in the browser.
  case open
  /// Copy the address of the selected run or job.
  case copy
  /// Ask GitHub and AWS now.
  case refresh
  /// Take the answer and go on.
  case goOn
  /// Go back to the field before.
  case previousField
  /// Take the next value.
  case toggle
  /// Do what the question says.
  case send
  /// Do nothing, and go back by one step.
  case decline
  /// Keep the filter and go back to the board.
  case keepFilter
  /// Something that only a run's screen knows.
  case detail(DetailCommand)
  /// Something that only the pager knows.
  case pager(PagerCommand)
  /// Something that only the list of files knows.
  case files(FilesCommand)
  /// Something that only the forms know.
  case form(FormCommand)
  /// Something that only the versions and the tag's dialog know.
  case version(VersionCommand)
  /// Something that only the dialogs for acting on runs know.
  case act(ActCommand)
  /// Take the line that was asked for.
  case accept
  /// Go left by a character.
  case cursorLeft
  /// Go right by a character.
  case cursorRight
  /// Go to the start of the line.
  case cursorHome
  /// Go to the end of the line.
  case cursorEnd
  /// Delete the character before the cursor.
  case deleteBackward
  /// Delete the character under the cursor.
  case deleteForward
  /// Delete everything before the cursor.
  case deleteToStart
  /// Delete the word before the cursor.
  case deleteWord
  /// Show the keys that work here.
  case help
  /// Leave what is open, or empty the filter; never ends the program.
  case back
  /// End cdtop.
  case quit
  /// Stop cdtop until the shell continues it.
  case suspend
  /// End cdtop from anywhere.
  case interrupt
}

extension Command: CaseIterable {
  /// Every command, in the order of the help.
  package static var allCases: [Command] {
    [
      .up, .down, .pageUp, .pageDown, .top, .bottom, .nextSection, .previousSection, .goToSection,
      .nextNeedingPerson, .inspect, .openOrClose, .expand, .collapse, .filter, .nextMatch,
      .previousMatch, .toggleActive,
    ]
      + DetailCommand.allCases.map(Command.detail)
      + PagerCommand.allCases.map(Command.pager)
      + FilesCommand.allCases.map(Command.files)
      + FormCommand.allCases.map(Command.form)
      + VersionCommand.allCases.map(Command.version)
      + ActCommand.allCases.map(Command.act)
      + [
        .dispatch, .retry, .stop, .review, .tag, .workflows, .versions, .follow, .mark, .markAll,
        .unmark, .open, .copy, .refresh, .goOn, .previousField, .toggle, .send, .decline,
        .keepFilter, .accept, .cursorLeft, .cursorRight, .cursorHome, .cursorEnd, .deleteBackward,
        .deleteForward, .deleteToStart, .deleteWord, .help, .back, .quit, .suspend, .interrupt,
      ]
  }
}

extension Command {
  /// Where a command stands in the help.
  package enum Group: String, Sendable, Hashable, CaseIterable {
    /// What changes the world.
    case acting = "Acting"
    /// What brings a text or a file out of cdtop.
    case taking = "Taking along"
    /// What changes what is shown.
    case looking = "Looking"
    /// What moves the cursor.
    case moving = "Moving"
    /// What answers a form or a question.
    case forms = "Forms and questions"
    /// What edits a line of text.
    case editing = "Editing a line"
    /// What concerns the program itself.
    case program = "The program"
  }

  /// Whether a command can be given now.
  package enum Availability: Sendable, Hashable {
    /// It can.
    case enabled
    /// It cannot, and why.
    case disabled(String)
    /// It has no sense here, and is not spoken of.
    case hidden
  }
}
