import Dashboard
import Deploys
import Foundation
import Operations
import Polling
import Synchronization
import TerminalIO

/// Performs the effects of operating deploys: what a form has to know, and what is sent.
final class OperationRunner: Sendable {
  private struct Bulk {
    var task: Task<Void, Never>
    /// How many changes it has not yet sent, or whose end is not known.
    var open: Int
    var total: Int
  }

  /// What was under way when the board was left.
  struct Remains {
    /// How changes ended that no screen has shown.
    var outcomes: [OperationOutcome] = []
    /// What was not sent any more, in words; `nil` for nothing.
    var unsent: String?
  }

  private struct State {
    var tasks: [Int: Task<Void, Never>] = [:]
    var bulks: [Int: Bulk] = [:]
    var count = 0
    /// How operations ended since the board was left.
    var unshown: [OperationOutcome]?
  }

  private let session: Session
  private let notices: NoticeRunner
  private let mailbox: Mailbox<Message>
  private let state = Mutex(State())

  init(session: Session, notices: NoticeRunner, mailbox: Mailbox<Message>) {
    self.session = session
    self.notices = notices
    self.mailbox = mailbox
  }

  /// Starts an effect; one of another kind is passed over.
  func start(_ effect: Effect) {
    let operations = session.operations
    switch effect {
    case .loadDispatchForm(let target, let ref):
      answer {
        .dispatchFormLoaded(target, ref: ref, await operations.dispatchForm(for: target, at: ref))
      }
    case .loadWorkflows:
      Task {
        let listing = await operations.workflows()
        mailbox.post(.workflowsLoaded(listing))
        // What can be started by hand takes a request for each, and the list does not wait for it.
        mailbox.post(.workflowsLoaded(await operations.withTriggers(listing)))
      }
    case .loadRefs(let repository, let kind, let page):
      answer {
        .refsLoaded(
          repository, kind, page: page,
          await operations.refs(of: repository, kind: kind, page: page))
      }
    case .loadTagPlan(let query):
      answer { .tagPlanLoaded(query, await operations.tagPlan(query)) }
    case .loadVersions:
      answer { .versionsLoaded(await operations.versions()) }
    case .loadPending(let run):
      answer { .pendingLoaded(run, await operations.pendingDeployments(of: run)) }
    case .preview(let mutation):
      mailbox.post(.previewed(mutation, operations.requests(for: mutation)))
    case .mutate(let mutation):
      mutate(mutation)
    case .mutateAll(let number, let mutations):
      mutateAll(number, mutations)
    case .stopBulk(let number):
      state.withLock { $0.bulks[number] }?.task.cancel()
    case .refreshNow, .openInBrowser, .copy, .inspect, .openLog, .closeLog, .workOnLog, .lendLog,
      .listFiles, .closeFiles, .save, .cancelSave, .follow, .writeTerminal, .suspend, .quit:
      break
    }
  }

  /// Waits for what is under way; of several mutations none but the one under way is sent.
  /// - Returns: How they ended, which no screen has shown.
  func finish() async -> Remains {
    let (tasks, bulks) = state.withLock { state in
      state.unshown = []
      return (Array(state.tasks.values), state.bulks)
    }
    for bulk in bulks.values { bulk.task.cancel() }
    for task in tasks { await task.value }
    for bulk in bulks.values { await bulk.task.value }
    return state.withLock { state in
      let rest = state.bulks.values.reduce(0) { $0 + $1.open }
      let total = state.bulks.values.reduce(0) { $0 + $1.total }
      let unsent =
        rest == 0
        ? nil : "\(rest) of \(total) changes were not sent; `cdtop audit` tells what was"
      return Remains(outcomes: state.unshown ?? [], unsent: unsent)
    }
  }

  private func answer(_ read: @escaping @Sendable () async -> Message) {
    Task { mailbox.post(await read()) }
  }

  private func mutate(_ mutation: Mutation) {
    state.withLock { state in
      state.count += 1
      let id = state.count
      state.tasks[id] = Task {
        let outcome = await session.operations.perform(mutation)
        await follow(outcome, of: mutation)
        self.state.withLock {
          $0.unshown?.append(outcome)
          $0.tasks[id] = nil
        }
        mailbox.post(.mutated(mutation, outcome))
      }
    }
  }

  private func mutateAll(_ number: Int, _ mutations: [Mutation]) {
    state.withLock { state in
      let task = Task {
        await session.operations.performAll(mutations, bulk: UUID().uuidString) { news in
          if case .ended(let index, let outcome) = news, mutations.indices.contains(index) {
            await follow(outcome, of: mutations[index])
            self.state.withLock {
              $0.unshown?.append(outcome)
              $0.bulks[number]?.open -= 1
            }
          }
          mailbox.post(.bulk(number, news))
        }
        // What was called back on the screen is no news when the board is left.
        self.state.withLock { if $0.unshown == nil { $0.bulks[number] = nil } }
      }
      state.bulks[number] = Bulk(task: task, open: mutations.count, total: mutations.count)
    }
  }

  /// Makes the engine, and the notices, follow what an operation has created or changed.
  private func follow(_ outcome: OperationOutcome, of mutation: Mutation) async {
    switch outcome {
    case .done(_, let run?):
      notices.follow(run, true)
      await session.poller.track(run)
    case .done(_, nil), .unknown:
      if let repository = mutation.repository {
        await session.poller.expectRun(in: repository)
      } else {
        await session.poller.refresh()
      }
    case .refused: await session.poller.refresh()
    }
  }
}

extension Mutation {
  /// The repository in which a run may come of it, where that is known.
  fileprivate var repository: RepositoryName? {
    switch self {
    case .dispatch(let request): request.repository
    case .tag(let request): request.repository
    case .retry, .cancel, .review, .stopBuild: run?.repository
    }
  }
}
