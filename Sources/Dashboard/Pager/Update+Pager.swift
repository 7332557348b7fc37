import Canvas
import Deploys

extension Model {
  /// Opens a text.
  mutating func openPager(_ source: LogSource) -> [Effect] {
    screens.append(.pager(Pager(source: source)))
    return [.openLog(source)]
  }

  /// Takes in what has happened to a text.
  mutating func takeLog(_ source: LogSource, _ news: LogNews) -> [Effect] { [] }

  /// Performs a command of this screen.
  mutating func perform(_ command: PagerCommand, _ key: Key) -> [Effect] { [] }

  /// Moves on this screen.
  mutating func movePager(_ stride: Stride) -> [Effect] { [] }

  /// Goes back by one step: out of what is typed or open on the screen, else off the screen.
  mutating func leavePager() -> [Effect] {
    screens.removeLast()
    return []
  }

  /// Answers a change of the line that is being typed.
  mutating func editPagerPrompt(_ change: (inout TextField) -> Void) -> [Effect] { [] }

  /// Takes the line that was typed.
  mutating func acceptPagerPrompt() -> [Effect] { [] }
}

extension PagerCommand {
  /// Whether the command can be given now, and why not.
  func availability(in model: Model) -> Command.Availability { .enabled }
}
