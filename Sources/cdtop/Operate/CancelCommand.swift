import ArgumentParser
import Deploys

/// `cdtop cancel`: ends a run.
struct CancelCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel a run that goes on.",
    discussion: """
      Jobs may still do what they do `if: always()`; --force ends them too, and is meant for a \
      cancel that has hung for a minute or two. A cancel does not stop CodeBuild: a build whose \
      job is gone is ended by `cdtop stop-build`. \(MutationOptions.exitCodes)
      """)

  @OptionGroup var options: MutationOptions

  @Argument(help: "A run's id or URL, or SERVICE@ENV for the newest run.")
  var run: String

  @Flag(name: .long, help: "End jobs that would go on in spite of a cancel, too.")
  var force = false

  func run() async throws {
    try await options.carryOut(by: Self.self) { session, subject in
      let found = try await session.finder.run(run)
      subject.take(found)
      let request = CancelRequest(
        run: found.run.key, attempt: found.run.attempt, isForced: force,
        environment: found.environment.name)
      return Proposal(
        mutation: .cancel(request), environment: found.environment,
        question: ["\(force ? "Force-cancel" : "Cancel") \(found.words)."], url: found.run.url)
    }
  }
}
