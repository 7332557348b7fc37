package import Canvas

/// Which key gives which command, read from the table of commands.
package struct KeyMap: Sendable, Hashable {
  /// The keys as the table has them.
  package static let standard = KeyMap(commands: Command.allCases)

  private var commands: [Focus: [Key: Command]] = [:]

  private init(commands all: [Command]) {
    for command in all {
      for binding in command.entry.bindings {
        for focus in binding.focuses {
          for key in binding.keys { commands[focus, default: [:]][key] = command }
        }
      }
    }
  }

  /// The command that a key gives; `nil` where it gives none.
  package func command(for key: Key, in focus: Focus) -> Command? { commands[focus]?[key] }
}

extension Command {
  /// The keys that give it, the one to advertise first; empty where it cannot be given.
  package func keys(in focus: Focus) -> [Key] {
    entry.bindings.filter { $0.focuses.contains(focus) }.flatMap(\.keys)
  }
}
