import ArgumentParser
import Deploys
import Foundation
import GitHub
import Operations
import Settings

/// `cdtop approve`: lets a run go on that waits for a review.
struct ApproveCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Approve what a run waits to deploy to.",
    discussion: ReviewOptions.discussion)
  static let unknownDetails = ReviewOptions.unknownDetails

  @OptionGroup var review: ReviewOptions

  func run() async throws { try await review.carryOut(by: Self.self, isApproval: true) }
}

/// `cdtop reject`: ends a run that waits for a review.
struct RejectCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: "Reject what a run waits to deploy to, which fails it.",
    discussion: ReviewOptions.discussion)
  static let unknownDetails = ReviewOptions.unknownDetails

  @OptionGroup var review: ReviewOptions

  func run() async throws { try await review.carryOut(by: Self.self, isApproval: false) }
}

/// What an approval and a rejection have in common.
struct ReviewOptions: ParsableArguments {
  static let discussion = """
    The environments are those of GitHub, in the repository's settings, whose reviewers are asked; \
    where only one is waited for it need not be named. Where the token's user may not answer, it \
    is said who may. \(MutationOptions.exitCodes)
    """

  static let unknownDetails: [String: JSONValue] = ["github_environments": .array([])]

  @OptionGroup var options: MutationOptions

  @Argument(help: "A run's id or URL, or SERVICE@ENV for the newest run.")
  var run: String

  @Option(
    name: .customLong("environment"),
    help: ArgumentHelp(
      "An environment on GitHub that is waited for; may be given several times.",
      valueName: "name"))
  var environments: [String] = []

  @Option(name: .long, help: "What GitHub shows beside the answer.")
  var comment = ""

  func carryOut(by command: any ChangingCommand.Type, isApproval: Bool) async throws {
    try await options.carryOut(by: command) { session, subject in
      let found = try await session.finder.run(run)
      subject.take(found)
      let pending: [PendingDeployment]
      switch await session.operations.pendingDeployments(of: found.run.key) {
      case .failed(let failure): throw failure
      case .pending(let all): pending = all
      }
      let chosen = try chosen(among: pending, of: found.run)
      let guarded = chosen.compactMap {
        session.configuration.environments.named(onGitHub: $0.target.name)
      }.guarded(besides: found.environment.name)
      let request = ReviewRequest(
        run: found.run.key, attempt: found.run.attempt, targets: chosen.map(\.target),
        isApproval: isApproval, comment: comment, environment: found.environment.name,
        confirmed: guarded.map(\.name))
      let names = chosen.map(\.target.name).joined(separator: ", ")
      return Proposal(
        mutation: .review(request), environment: found.environment, guarded: guarded,
        question: ["\(isApproval ? "Approve" : "Reject") \(names) for \(found.words)."]
          + (comment.isEmpty ? [] : ["  comment: \(comment)"])
          + chosen.compactMap { $0.timerWords(at: session.github.time) },
        url: found.run.url,
        details: ["github_environments": .array(chosen.map { .string($0.target.name) })])
    }
  }

  private func chosen(
    among pending: [PendingDeployment], of run: WorkflowRun
  ) throws -> [PendingDeployment] {
    let names = pending.map(\.target.name).joined(separator: ", ")
    guard !pending.isEmpty else {
      throw Console.failure(
        "run \(run.key.id) waits for no review", remedy: "`cdtop run \(run.key.id)` shows it.")
    }
    for name in environments where !pending.contains(where: { $0.target.name == name }) {
      throw Console.failure(
        "run \(run.key.id) does not wait for \(name)", remedy: "It waits for \(names).")
    }
    let chosen =
      environments.isEmpty
      ? pending : pending.filter { environments.contains($0.target.name) }
    if environments.isEmpty, chosen.count > 1 {
      throw Console.failure(
        "run \(run.key.id) waits for several environments: \(names)",
        remedy: "Name those that are meant, each with --environment.")
    }
    for one in chosen where !one.canApprove {
      throw Console.failure(
        "the token's user may not answer for \(one.target.name)",
        remedy: one.reviewers.isEmpty
          ? "Ask somebody who may." : "Ask one of: \(one.reviewers.joined(separator: ", ")).")
    }
    return chosen
  }
}

extension PendingDeployment {
  /// How long the environment makes the run wait besides; `nil` for not at all.
  fileprivate func timerWords(at now: Date) -> String? {
    guard waitTimer > .zero else { return nil }
    guard let waitingSince else {
      return "  \(target.name) makes every deploy wait for \(waitTimer.shortText)"
    }
    let left = waitTimer - Duration(from: waitingSince, to: now)
    guard left > .zero else { return nil }
    return "  \(target.name) makes it wait for \(left.shortText) more"
  }
}
