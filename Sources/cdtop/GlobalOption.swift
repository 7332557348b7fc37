import ArgumentParser

/// The options that may stand before the subcommand, too: `cdtop --read-only retry ID`.
enum GlobalOption: String, CaseIterable {
  case config = "--config"
  case readOnly = "--read-only"
  case ascii = "--ascii"
  case json = "--json"

  /// Whether a value follows it, unless one stands behind an equals sign.
  private var takesValue: Bool { self == .config }

  /// Puts the options that stand before a subcommand behind it, where its own stand.
  ///
  /// Those that have no meaning for a subcommand are left out, so that a shell's alias with such an
  /// option serves for all of them; `--json`, which changes what is printed, is never left out.
  /// - Parameters:
  ///   - words: The command line without the program's name.
  ///   - root: The command that the first word is a subcommand of.
  /// - Returns: The command line; as it was where no subcommand follows the options.
  static func placed(_ words: [String], below root: any ParsableCommand.Type) -> [String] {
    var rest = words[...]
    var given: [(option: GlobalOption, words: [String])] = []
    var path: [String] = []
    var command = root
    while let word = rest.first {
      if let option = allCases.first(where: { $0.isMeant(by: word) }) {
        rest.removeFirst()
        var taken = [word]
        if option.takesValue, word == option.rawValue {
          guard let value = rest.popFirst() else { return words }
          taken.append(value)
        }
        given.append((option, taken))
      } else if word == "help", path.isEmpty, !given.isEmpty {
        return Array(rest)
      } else if let next = command.subcommand(named: word) {
        rest.removeFirst()
        path.append(word)
        command = next
        // The options of a command without subcommands stand where they belong already.
        if command.configuration.subcommands.isEmpty { break }
      } else {
        break
      }
    }
    guard !path.isEmpty else { return words }
    return path + given.filter { $0.option.isTaken(by: command) }.flatMap(\.words) + rest
  }

  private func isMeant(by word: String) -> Bool {
    word == rawValue || (takesValue && word.hasPrefix(rawValue + "="))
  }

  /// Whether a command has the option.
  private func isTaken(by command: any ParsableCommand.Type) -> Bool {
    let isBoard = command == BoardCommand.self
    let isDemo = command == DemoCommand.self
    let isView = command == ViewCommand.self
    let isApart =
      isDemo || isView || command == SimulateCommand.self || command == DocsCommand.self
      || command == ConfigExampleCommand.self
    return switch self {
    case .config: !isApart
    case .readOnly: !isApart || isDemo
    case .ascii: isBoard || isDemo || isView
    case .json: true
    }
  }
}

extension ParsableCommand {
  /// The subcommand that a word names.
  static func subcommand(named word: String) -> (any ParsableCommand.Type)? {
    configuration.subcommands.first { $0.configuration.commandName == word }
  }

  /// The words by which a command below this one is called, this one's name first.
  static func words(to command: any ParsableCommand.Type) -> [String]? {
    let name = configuration.commandName ?? _commandName
    if command == self { return [name] }
    return configuration.subcommands.lazy.compactMap { $0.words(to: command) }.first
      .map { [name] + $0 }
  }
}
