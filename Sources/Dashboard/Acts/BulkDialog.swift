import Canvas
import Deploys
import Foundation

/// Retrying, stopping or reviewing every run that is marked: choice, list, question, the time to
/// call it back, and a result for each.
struct BulkDialog: Sendable, Equatable {
  enum Stage: Sendable, Equatable {
    case choosing
    /// What is said about a review is typed.
    case commenting
    case confirming(Confirmation)
    /// Confirmed, and not sent yet.
    case waiting(Confirmation, UndoWindow)
    /// Being sent; it may have been asked to stop before the next.
    case running(isStopping: Bool)
    case ended
  }

  /// A time in which nothing may be sent.
  struct Pause: Sendable, Equatable {
    var until: Date
    var why: String
  }

  let kind: ActKind
  let candidates: [BulkCandidate]
  private(set) var stage = Stage.choosing
  private(set) var option: BulkOption
  var isDebug = false
  private(set) var comment = TextField()
  /// What holds the runs back, as far as it is known.
  private var pending: [RunKey: PendingAnswer] = [:]
  /// The list as it was confirmed.
  private var confirmed: [BulkLine]?
  /// What each mutation of the list would send, as far as it is known.
  private var requests: [Mutation: [PlannedRequest]] = [:]
  /// How each line that is sent stands, in the order of ``sent``.
  private(set) var results: [BulkResult] = []
  /// How long GitHub asks to wait; `nil` while it does not.
  private(set) var pause: Pause?
  /// The number under which it is sent; `nil` before.
  private(set) var number: Int?

  init(_ kind: ActKind, _ candidates: [BulkCandidate]) {
    self.kind = kind
    self.candidates = candidates
    option = BulkOption.all(kind)[0]
    chooseLikeliest()
  }

  /// Takes the first option that can be done to the most of them.
  private mutating func chooseLikeliest() {
    let counts = BulkOption.all(kind).map { ($0, count(of: $0)) }
    let most = counts.map(\.1).max() ?? 0
    if kind == .retry, count(of: .failedJobs) > 0 { return }
    option = counts.first { $0.1 == most }?.0 ?? option
  }

  /// What an option does to each of them.
  func lines(for option: BulkOption) -> [BulkLine] {
    let words = comment.text.trimmingCharacters(in: .whitespaces)
    return candidates.flatMap {
      $0.lines(for: option, isDebug: isDebug, pending: pending[$0.target.run], comment: words)
    }
  }

  /// To how many runs an option can be done.
  func count(of option: BulkOption) -> Int {
    Set(lines(for: option).filter { $0.mutation != nil }.map(\.target.run)).count
  }

  /// The list: as it was confirmed, else as it would be.
  var lines: [BulkLine] { confirmed ?? lines(for: option) }
  /// The lines that are sent.
  var sent: [BulkLine] { lines.filter { $0.mutation != nil } }
  /// The lines that are left out.
  var leftOut: [BulkLine] { lines.filter { $0.mutation == nil } }

  /// The options that can be done to any of them.
  var offered: [BulkOption] { BulkOption.all(kind).filter { count(of: $0) > 0 } }

  /// The runs of which it is asked what holds them back.
  var asked: [RunKey] {
    guard kind == .review else { return [] }
    return candidates.filter { $0.deploy.waitsForReview && $0.readOnlyReason == nil }
      .map(\.target.run)
  }

  /// Of how many runs it is not known yet what holds them back.
  var unanswered: Int { asked.count { pending[$0] == nil } }

  /// Takes in what holds a run back.
  mutating func take(_ answer: PendingAnswer, of run: RunKey) {
    guard stage == .choosing, asked.contains(run) else { return }
    pending[run] = answer
  }

  /// The names to be typed for the protected environments that are concerned.
  var protectedNames: String {
    sent.flatMap(\.protectedNames)
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      .joined(separator: " ")
  }
}

// MARK: - Sending

extension BulkDialog {
  /// The time in which it can be called back; `nil` outside of it.
  var window: UndoWindow? {
    if case .waiting(_, let window) = stage { window } else { nil }
  }

  /// Lets time pass in which it can be called back.
  mutating func pass(to now: Date) {
    guard case .waiting(let confirmation, var window) = stage else { return }
    window.pass(to: now)
    stage = .waiting(confirmation, window)
  }

  /// Begins with sending.
  /// - Returns: What is sent, in order.
  mutating func start(_ number: Int) -> [Mutation] {
    self.number = number
    results = sent.map { _ in .waiting }
    stage = .running(isStopping: false)
    return sent.compactMap(\.mutation)
  }

  /// Takes note that nothing more is to be sent.
  mutating func stop() {
    if case .running = stage { stage = .running(isStopping: true) }
  }

