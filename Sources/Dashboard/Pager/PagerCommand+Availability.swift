import Deploys
import LogText

extension PagerCommand {
  /// Whether the command can be given now, and why not.
  func availability(in model: Model) -> Command.Availability {
    guard case .pager(let pager) = model.screens.last else { return .hidden }
    return availability(in: pager)
  }

  private func availability(in pager: Pager) -> Command.Availability {
    switch self {
    case .leave, .lineNumbers, .wrap, .timestamps: .enabled
    case .reload: reload(pager)
    case .toggleRegex: pager.question?.isPattern == true ? .enabled : .hidden
    case .otherLog: otherLog(pager)
    case .openPage:
      pager.job?.job.url.isEmpty == false ? .enabled : .disabled("no page is known of this text")
    case .nextStep, .previousStep: step(pager)
    case .allSteps: allSteps(pager)
    case .follow: follow(pager)
    case .nextHit, .previousHit:
      withText(pager) {
        $0.pattern == nil ? .disabled("nothing was looked for yet: / does that") : .enabled
      }
    case .nextError, .previousError: withText(pager) { _ in .enabled }
    case .save:
      withText(pager) { _ in
        pager.saving == nil ? .enabled : .disabled("a file is being written: one at a time")
      }
    case .scrollUp, .scrollDown, .halfPageUp, .halfPageDown, .left, .right, .lineStart,
      .goToPlace, .search, .searchBackward, .nextProblem, .previousProblem, .filterLines, .fold,
      .foldAll, .copyLine, .editor, .otherPager:
      withText(pager) { _ in .enabled }
    }
  }

  private func withText(
    _ pager: Pager, _ test: (LogPager) -> Command.Availability
  ) -> Command.Availability {
    guard let log = pager.log else { return .disabled(pager.absence) }
    return test(log)
  }

  private func reload(_ pager: Pager) -> Command.Availability {
    guard case .fetching = pager.text?.state else { return .enabled }
    return .disabled("it is on its way")
  }

  private func otherLog(_ pager: Pager) -> Command.Availability {
    if pager.otherSource != nil { return .enabled }
    guard pager.request.job != nil else { return .disabled("this text has no other log beside it") }
    return .disabled("no build is known to be the job's runner, so there is no log of it")
  }

  private func step(_ pager: Pager) -> Command.Availability {
    guard case .job = pager.shown else {
      return .disabled("only a job's log on GitHub is told apart by steps")
    }
    return withText(pager) { _ in
      pager.text?.isGrowing == true
        ? .disabled("the steps are told apart when all of the log has come") : .enabled
    }
  }

  private func allSteps(_ pager: Pager) -> Command.Availability {
    if pager.text?.isHeldBack == true || pager.text?.step != nil { return .enabled }
    return .disabled("all of the text is shown")
  }

  private func follow(_ pager: Pager) -> Command.Availability {
    withText(pager) { log in
      pager.text?.isGrowing == true || log.status.isFollowing
        ? .enabled : .disabled("the text is complete: nothing more will come")
    }
  }
}

extension Pager {
  /// Why there is no text to do anything with.
  fileprivate var absence: String {
    guard let text else { return "there is no log yet: GitHub gives it when the job is over" }
    if text.state == .whole { return "the text is empty" }
    if text.failure?.kind == .notYet { return "there is no log yet: it opens by itself" }
    return text.failure == nil ? "the text is on its way" : "there is no text: R tries again"
  }
}
