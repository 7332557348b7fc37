import Deploys
import Foundation
import GitHub
import Store

extension Operator {
  /// The way of every mutation: policy, another look at its target, the intent written down, sent
  /// once, the outcome found out and written down.
  func pass(_ mutation: Mutation, bulk: String? = nil) async -> Passage {
    let audit: AuditLog
    let intent: AuditIntent
    let errand: Errand
    let entry: AuditID
    do {
      let environment = try permitted(mutation)
      audit = try auditLog()
      let login = await viewer.login(from: github)
      errand = try await self.errand(for: mutation, in: environment, by: login)
      try await checkInputs(of: mutation)
      try checkPause(for: mutation)
      intent = try self.intent(of: mutation, errand, by: login, bulk: bulk)
      try checkRepetition(of: intent, in: audit)
      try Task.checkCancellation()
      entry = try audit.begin(intent)
    } catch {
      return unsent(mutation, error)
    }
    let sentAt = now()
    // In a task of its own, which nobody cancels: what is on its way is carried to its end.
    let ending = await Task { await end(of: mutation, errand) }.value
    var passage = Passage(outcome: ending.outcome, sentAt: sentAt, limit: ending.limit)
    if case .done = ending.outcome { remember(mutation) }
    do {
      try audit.finish(entry, ending.record)
    } catch {
      passage.outcome = passage.outcome.adding(
        "; this outcome could not be written to the audit log: \(error.message)")
    }
    return passage
  }

  /// How a mutation ended, for the operator and for the audit log.
  private struct Ending {
    var outcome: OperationOutcome
    var record: AuditOutcome
    var limit: Limit?

    init(_ outcome: OperationOutcome, limit: Limit? = nil, isSent: Bool = true) {
      self.outcome = outcome
      self.limit = limit
      record =
        switch outcome {
        case .done(let message, let run): .done(message: message, run: run)
        case .refused(let message, _):
          isSent ? .refused(message: message) : .notSent(message: message)
        case .unknown(let message): .unknown(message: message)
        }
    }
  }

  /// Sends a mutation, once, and finds out how it ended.
  private func end(of mutation: Mutation, _ errand: Errand) async -> Ending {
    do {
      let deed = await errand.deed(try await send(mutation))
      return Ending(.done(message: deed.message, run: deed.run))
    } catch {
      switch Setback(error, of: mutation, at: now()) {
      case .notSent(let refusal):
        return Ending(
          .refused(message: refusal.message, remedy: refusal.remedy), isSent: false)
      case .refused(let refusal):
        return Ending(.refused(message: refusal.message, remedy: refusal.remedy))
      case .limited(let limit):
        return Ending(limit.outcome(of: mutation), limit: limit)
      case .lost(let reason):
        return Ending(await outcome(of: mutation, errand, lost: reason))
      }
    }
  }

  /// Looks for the outcome again and again, until it is found or the looks are used up.
  ///
  /// A look that fails is followed by the next; the outcome stays unknown if none fares better.
  private func outcome(
    of mutation: Mutation, _ errand: Errand, lost reason: String
  ) async -> OperationOutcome {
    var seen = "nobody could look yet"
    for look in 0..<Self.looks {
      do {
        if look > 0 { try await sleep(.seconds(min(look, 3))) }
        switch try await errand.look() {
        case .settled(let outcome): return outcome
        case .open(let sight): seen = sight
        }
      } catch {
        if let error = error as? GitHubError { seen = "looking failed too: \(error.message)" }
        continue
      }
    }
    return .unknown(
      message: "\(errand.summary): sent, and the answer was lost (\(reason)); \(seen), so it may "
        + "or may not have been taken. Look before you try again.")
  }

