import ArgumentParser

/// The command line: the board by default, and its scriptable twins.
@main
struct CDTop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cdtop",
    abstract: "top for continuous deployment: GitHub Actions deploys on AWS CodeBuild runners.",
    discussion: """
      Without a subcommand it opens the board. `cdtop demo` opens it on a simulated world and \
      needs no configuration, no account and no network.
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
}

/// What the program says of itself.
enum Product {
  /// The version, as the changelog names it.
  static let version = "0.1.0"

  /// What servers see, as GitHub asks of its clients.
  static let userAgent = "cdtop/\(version)"
}