  /// Takes in how it goes.
  mutating func take(_ news: BulkNews) {
    switch news {
    case .sending(let place): set(.sending, at: place)
    case .ended(let place, let outcome): set(BulkResult(outcome), at: place)
    case .calledBack(let place): set(.calledBack, at: place)
    case .paused(let until, let why):
      pause = Pause(until: until, why: why)
      for index in results.indices where results[index] == .sending { results[index] = .waiting }
    case .finished:
      pause = nil
      for index in results.indices {
        if results[index] == .waiting { results[index] = .notSent }
        // Whoever ends without a word about what was on its way leaves it open.
        if results[index] == .sending { results[index] = .unknown("its end was not told") }
      }
      stage = .ended
    }
  }

  private mutating func set(_ result: BulkResult, at place: Int) {
    guard results.indices.contains(place) else { return }
    pause = nil
    results[place] = result
  }

  /// The line that is being sent, else the next one.
  var currentLine: Int? {
    results.firstIndex(of: .sending) ?? results.firstIndex(of: .waiting)
  }
}

extension BulkDialog: Dialog {
  var screen: Screen { .bulk(self) }

  var focus: Focus {
    switch stage {
    case .choosing: unanswered > 0 ? .busy : offered.isEmpty ? .message : .choice
    case .commenting: .text
    case .confirming(let confirmation): confirmation.isProtected ? .name : .confirm
    case .waiting: .undo
    case .running: .busy
    case .ended: .message
    }
  }

  var confirmation: Confirmation? {
    get {
      switch stage {
      case .confirming(let confirmation), .waiting(let confirmation, _): confirmation
      case .choosing, .commenting, .running, .ended: nil
      }
    }
    set {
      guard let newValue, case .confirming = stage else { return }
      stage = .confirming(newValue)
    }
  }

  var sending: Mutation? { nil }

  mutating func edit(_ change: (inout TextField) -> Void, in model: Model) -> [Effect] {
    if stage == .commenting { change(&comment) }
    return []
  }

  mutating func choose(by count: Int, in model: Model) -> [Effect] {
    guard stage == .choosing, let last = offered.indices.last else { return [] }
    let now = offered.firstIndex(of: option) ?? 0
    option = offered[min(max(0, now + count), last)]
    return []
  }

  mutating func toggle(in model: Model) {
    guard !offered.isEmpty else { return }
    option = offered[((offered.firstIndex(of: option) ?? -1) + 1) % offered.count]
  }

  var whyNoToggle: String? { offered.count > 1 ? nil : "it is the only choice" }

  mutating func goToPreviousField() {
    if stage == .commenting { stage = .choosing }
  }

  var hasPreviousField: Bool? { stage == .commenting ? true : nil }

  mutating func goOn(in model: Model) -> [Effect] {
    if stage == .choosing {
      if !offered.contains(option), let first = offered.first { option = first }
      guard unanswered == 0, !sent.isEmpty else { return [] }
      guard kind != .review else {
        stage = .commenting
        return []
      }
    } else if stage != .commenting {
      return []
    }
    let lines = lines(for: option)
    // What asks for the most care is read first.
    confirmed = lines.filter(\.isProtected) + lines.filter { !$0.isProtected }
    settle(in: model.snapshot)
    let names = protectedNames
    stage = .confirming(Confirmation(environment: names, isProtected: !names.isEmpty))
    return sent.compactMap(\.mutation).map(Effect.preview)
  }

  /// Leaves out of the list what has changed since; whatever was left out stays so, for the
  /// operator has read that it is.
  mutating func settle(in snapshot: Snapshot) {
    guard number == nil else { return }
    confirmed = confirmed?.map { $0.settled(in: snapshot) }
  }

  mutating func take(_ preview: [PlannedRequest], of mutation: Mutation) {
    if sent.contains(where: { $0.mutation == mutation }) { requests[mutation] = preview }
  }

  /// What is sent, in one line; `nil` while it is not known of all.
  func requestSummary(ellipsis: String) -> String? {
    let planned = sent.compactMap { $0.mutation.flatMap { requests[$0] } }
    guard planned.count == sent.count, !planned.isEmpty else { return nil }
    let names = planned.joined().map { $0.shortName(ellipsis: ellipsis) }
    let kinds = names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return kinds.map { kind in
      let count = names.count { $0 == kind }
      return count == 1 ? "\(kind), once" : "\(kind), \(count) times"
    }.joined(separator: "; ")
  }

  func whyNotSent(in model: Model) -> String? {
    sent.isEmpty ? "nothing is left to send: esc goes back" : nil
  }

  /// Confirms it; nothing is sent before the time to call it back is over.
  mutating func send(in model: Model) -> [Effect] {
    guard case .confirming(let confirmation) = stage else { return [] }
    stage = .waiting(confirmation, UndoWindow())
    return []
  }

  mutating func goBack() -> Bool {
    switch stage {
    case .confirming:
      confirmed = nil
      requests = [:]
      stage = kind == .review ? .commenting : .choosing
    case .commenting: stage = .choosing
    case .choosing, .waiting, .running, .ended: return false
    }
    return true
  }

  mutating func end(_ ending: Ending) {}

  func sheet(in model: Model) -> Sheet { BulkView(model: model, dialog: self).sheet }
}
