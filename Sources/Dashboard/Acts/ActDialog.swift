import Canvas
import Deploys
import Foundation

/// Retrying, stopping or reviewing one run, from the first key to the answer.
struct ActDialog: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    /// What holds the run back is being read.
    case loading
    case choosing
  }

  let kind: ActKind
  let target: ActTarget
  /// The run as it was when the dialog was opened.
  let deploy: Deploy
  /// The job that the operator pointed at.
  let pointed: Int64?
  var stage: DialogStage<Step>
  /// What is chosen of ``options(in:)``; `nil` for a review.
  private(set) var deed: ActOption.Deed?
  /// Whether the runners are to write their debug logs.
  var isDebug = false
  /// What is asked about a review; `nil` until it is known what holds the run back.
  private(set) var review: ReviewForm?
  /// The other guarded environments that a review reaches, whose names the question asks for.
  private var confirmed: [String] = []
  /// What would be sent; `nil` until it is known.
  private(set) var requests: [PlannedRequest]?

  init(_ kind: ActKind, _ deploy: Deploy, pointed: Int64? = nil, in model: Model) {
    self.kind = kind
    self.deploy = deploy
    self.pointed = pointed
    target = ActTarget(deploy, isProtected: model.isProtected(deploy.environment))
    stage = .preparing(kind == .review ? .loading : .choosing)
    let options = options(in: model)
    let job = options.first {
      if case .retry(.job(let id, _)) = $0.deed { id == pointed } else { false }
    }
    deed = (job ?? options.first(where: \.isOffered))?.deed
  }

  /// Takes the most likely choice, whatever was pointed at.
  mutating func chooseFirst(in model: Model) {
    deed = options(in: model).first(where: \.isOffered)?.deed
  }

  /// What can be done, the most likely first; none for a review, which has a form of its own.
  func options(in model: Model) -> [ActOption] {
    switch kind {
    case .retry: RetryWays(deploy: deploy).options(pointed: pointed)
    case .stop: model.stopWays(of: model.snapshot.deploy(target.id) ?? deploy).options
    case .review: []
    }
  }

  /// What would be sent.
  var mutation: Mutation? {
    if let deed { return deed.mutation(of: target, isDebug: isDebug) }
    guard let review, !review.targets.isEmpty else { return nil }
    return .review(
      ReviewRequest(
        run: target.run, attempt: target.attempt, targets: review.targets,
        isApproval: review.isApproval,
        comment: review.comment.text.trimmingCharacters(in: .whitespaces),
        environment: target.environment, confirmed: confirmed))
  }

  /// The guarded environments, other than the run's own, that are answered for.
  private func guarded(in snapshot: Snapshot) -> [Environment] {
    snapshot.environments.guarded(by: review?.targets ?? [], besides: target.environment)
  }

  /// The verb of the question, at the beginning of a title.
  var title: String { deed?.title ?? (review?.isApproval == false ? "Reject" : "Approve") }

  /// What the question calls it, after “y to”.
  var verb: String { deed?.verb ?? (review?.isApproval == false ? "reject it" : "approve it") }

  /// Why it is no longer what the operator saw; `nil` while it is.
  func change(in snapshot: Snapshot) -> String? {
    mutation.flatMap { target.change(in: snapshot, for: $0) }
  }

  /// Takes in what holds the run back.
  mutating func take(_ answer: PendingAnswer, in model: Model) {
    guard stage == .preparing(.loading) else { return }
    switch answer {
    case .failed(let failure):
      stage = .ended(
        Ending(message: failure.message, remedy: failure.remedy, isHarmless: true))
    case .pending([]):
      stage = .ended(
        Ending(
          message: "No environment holds the run back any more.",
          remedy: "Look at it again: somebody has answered, or the time is over.",
          isHarmless: true))
    case .pending(let pending):
      review = ReviewForm(pending, in: model.snapshot.environments)
      stage = .preparing(.choosing)
    }
  }

  private mutating func ask(in model: Model) -> [Effect] {
    let guarded = guarded(in: model.snapshot)
    confirmed = guarded.map(\.name)
    guard let mutation else { return [] }
    stage = .confirming(
      Confirmation(target.environment, isProtected: target.isProtected, besides: guarded))
    requests = nil
    return [.preview(mutation)]
  }
}

extension ActDialog: StagedDialog {
  var screen: Screen { .act(self) }

  func focus(in step: Step) -> Focus {
    switch step {
    case .loading: return .busy
    case .choosing:
      guard let review else { return .choice }
      return !review.isAnswerable ? .message : review.field == .comment ? .text : .choice
    }
  }

  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect] {
    guard stage == .preparing(.choosing), var form = review, form.field == .comment else {
      return []
    }
    change(&form.comment)
    review = form
    return []
  }

  mutating func goOn(in model: Model) -> [Effect] {
    guard stage == .preparing(.choosing) else { return [] }
    if var form = review {
      let hasNext = form.goToNextField()
      review = form
      return hasNext ? [] : ask(in: model)
    }
    guard options(in: model).contains(where: { $0.deed == deed && $0.isOffered }) else { return [] }
    return ask(in: model)
  }

  mutating func goToPreviousField() { review?.goToPreviousField() }
  var hasPreviousField: Bool? { review?.hasPreviousField }

  mutating func choose(by count: Int, in model: Model) -> [Effect] {
    guard stage == .preparing(.choosing) else { return [] }
    guard kind != .review else {
      review?.choose(by: count)
      return []
    }
    let offered = options(in: model).filter(\.isOffered)
    guard let last = offered.indices.last else { return [] }
    let now = offered.firstIndex { $0.deed == deed } ?? 0
    deed = offered[min(max(0, now + count), last)].deed
    return []
  }

  mutating func toggle(in model: Model) {
    guard kind != .review else {
      review?.toggle()
      return
    }
    let offered = options(in: model).filter(\.isOffered)
    guard !offered.isEmpty else { return }
    let now = offered.firstIndex { $0.deed == deed } ?? -1
    deed = offered[(now + 1) % offered.count].deed
  }

  var whyNoToggle: String? {
    guard kind == .retry,
      RetryWays(deploy: deploy).options(pointed: nil).count(where: \.isOffered)
        == 1
    else { return nil }
    return "no job failed: all jobs is the only choice"
  }

  func whyNotSent(in model: Model) -> String? {
    change(in: model.snapshot) ?? guarded(in: model.snapshot).lazy.compactMap(\.refusal).first
  }

  mutating func goBack() -> Bool {
    guard case .confirming = stage else { return false }
    stage = .preparing(.choosing)
    return true
  }

  mutating func take(_ preview: [PlannedRequest], of mutation: Mutation) {
    if mutation == self.mutation { requests = preview }
  }

  mutating func end(_ ending: Ending) { stage = .ended(ending) }

  func sheet(in model: Model) -> Sheet { ActView(model: model, dialog: self).sheet }
}
