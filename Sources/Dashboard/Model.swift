package import Canvas
package import Deploys
package import Foundation

/// Everything that decides what is on the screen.
package struct Model: Sendable, Equatable {
  /// A notice and when it came.
  struct ShownNotice: Sendable, Equatable {
    var notice: Notice
    var since: Date
    /// Whether the next key leaves it there.
    var outlastsKey = false
  }

  /// The least screen that the board can be read on.
  package static let minimumSize = Size(columns: 40, rows: 10)

  /// The signs to draw with.
  package let glyphs: GlyphSet
  /// What is watched, in a few words.
  package let context: String
  /// How far back the snapshots reach, in words such as `24 hours`; `nil` where nobody says.
  package let window: String?
  /// The folder that is proposed for files to save: absolute, or beginning with `~`.
  package let saveFolder: String
  /// After how long a state is worth a person's time, and a build counts as left behind.
  package let limits: Diagnosis.Limits
  /// The time zone of the clock.
  package let timeZone: TimeZone

  /// The terminal's size.
  package internal(set) var size = Size.zero
  /// The time, as of the last tick: by the servers' clock where the snapshot tells that this
  /// machine's is wrong, for what is shown is compared with the servers' times.
  package internal(set) var now: Date
  /// The time by this machine's clock, as of the last tick.
  var machineTime: Date
  /// What is known.
  package internal(set) var snapshot: Snapshot
  /// When the engine asks again; `nil` where nobody knows.
  package internal(set) var nextRefresh: Date?

  var board = Board()
  /// What lies over the board, the last on top.
  var screens: [Screen] = []
  /// The first line on the screen of what lies over the board.
  var sheetTop = 0
  /// The filter that is being typed; `nil` while none is.
  var filterField: TextField?
  /// What the pager keeps from one text to the next.
  var pagerHabits = PagerHabits()
  var notice: ShownNotice?
  /// What is being saved, in the order in which it was asked for.
  var savings: [Saving] = []
  /// What was sent and is not answered; nothing else is sent meanwhile.
  var underway: Mutation?
  /// Whether there is no board below the screens: leaving the last one ends the program.
  var isViewer = false
  /// What is marked for acting on several.
  var marks: Set<RunKey> = []
  /// The runs of which notice is given on request.
  var watched: Set<RunKey> = []
  /// Whether the operator was told what ending the program would stop.
  var isQuitAsked = false
  /// Whether a dialog was closed by its success since the last tick.
  var hasJustClosed = false
  /// How many bulk actions there were, which numbers the next.
  var bulkCount = 0
  /// The bulk action that is being sent; nothing else is sent meanwhile.
  var bulkUnderway: Int?
  /// The cancels that were sent from here, of runs that are on the board.
  var cancels: [RunKey: SentCancel] = [:]
  /// The run that the cursor goes to as soon as it is on the board.
  var followed: FollowedRun?

  /// Creates the model of a program that has just started.
  /// - Parameters:
  ///   - snapshot: What is known: usually no more than the environments.
  ///   - context: What is watched, in a few words.
  ///   - window: How far back the snapshots reach, such as `24 hours`; `nil` for not saying.
  ///   - saveFolder: The folder that is proposed for files to save: absolute, or beginning with
  ///     `~`.
  ///   - limits: After how long a state is worth a person's time.
  ///   - glyphs: The signs to draw with.
  ///   - timeZone: The time zone of the clock.
  ///   - now: The time.
  package init(
    snapshot: Snapshot, context: String, window: String? = nil, saveFolder: String = "~",
    limits: Diagnosis.Limits = Diagnosis.Limits(), glyphs: GlyphSet = .unicode,
    timeZone: TimeZone = .gmt, now: Date
  ) {
    self.snapshot = snapshot
    self.context = context
    self.window = window
    self.saveFolder = saveFolder
    self.limits = limits
    self.glyphs = glyphs
    self.timeZone = timeZone
    machineTime = now
    self.now = snapshot.clock?.corrected(now) ?? now
    rebuild()
  }

  /// What the keys act on.
  package var focus: Focus {
    if isTooSmall { return .small }
    if let screen = screens.last { return screen.focus }
    return filterField == nil ? .board : .filter
  }

  /// The line that the topmost screen asks for; `nil` while it asks for none.
  var prompt: Prompt? {
    switch screens.last {
    case .pager(let pager): pager.prompt
    case .files(let files): files.prompt
    case .help, .detail, .versions, .dispatch, .refs, .workflows, .tag, .act, .bulk, nil: nil
    }
  }

  /// Whether the terminal is too small to show the board.
  package var isTooSmall: Bool {
    size.columns < Self.minimumSize.columns || size.rows < Self.minimumSize.rows
  }

  /// The deploy that the cursor is on, or whose job it is on; on a run's own screen that run, in the
  /// versions the one that the cell is about.
  package var selectedDeploy: Deploy? {
    if let detail { return detail.newest }
    if let versions { return versions.place?.cell?.acted }
    guard let id = board.selection?.deployID else { return nil }
    return snapshot.sections.first { $0.environment.name == id.environment }?.deploys
      .first { $0.id == id.run }
  }

  /// The job that the cursor is on.
  package var selectedJob: DeployJob? {
    if let detail { return detail.selectedJob }
    if versions != nil { return nil }
    guard case .job(_, let job) = board.selection else { return nil }
    return selectedDeploy?.jobs.first { $0.id == job }
  }

  /// Derives the board anew.
  /// - Parameter isOwnChoice: Whether the operator changed what is shown.
  mutating func rebuild(isOwnChoice: Bool = false) {
    board.resize(height: BoardGeometry(size: size).board.size.rows)
    board.rebuild(
      from: snapshot, width: size.columns, window: window, isOwnChoice: isOwnChoice)
  }
}
