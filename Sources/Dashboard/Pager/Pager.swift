import Canvas
import Deploys
import Foundation
import LogText

/// The pager: one text, or a job's log and its runner's beside each other.
struct Pager: Sendable, Equatable {
  let request: PagerRequest
  /// The folder that is proposed for saving.
  let saveFolder: String
  /// The size of the terminal.
  var size: Size
  var habits: PagerHabits
  /// The job as it is now.
  var job: DeployJob?
  /// The texts that were asked for, in that order.
  var texts: [PagerText] = []
  /// The text that is on the screen, or would be if it were there.
  var shown: LogSource
  /// What is being asked of the operator; `nil` for nothing.
  var question: PagerQuestion?
  /// What is being written to a file; `nil` for nothing.
  var saving: PagerSaving?
  /// What could not be saved last, so that its path is there for the next try.
  var failedSave: SaveRequest?
  /// Whether the job's log has been on the screen.
  var hasSeenLog = false
  /// What is to be said in the footer.
  var notice: Notice?

  /// The line that is being typed; `nil` for none.
  var prompt: Prompt? { question?.prompt }

  init(_ request: PagerRequest, size: Size, habits: PagerHabits, saveFolder: String) {
    self.request = request
    self.size = size
    self.habits = habits
    self.saveFolder = saveFolder
    job = request.job
    shown = request.source
  }
}

extension Pager {
  /// The text on the screen; `nil` where it was not asked for.
  var text: PagerText? { text(shown) }

  /// What is shown of the text on the screen; `nil` while there is nothing to show.
  var log: LogPager? { text?.visibleLog }

  func text(_ source: LogSource) -> PagerText? { texts.first { $0.source == source } }

  /// Changes the text on the screen.
  mutating func changeText(_ change: (inout PagerText) -> [Effect]) -> [Effect] {
    changeText(shown, change)
  }

  /// Changes one of the texts, and says what that has led to where it is not seen.
  mutating func changeText(
    _ source: LogSource, _ change: (inout PagerText) -> [Effect]
  ) -> [Effect] {
    guard let index = texts.firstIndex(where: { $0.source == source }) else { return [] }
    let before = texts[index].log?.status.message
    let effects = change(&texts[index])
    if texts[index].log?.status.message != before, source == shown { sayMessage() }
    return effects
  }

  /// Says what the last thing that was asked for has led to.
  mutating func sayMessage() {
    guard let text, !text.awaitsError, let message = text.log?.status.message else { return }
    notice = Notice(message, .warning)
  }

  /// Changes what is shown of the text on the screen.
  mutating func changeLog(_ change: (inout LogPager) -> [LogWork]) -> [Effect] {
    changeText { $0.change(change) }
  }

  /// Takes in what has happened to one of the texts.
  mutating func take(_ source: LogSource, _ news: LogNews) -> [Effect] {
    let layout = PagerLayout(self)
    let (habits, steps) = (habits, job?.job.steps ?? [])
    let wasLate = isLate
    let wanted = text(source)?.wantedStep
    let effects = changeText(source) {
      $0.take(
        news, columns: layout.text.size.columns, rows: layout.text.size.rows, habits: habits,
        steps: steps)
    }
    if let wanted, source == shown { sayWhyWhole(wanted) }
    noteSeen()
    return effects + followLateLog(wasLate: wasLate)
  }

  /// Gives the text the room that there is for it now.
  mutating func fit() -> [Effect] {
    guard let log = text?.log else { return [] }
    let room = PagerLayout(self).text.size
    guard room.columns != log.columns || room.rows != log.height else { return [] }
    return changeLog { $0.resize(columns: room.columns, rows: room.rows) }
  }

  /// Changes the choices about the view, for every text that is open.
  mutating func changeOptions(_ change: (inout PagerHabits) -> Void) -> [Effect] {
    change(&habits)
    let habits = habits
    return texts.map(\.source).flatMap { source in
      changeText(source) { text in
        text.change { log in
          var options = log.options
          options.wraps = habits.wraps
          options.timestamps = habits.timestamps
          return options == log.options ? [] : log.setOptions(options)
        }
      }
    }
  }
}
