import Deploys
import LogText

extension Pager {
  mutating func askForPattern(isBackward: Bool) {
    question = PagerQuestion(.search(isBackward: isBackward), usesRegex: habits.usesRegex)
  }

  mutating func askForFilter() {
    let pattern = log?.filterPattern
    question = PagerQuestion(
      .filter, pattern?.text ?? "", usesRegex: pattern?.isRegex ?? habits.usesRegex)
  }

  mutating func askForPlace() { question = PagerQuestion(.place) }

  mutating func askForPath() {
    let size = log?.file.count.byteText ?? ""
    let whole = text?.step == nil ? size : "all of the log, \(size)"
    // What was typed for a try that failed need not be typed again.
    let failed = failedSave.flatMap { $0.item == .log(shown) ? $0.path : nil }
    question = PagerQuestion(.path, failed ?? savePath.proposal, remark: whole)
  }

  /// Takes a pattern as a regular expression, or as plain words again.
  mutating func toggleRegex() {
    habits.usesRegex.toggle()
    question?.usesRegex = habits.usesRegex
  }

  /// Changes the line that is being typed.
  mutating func edit(_ change: (inout TextField) -> Void) -> [Effect] {
    guard var question else { return [] }
    change(&question.field)
    question.edited()
    self.question = question
    guard case .replacing(var request) = question.kind else { return [] }
    switch question.field.text.last {
    case "y", "Y":
      self.question = nil
      request.mayReplace = true
      return save(request)
    case "n", "N":
      decline()
    case nil: break
    default: self.question?.field = TextField()
    }
    return []
  }

  /// Leaves the line that is being typed without taking it.
  mutating func decline() {
    if case .replacing(let request) = question?.kind {
      notice = Notice("nothing was saved: \(request.path) is left as it was")
    }
    question = nil
  }

  /// Takes the line that was typed.
  mutating func accept() -> [Effect] {
    guard let question else { return [] }
    switch question.kind {
    case .search(let isBackward): return acceptSearch(question, isBackward: isBackward)
    case .filter: return acceptFilter(question)
    case .place: return acceptPlace(question)
    case .path:
      guard let path = savePath.resolve(question.field.text) else {
        self.question?.refusal = SavePath.expectation
        return []
      }
      self.question = nil
      return save(to: path)
    case .replacing:
      decline()
      return []
    }
  }

  private mutating func acceptSearch(_ question: PagerQuestion, isBackward: Bool) -> [Effect] {
    do {
      // Nothing at all means what was looked for last, as in less.
      guard let pattern = try question.pattern() ?? log?.pattern ?? remembered(question) else {
        self.question = nil
        return []
      }
      self.question = nil
      habits.remember(pattern.text)
      return changeText {
        $0.searchesBackward = isBackward
        return []
      } + move { $0.search(pattern, isBackward: isBackward) }
    } catch {
      // The footer says what is wrong with it.
      return []
    }
  }

  private func remembered(_ question: PagerQuestion) throws(LogPatternError) -> LogPattern? {
    guard let text = habits.patterns.last else { return nil }
    return try LogPattern(text, isRegex: question.usesRegex)
  }

  private mutating func acceptFilter(_ question: PagerQuestion) -> [Effect] {
    do {
      let pattern = try question.pattern()
      self.question = nil
      if let pattern { habits.remember(pattern.text) }
      return move { $0.filter(pattern) }
    } catch {
      return []
    }
  }

  private mutating func acceptPlace(_ question: PagerQuestion) -> [Effect] {
    guard !question.field.isEmpty else {
      self.question = nil
      return []
    }
    guard let place = PagerPlace(question.field.text) else {
      self.question?.refusal = PagerPlace.expectation
      return []
    }
    self.question = nil
    switch place {
    case .line(let number): return move { $0.goToLine(number) }
    case .percent(let percent): return move { $0.go(toPercent: percent) }
    }
  }
}