  /// What a mutation that was stopped before its sending ends with.
  private func unsent(_ mutation: Mutation, _ error: any Error) -> Passage {
    switch error {
    case let refusal as Refusal:
      return Passage(outcome: .refused(message: refusal.message, remedy: refusal.remedy))
    case let error as StoreError:
      return Passage(
        outcome: .refused(
          message: "nothing was sent: what is about to be done cannot be written to the audit "
            + "log: \(error.message)", remedy: error.remedy))
    case is CancellationError:
      return Passage(
        outcome: .refused(
          message: "stopped before \(mutation.name) was sent", remedy: "Ask for it again."),
        isCalledBack: true)
    default:
      break
    }
    if case .limited(let limit) = Setback(error, of: mutation, at: now()) {
      return Passage(outcome: limit.outcome(of: mutation), limit: limit)
    }
    let failure = Refusal(reading: error)
    return Passage(
      outcome: .refused(
        message: "nothing was sent: the target could not be read again: \(failure.message)",
        remedy: failure.remedy))
  }

  /// Where the audit log is; nothing is sent without one.
  private func auditLog() throws(Refusal) -> AuditLog {
    guard let state else {
      throw Refusal(
        message: "nothing is sent without an audit log, and there is none",
        remedy: "Set XDG_STATE_HOME to a folder that you may write to, and start again; "
          + "the start says what was wrong with the present one.")
    }
    return state.audit
  }

  /// Stops where GitHub wants to be left alone, so that nothing is written down as sent.
  private func checkPause(for mutation: Mutation) throws(Limit) {
    guard case .github = mutation.change, let until = github.pausedUntil else { return }
    throw Limit(until: until, why: "GitHub asks to wait")
  }

  /// Stops what an earlier process was about to send in the same words, and left no word of its end:
  /// nobody can tell whether it would be the second time.
  private func checkRepetition(of intent: AuditIntent, in audit: AuditLog) throws {
    let earlier = try audit.unfinished().first {
      $0.intent.request == intent.request && $0.intent.target == intent.target
        && $0.intent.repository == intent.repository
    }
    guard let earlier else { return }
    throw Refusal(
      message: "\(earlier.intent.summary) was about to be sent at "
        + "\(earlier.startedAt.formatted(.iso8601)) by a cdtop that ended before it could write "
        + "down how that went",
      remedy: "Look whether it was done; `cdtop audit --acknowledge \(earlier.id)` says that you "
        + "have, and lets it through.")
  }

  private func intent(
    of mutation: Mutation, _ errand: Errand, by login: String?, bulk: String?
  ) throws -> AuditIntent {
    let request = try request(for: mutation)
    return AuditIntent(
      mutation.action, of: mutation.target, environment: mutation.environment,
      repository: mutation.repository, service: errand.service, summary: errand.summary,
      request: AuditIntent.Request(
        method: request.method, path: Self.path(of: request.url), body: request.body),
      login: login, bulk: bulk)
  }

  /// The part of an address behind its host.
  private static func path(of url: String) -> String {
    guard let slashes = url.firstRange(of: "://") else { return url }
    let path = url[slashes.upperBound...].drop { $0 != "/" }
    return path.isEmpty ? "/" : String(path)
  }

  func errand(
    for mutation: Mutation, in environment: Environment, by login: String?
  ) async throws -> Errand {
    switch mutation {
    case .dispatch(let request):
      try await errand(dispatching: request, in: environment, by: login)
    case .retry(let request): try await errand(retrying: request, in: environment, by: login)
    case .cancel(let request): try await errand(cancelling: request, in: environment)
    case .stopBuild(let request): try await errand(stopping: request, in: environment)
    case .review(let request): try await errand(reviewing: request, in: environment)
    case .tag(let request): try await errand(tagging: request, in: environment)
    }
  }
}

extension Limit {
  /// What an operator is told who waits for no end of it.
  func outcome(of mutation: Mutation) -> OperationOutcome {
    .refused(
      message: "\(why) until \(until.formatted(.iso8601)): \(mutation.name) was not taken",
      remedy: "Try again after that time.")
  }
}

extension OperationOutcome {
  /// The same outcome, with more to say about it.
  fileprivate func adding(_ words: String) -> OperationOutcome {
    switch self {
    case .done(let message, let run): .done(message: message + words, run: run)
    case .refused(let message, let remedy): .refused(message: message + words, remedy: remedy)
    case .unknown(let message): .unknown(message: message + words)
    }
  }
}
