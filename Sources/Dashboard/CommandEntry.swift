package import Canvas

/// A command's row in the table of commands.
package struct CommandEntry: Sendable, Hashable {
  /// Keys that give a command while the keys act on one of the given things.
  package struct Binding: Sendable, Hashable {
    /// On what the keys act.
    package var focuses: [Focus]
    /// The keys, the one to advertise first.
    package var keys: [Key]
  }

  /// One or two words for the footer.
  package var title: String
  /// One sentence for the help.
  package var summary: String
  /// Where it stands in the help.
  package var group: Command.Group
  /// Its keys.
  package var bindings: [Binding]
  /// Its place in the footer, the lowest first; `nil` for not there.
  package var footerRank: Int?

  init(
    _ title: String, _ summary: String, _ group: Command.Group, footer: Int? = nil,
    _ bindings: [([Focus], [Key])]
  ) {
    self.title = title
    self.summary = summary
    self.group = group
    self.footerRank = footer
    self.bindings = bindings.map { Binding(focuses: $0.0, keys: $0.1) }
  }
}

extension Command {
  /// The command's row in the table.
  package var entry: CommandEntry {
    let lists: [Focus] = [
      .board, .help, .choice, .confirm, .undo, .busy, .message, .detail, .pager, .files, .versions,
    ]
    let screens: [Focus] = [.board, .detail, .pager, .files, .versions]
    let lines: [Focus] = [.filter, .name, .prompt, .picker]
    let texts: [Focus] = [.filter, .text, .name, .prompt, .picker]
    let everywhere = Focus.allCases
    return switch self {
    // Moving
    case .up:
      .init("up", "Go to the row above.", .moving, [(lists, ["up", "k"]), (lines, ["up"])])
    case .down:
      .init(
        "down", "Go to the row below.", .moving, [(lists, ["down", "j"]), (lines, ["down"])])
    case .pageUp:
      .init(
        "page up", "Go up by a screenful.", .moving,
        [
          (screens + [.help, .confirm, .undo, .busy, .message], ["pgup", "ctrl-b"]),
          ([.name, .picker], ["pgup"]),
          ([.pager], ["b"]),
        ])
    case .pageDown:
      .init(
        "page down", "Go down by a screenful.", .moving,
        [
          (screens + [.help, .confirm, .undo, .busy, .message], ["pgdn", "ctrl-f"]),
          ([.name, .picker], ["pgdn"]),
          ([.pager], ["space"]),
        ])
    case .top:
      .init("top", "Go to the first row.", .moving, [(screens + [.help], ["g", "home"])])
    case .bottom:
      .init("bottom", "Go to the last row.", .moving, [(screens + [.help], ["G", "end"])])
    case .nextSection:
      .init(
        "next env", "Go to the next environment.", .moving, footer: 9, [([.board], ["tab"])])
    case .previousSection:
      .init(
        "previous env", "Go to the previous environment.", .moving, [([.board], ["shift-tab"])])
    case .goToSection:
      .init(
        "env by number", "Go to the environment with this number; 0 is the top of the board.",
        .moving, [([.board], ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])])
    case .nextNeedingPerson:
      .init(
        "needs you", "Go to the next deploy that needs a person.", .moving, footer: 6,
        [([.board], ["!"])])

    // Looking
    case .inspect:
      .init(
        "inspect", "Open the run: its jobs, its timeline, why it failed.", .looking, footer: 0,
        [([.board], ["enter"])])
    case .openOrClose:
      .init(
        "jobs", "Open the deploy into its jobs, or close it.", .looking, footer: 3,
        [([.board], ["e"])])
    case .detail(let command): command.entry
    case .pager(let command): command.entry
    case .files(let command): command.entry
    case .form(let command): command.entry
    case .version(let command): command.entry
    case .act(let command): command.entry
    case .expand:
      .init(
        "open", "Open the deploy into its jobs; from an open one, go to its first job.", .looking,
        [([.board], ["right", "l"])])
    case .collapse:
      .init(
        "close", "Close the deploy; from a closed one, go to its environment's heading.",
        .looking, [([.board], ["left", "h"])])
    case .filter:
      .init(
        "filter",
        "Show only what has these words in service, ref, actor, state, workflow, repository or "
          + "finding.",
        .looking, footer: 4, [([.board], ["/"])])
    case .keepFilter:
      .init(
        "keep", "Keep the filter and go back to the board.", .looking, footer: 1,
        [([.filter], ["enter"])])
    case .nextMatch:
      .init(
        "next match", "Go to the next deploy that has the last filter's words, filtered or not.",
        .looking, [([.board], ["n"])])
    case .previousMatch:
      .init(
        "previous match", "Go to the previous deploy that has the last filter's words.", .looking,
        [([.board], ["N"])])
    case .toggleActive:
      .init(
        "active/all", "Show only what is going on or needs a person, or everything.", .looking,
        footer: 8, [([.board], ["a"])])

    // Acting
    case .dispatch:
      .init(
        "dispatch", "Dispatch the selected deploy's workflow; asks before it does.", .acting,
        footer: 2, [([.board, .detail], ["d"])])
    case .retry:
      .init(
        "retry", "Run failed jobs, all jobs or one job again; asks before it does.",
        .acting, footer: 1, [([.board, .detail, .versions], ["r"])])
    case .stop:
      .init(
        "stop",
        "Cancel the run, by force if that hangs, or end an idle build; asks before it does.",
        .acting, footer: 3, [([.board, .detail, .versions], ["x"])])
    case .review:
      .init(
        "approve", "Approve or reject what waits for a person; asks before it does.", .acting,
        footer: 1, [([.board, .detail, .versions], ["P"])])
    case .tag:
      .init(
        "tag", "Create the next tag that deploys the service; asks before it does.", .acting,
        footer: 4, [([.board, .detail], ["t"])])
    case .workflows:
      .init(
        "workflows", "Choose any workflow to dispatch.", .acting, footer: 5,
        [([.board, .detail, .versions], ["w"])])
    case .versions:
      .init(
        "versions", "Show what is live where, and promote it.", .looking, footer: 5,
        [([.board, .detail], ["v"])])
    case .follow:
      .init(
        "follow", "Give notice when the run ends or needs approval, or do not any more.", .looking,
        footer: 10, [([.board, .detail, .versions], ["F"])])
    case .mark:
      .init(
        "mark", "Mark the deploy for acting on several at once, or take the mark away.", .acting,
        footer: 4, [([.board], ["space"])])
    case .markAll:
      .init("mark all", "Mark every deploy that is shown.", .acting, [([.board], ["*"])])
    case .unmark: .init("unmark", "Take every mark away.", .acting, [([.board], ["u"])])
    case .open:
      .init(
        "browser", "Open the selected run or job in the browser.", .acting, footer: 7,
        [([.board, .detail, .versions], ["o"])])
    case .copy:
      .init(
        "copy", "Copy the address of the selected run or job.", .acting, footer: 10,
        [([.board, .detail, .versions], ["y"])])
    case .refresh:
      .init(
        "refresh", "Ask GitHub and AWS now.", .acting, footer: 7,
        [([.board, .detail], ["R", "f5", "ctrl-r"])])

    // Forms and questions
    case .goOn:
      .init(
        "next", "Take the answer and go on.", .forms, footer: 1,
        [([.text, .choice], ["enter", "tab"]), ([.picker], ["enter"])])
    case .previousField:
      .init(
        "previous", "Go back to the field before.", .forms, [([.text, .choice], ["shift-tab"])])
    case .toggle:
      .init("change", "Take the next value.", .forms, footer: 2, [([.choice], ["space"])])
    case .send:
      .init(
        "do it", "Do what the question says.", .forms, footer: 1,
        [([.confirm], ["y"]), ([.name], ["enter"])])
    case .decline:
      .init("no", "Do nothing, and go back by one step.", .forms, [([.confirm], ["n", "enter"])])

    case .accept:
      .init("take it", "Take the line.", .forms, footer: 1, [([.prompt], ["enter"])])

    // Editing a line
    case .cursorLeft: .init("left", "Go left by a character.", .editing, [(texts, ["left"])])
    case .cursorRight: .init("right", "Go right by a character.", .editing, [(texts, ["right"])])
    case .cursorHome:
      .init("start", "Go to the start of the line.", .editing, [(texts, ["home", "ctrl-a"])])
    case .cursorEnd:
      .init("end", "Go to the end of the line.", .editing, [(texts, ["end", "ctrl-e"])])
    case .deleteBackward:
      .init(
        "delete", "Delete the character before the cursor.", .editing,
        [(texts, ["backspace", "ctrl-h"])])
    case .deleteForward:
      .init(
        "delete", "Delete the character under the cursor.", .editing,
        [(texts, ["delete", "ctrl-d"])])
    case .deleteToStart:
      .init("empty", "Delete everything before the cursor.", .editing, [(texts, ["ctrl-u"])])
    case .deleteWord:
      .init("delete word", "Delete the word before the cursor.", .editing, [(texts, ["ctrl-w"])])

    // The program
    case .help:
      .init(
        "keys", "Show the keys that work here.", .program, footer: 0,
        [(screens + [.choice, .confirm, .undo, .busy, .message], ["?", "f1"]), (texts, ["f1"])])
    case .back:
      .init(
        "back", "Leave what is open, or empty the filter; never ends the program.", .program,
        footer: 3,
        [
          (
            [.board, .filter, .text, .choice, .confirm, .undo, .name, .busy, .prompt, .picker],
            ["escape"]
          ),
          ([.detail, .files, .versions], ["escape", "q"]), ([.pager], ["escape"]),
          ([.help], ["escape", "q", "?", "f1"]), ([.message], ["escape", "enter", "q"]),
        ])
    case .quit:
      .init("quit", "End cdtop.", .program, footer: 11, [([.board, .small], ["q"])])
    case .suspend:
      .init(
        "suspend", "Stop cdtop until the shell continues it.", .program, [(everywhere, ["ctrl-z"])])
    case .interrupt:
      .init("quit now", "End cdtop from anywhere.", .program, [(everywhere, ["ctrl-c"])])
    }
  }
}
