import AWS
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
  ///
  /// With `--json` one object is printed, whatever comes of it.
  /// - Parameters:
  ///   - command: The command that does it.
  ///   - propose: Finds out what is to be done, and tells what it has found on the way.
  ///   - follow: Goes on after it was done, with the run that it made or changed.
  /// - Throws: What to leave with, after having said what is wrong.
  func carryOut(
    by command: any ChangingCommand.Type,
    _ propose: (Session, inout ChangeSubject) async throws -> Proposal,
    then follow: ((Session, RunKey?) async throws -> Void)? = nil
  ) async throws {
    var account = Account(
      subject: ChangeSubject(details: command.unknownDetails), isPretty: follow == nil)
    do {
      try await carryOut(&account, propose, then: follow)
    } catch {
      if json, !account.isGiven {
        account.subject.refuse(error, by: command, isPretty: account.isPretty)
      }
      throw error
    }
  }

  /// What a program that reads JSON is told.
  private struct Account {
    /// What is known so far.
    var subject: ChangeSubject
    /// Whether it is written for people, too; with lines that may follow it takes one of its own.
    var isPretty: Bool
    /// Whether the object has been printed.
    var isGiven = false

    mutating func give(_ answer: JSONValue) throws {
      isGiven = true
      Console.print(try answer.text(isPretty: isPretty))
    }

    /// What is printed where somebody leaves before the end of a change is known.
    func lastWord(on mutation: Mutation, _ requests: [PlannedRequest]) throws -> String {
      try subject.json(
        .unknown(message: "left before the end of \(mutation.name) was known"),
        requests: requests
      ).text(isPretty: isPretty)
    }
  }

  private func carryOut(
    _ account: inout Account,
    _ propose: (Session, inout ChangeSubject) async throws -> Proposal,
    then follow: ((Session, RunKey?) async throws -> Void)?
  ) async throws {
    // A rehearsal leaves nothing behind, on this machine either.
    let session = try await Session.open(configuration, keeping: dryRun ? .existing : .file)
    try await session.closing {
      await session.warnOfUnfinished()
      let proposal = try await reading { try await propose(session, &account.subject) }
      account.subject.take(proposal)
      try consent.checkNames(of: proposal.reached)
      if !json { proposal.plan.forEach { Console.print(PlainText.sanitized($0)) } }
      if dryRun {
        try await rehearse(proposal, session, &account)
        return
      }
      if let reason = proposal.readOnlyReason {
        throw Console.failure(reason, remedy: "Nothing was sent.")
      }
      try consent.obtain(for: proposal.question, in: proposal.reached)
      let requests = session.operations.requests(for: proposal.mutation)
      let interruption = Interruption(
        of: proposal.mutation.name,
        lastWord: json ? try account.lastWord(on: proposal.mutation, requests) : nil)
      let outcome = await session.operations.perform(proposal.mutation)
      interruption.end()
      try await report(outcome, requests, session, &account)
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
    } catch let error as AWSError {
      throw Console.failure(error.message, remedy: error.remedy)
    } catch let failure as ReadFailure {
      throw Console.failure(failure.message, remedy: failure.remedy)
    }
  }

  /// Prints what would be sent, unless it would be refused before.
  private func rehearse(
    _ proposal: Proposal, _ session: Session, _ account: inout Account
  ) async throws {
    if let obstacle = await session.operations.obstacle(to: proposal.mutation) {
      throw Console.failure(obstacle.message, remedy: obstacle.remedy)
    }
    let requests = session.operations.requests(for: proposal.mutation)
    guard !requests.isEmpty else {
      throw Console.failure(
        "where the request would go is not known", remedy: "Give the environment's aws a region.")
    }
    if json {
      account.isPretty = true
      try account.give(
        account.subject.json(
          outcome: "dry_run", message: "nothing was sent", remedy: nil, requests: requests))
    } else {
      requests.flatMap(\.lines).forEach { Console.print(PlainText.sanitized($0)) }
    }
    Console.complain(
      ["nothing was sent: --dry-run."] + proposal.question,
      remedies: proposal.remark.map { [$0] } ?? [])
  }

  private func report(
    _ outcome: OperationOutcome, _ requests: [PlannedRequest], _ session: Session,
    _ account: inout Account
  ) async throws {
    if case .done(_, let made?) = outcome {
      account.subject.run = made
      account.subject.repository = made.repository
      if account.subject.url == nil {
        account.subject.url = try? await session.github.currentRun(made).url
      }
    }
    if json { try account.give(account.subject.json(outcome, requests: requests)) }
    if json, case .done = outcome { return }
    try outcome.report(url: account.subject.url)
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
