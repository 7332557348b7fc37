import ArgumentParser
import Canvas
import Deploys
import Foundation
import GitHub
import Operations

/// The options of every command that changes something.
struct MutationOptions: ParsableArguments {
  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var consent: ConsentOptions

  @Flag(name: .long, help: "Check everything, print the requests, and send none of them.")
  var dryRun = false

  @Flag(name: .long, help: "Print how it ended as one JSON object.")
  var json = false

  /// What the help of every such command says of its end.
  static let exitCodes = """
    --dry-run prints each request that would be sent, and changes nothing. Everything that is sent \
    is written to the audit log before and after: `cdtop audit` shows it. \
    Exit codes: 0 done, 1 refused, 3 sent and nobody can tell whether it was taken, 64 usage, \
    78 configuration. docs/json.md describes --json.
    """

  /// Finds out what is to be done, gets a person's word for it, and does it.
  /// - Parameters:
  ///   - propose: Finds out what is to be done.
  ///   - follow: Goes on after it was done, with the run that it made or changed.
  /// - Throws: An exit code, after having said what is wrong.
  func carryOut(
    _ propose: (Session) async throws -> Proposal,
    then follow: ((Session, RunKey?) async throws -> Void)? = nil
  ) async throws {
    let session = try await Session.open(configuration, keeping: .file)
    try await session.closing {
      await session.warnOfUnfinished()
      let proposal = try await reading { try await propose(session) }
      try consent.checkName(of: proposal.environment)
      if !json { proposal.plan.forEach { Console.print(PlainText.sanitized($0)) } }
      if dryRun {
        try await rehearse(proposal, session)
        return
      }
      if let reason = proposal.environment.readOnlyReason {
        throw Console.failure(
          "\(proposal.environment.name) is read-only: \(reason)", remedy: "Nothing was sent.")
      }
      try consent.obtain(for: proposal.question, in: proposal.environment)
      let interruption = Interruption(of: proposal.mutation.name)
      let outcome = await session.operations.perform(proposal.mutation)
      interruption.end()
      try await report(outcome, of: proposal, session, isPretty: follow == nil)
      guard case .done(_, let run) = outcome else { return }
      try await reading { try await follow?(session, run ?? proposal.mutation.run) }
    }
  }

  /// Says what a reader's error means.
  private func reading<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch let error as GitHubError {
      throw Console.failure(error.message, remedy: error.remedy)
    } catch let failure as ReadFailure {
      throw Console.failure(failure.message, remedy: failure.remedy)
    }
  }

  /// Prints what would be sent, unless it would be refused before.
  private func rehearse(_ proposal: Proposal, _ session: Session) async throws {
    if let obstacle = await session.operations.obstacle(to: proposal.mutation) {
      throw Console.failure(obstacle.message, remedy: obstacle.remedy)
    }
    let requests = session.operations.requests(for: proposal.mutation)
    guard !requests.isEmpty else {
      throw Console.failure(
        "where the request would go is not known", remedy: "Give the environment's aws a region.")
    }
    let environment = proposal.environment
    if json {
      Console.print(
        try proposal.json(
          outcome: "dry_run", message: "nothing was sent", remedy: nil,
          run: proposal.mutation.run, url: proposal.url, requests: requests
        ).text(isPretty: true))
    } else {
      requests.flatMap(\.lines).forEach { Console.print(PlainText.sanitized($0)) }
    }
    var remark: String?
    if let reason = environment.readOnlyReason {
      remark = "\(environment.name) is read-only, so that it would be refused: \(reason)"
    } else if environment.isProtected {
      remark = "\(environment.name) is protected: it takes --yes --confirm \(environment.name)."
    }
    Console.complain(
      "nothing was sent: --dry-run.\n"
        + proposal.question.map(PlainText.sanitized).joined(separator: "\n"),
      remedy: remark)
  }

  private func report(
    _ outcome: OperationOutcome, of proposal: Proposal, _ session: Session, isPretty: Bool
  ) async throws {
    var run = proposal.mutation.run
    var url = proposal.url
    if case .done(_, let made?) = outcome {
      run = made
      if url == nil { url = try? await session.github.currentRun(made).url }
    }
    if json {
      let requests = session.operations.requests(for: proposal.mutation)
      Console.print(
        try proposal.json(outcome, run: run, url: url, requests: requests)
          .text(isPretty: isPretty))
    }
    if json, case .done = outcome { return }
    try outcome.report(url: url)
  }
}

extension PlannedRequest {
  /// The request as lines for people.
  fileprivate var lines: [String] {
    ["\(method) \(url)" + (operation.map { "  \($0)" } ?? "")] + [body].compactMap(\.self)
  }

  /// The form that `docs/json.md` documents.
  var json: JSONValue {
    .object([
      "method": .string(method), "url": .string(url), "operation": JSONValue(operation),
      "body": JSONValue(body),
    ])
  }
}
