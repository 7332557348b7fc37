import Canvas
import Deploys

/// Creating the tag that deploys, from the first key to the answer.
struct TagDialog: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    /// What the tag would change is read, or looked at.
    case planning
    /// The tag's name is being typed.
    case naming
  }

  /// How the environment's tags are named.
  let template: TagTemplate
  let isProtected: Bool
  var stage = DialogStage<Step>.preparing(.planning)
  /// What was asked last.
  private(set) var query: TagQuery
  /// The answer to it.
  private(set) var plan: Loadable<TagPlan> = .loading
  /// What the tag can be put on, as far as it has been spoken of.
  private(set) var sources: [TagQuery.Source]
  /// The tag's name.
  private(set) var name = TextField()
  /// What was proposed last.
  private(set) var proposal = ""
  /// What is wrong with the name.
  private(set) var complaint: String?
  /// Why nothing was done when it was sent last.
  private(set) var refusal: Ending?
  /// What would be sent.
  private(set) var preview: [PlannedRequest]?

  init(
    _ query: TagQuery, template: TagTemplate, environments: [String], isProtected: Bool
  ) {
    self.query = query
    self.template = template
    self.isProtected = isProtected
    sources = environments.filter { $0 != query.environment }.map(TagQuery.Source.environment)
    if let source = query.source, !sources.contains(source) { sources.append(source) }
  }

  /// What the tag is put on: what was asked for, else what was proposed.
  var source: TagQuery.Source? { query.source ?? plan.value?.source }

  /// What would be sent; `nil` while the plan is not known.
  var request: TagRequest? {
    guard var request = plan.value?.request else { return nil }
    request.tag = name.text
    return request
  }

  var mutation: Mutation? { request.map(Mutation.tag) }

  /// An example of how the environment's tags are named.
  var form: String {
    template.text.replacing("{service}", with: query.service)
      .replacing("{environment}", with: query.environment)
      .replacing("{date}", with: "YYYYMMDD").replacing("{number}", with: "NN")
  }

  // MARK: - The plan

  /// Takes in the answer to the question that was asked last.
  mutating func take(_ answer: TagPlan.Answer) {
    guard case .loading = plan else { return }
    switch answer {
    case .failed(let failure): plan = .failed(failure)
    case .plan(let plan):
      self.plan = .loaded(plan)
      if !sources.contains(plan.source) { sources.append(plan.source) }
      let isTyped = !name.isEmpty && name.text != proposal
      proposal = plan.request.tag
      if isTyped {
        // What somebody has typed is never taken away, but it may not do any more.
        complaint = whyNot(name.text)
      } else {
        name = TextField(proposal)
        complaint = nil
      }
    }
  }

  /// Puts the tag on something else.
  mutating func choose(_ source: TagQuery.Source) -> [Effect] {
    if !sources.contains(source) { sources.append(source) }
    query.source = source
    refusal = nil
    if stage == .preparing(.naming) { stage = .preparing(.planning) }
    return ask()
  }

  /// Asks the same once more.
  mutating func ask() -> [Effect] {
    plan = .loading
    return [.loadTagPlan(query)]
  }

  // MARK: - The name

  /// Lets the name be typed.
  mutating func rename() {
    guard stage == .preparing(.planning) else { return }
    stage = .preparing(.naming)
  }

  /// Why a name will not do; `nil` where it will.
  private func whyNot(_ tag: String) -> String? {
    guard TagTemplate.isTagName(tag) else { return "no tag on GitHub can have this name" }
    guard template.isTag(tag, service: query.service, environment: query.environment) else {
      return "it would deploy nothing: \(query.environment) wants \(form)"
    }
    guard plan.value?.taken.contains(tag) != true else {
      return "taken already: \(proposal) is free, an empty line takes it"
    }
    return nil
  }

  mutating func editName(_ change: (inout TextField) -> Void) {
    change(&name)
    complaint = nil
  }

  /// Goes on to the question, where the plan is there and the name will do.
  mutating func goToQuestion() -> [Effect] {
    guard let plan = plan.value else {
      guard plan.failure != nil else { return [] }
      refusal = nil
      return ask()
    }
    if name.isEmpty { name = TextField(proposal) }
    complaint = whyNot(name.text)
    guard complaint == nil, let mutation else {
      stage = .preparing(.naming)
      return []
    }
    preview = nil
    refusal = nil
    stage = .confirming(
      Confirmation(
        environment: query.environment, isProtected: isProtected || plan.isProtected))
    return [.preview(mutation)]
  }

  mutating func take(_ preview: [PlannedRequest]) { self.preview = preview }

  mutating func refuse(_ ending: Ending) { refusal = ending }
}
