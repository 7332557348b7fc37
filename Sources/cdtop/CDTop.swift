import ArgumentParser
import Canvas

/// The command line: the board by default, and its scriptable twins.
@main
struct CDTop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cdtop",
    abstract: "top for continuous deployment: GitHub Actions deploys on AWS CodeBuild runners.",
    discussion: """
      Without a subcommand it opens the board. `cdtop demo` opens it on a simulated world and \
      needs no configuration, no account and no network. --config, --read-only, --ascii and --json \
      may stand before the subcommand, too.
      """,
    version: Product.version,
    subcommands: [
      BoardCommand.self, RunsCommand.self, RunCommand.self, LogsCommand.self,
      ArtifactsCommand.self, ViewCommand.self, VersionsCommand.self, DispatchCommand.self,
      TagCommand.self, RetryCommand.self, CancelCommand.self, ApproveCommand.self,
      RejectCommand.self, StopBuildCommand.self, AuditCommand.self, ConfigCommand.self,
      DemoCommand.self, SimulateCommand.self, DocsCommand.self,
    ],
    defaultSubcommand: BoardCommand.self)

  static func main() async {
    StandardStreams.fill()
    let words = GlobalOption.placed(Array(CommandLine.arguments.dropFirst()), below: self)
    var command: any ParsableCommand
    do {
      command = try await asyncParseAsRoot(words)
    } catch {
      let code = exitCode(for: error)
      if code.isSuccess { exit(withError: error) }
      account(for: error, in: words)
      Console.writeError(await complaint(of: error, in: words))
      exit(withError: code)
    }
    do {
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      exit(withError: failure.code)
    } catch let error as ValidationError {
      Console.writeError(usageText(of: error, in: type(of: command)))
      exit(withError: ExitCode.validationFailure)
    } catch {
      exit(withError: error)
    }
  }

  /// What is said of a command line that turned out to be wrong when the command ran, in the form
  /// in which the parser says it of one that is wrong by itself.
  private static func usageText(
    of error: ValidationError, in command: any ParsableCommand.Type
  ) -> String {
    let name = (words(to: command) ?? []).joined(separator: " ")
    let lines = usageString(for: command).split(separator: "\n").joined(separator: "\n       ")
    return "Error: \(PlainText.sanitized(error.message))\nUsage: \(lines)\n"
      + "  See '\(name) --help' for more information.\n"
  }

  /// What the parser says of a command line, with nothing in it that commands a terminal or begins
  /// a line.
  ///
  /// The parser repeats words and parts of them, so that it is asked again with harmless ones.
  private static func complaint(of error: any Error, in words: [String]) async -> String {
    let harmless = words.map { word in
      var shown = ""
      for scalar in word.unicodeScalars {
        shown.unicodeScalars.append(scalar.isUnseen ? "\u{FFFD}" : scalar)
      }
      return shown
    }
    var text = "Error: \(PlainText.sanitized(message(for: error)))"
    if harmless == words {
      text = fullMessage(for: error)
    } else {
      do {
        _ = try await asyncParseAsRoot(harmless)
      } catch {
        if !exitCode(for: error).isSuccess { text = fullMessage(for: error) }
      }
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { PlainText.sanitized(String($0)) + "\n" }.joined()
  }

  /// Tells a program that reads JSON, too, that the command line of a change is wrong.
  private static func account(for error: any Error, in words: [String]) {
    let options = words.prefix { $0 != "--" }
    guard options.contains(GlobalOption.json.rawValue), let name = words.first,
      let command = subcommand(named: name) as? any ChangingCommand.Type
    else { return }
    ChangeSubject(details: command.unknownDetails).refuse(
      ValidationError(message(for: error)), by: command, isPretty: true)
  }
}

/// What the program says of itself.
enum Product {
  /// The version, as the changelog names it.
  static let version = "0.1.0"

  /// What servers see, as GitHub asks of its clients.
  static let userAgent = "cdtop/\(version)"
}
