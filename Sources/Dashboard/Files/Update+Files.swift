import Canvas
import Deploys

extension Model {
  /// Opens a container.
  mutating func openFiles(_ container: FileContainer) -> [Effect] {
    screens.append(.files(FileBrowser(container: container)))
    return [.listFiles(container)]
  }

  /// Takes in what has happened to a container.
  mutating func takeFiles(_ container: FileContainer, _ news: FilesNews) -> [Effect] { [] }

  /// Takes in what has become of a file that is written, whichever screen asked for it.
  mutating func takeSaved(_ request: SaveRequest, _ news: SaveNews) -> [Effect] { [] }

  /// Performs a command of this screen.
  mutating func perform(_ command: FilesCommand, _ key: Key) -> [Effect] { [] }

  /// Moves on this screen.
  mutating func moveFiles(_ stride: Stride) -> [Effect] { [] }

  /// Goes back by one step: out of what is typed or open on the screen, else off the screen.
  mutating func leaveFiles() -> [Effect] {
    screens.removeLast()
    return []
  }

  /// Answers a change of the line that is being typed.
  mutating func editFilesPrompt(_ change: (inout TextField) -> Void) -> [Effect] { [] }

  /// Takes the line that was typed.
  mutating func acceptFilesPrompt() -> [Effect] { [] }
}

extension FilesCommand {
  /// Whether the command can be given now, and why not.
  func availability(in model: Model) -> Command.Availability { .enabled }
}
