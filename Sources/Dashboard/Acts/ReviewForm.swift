import Deploys

/// What is asked before waiting environments are answered for.
struct ReviewForm: Sendable, Equatable {
  enum Field: Int, Sendable, Equatable, CaseIterable {
    case places
    case answer
    case comment
  }

  /// The environments on GitHub that hold the run back.
  let pending: [PendingDeployment]
  /// Why those that are read-only by the configuration are not answered for from here, by id.
  private let refusals: [Int64: String]
  /// Those that are answered for, by id.
  private(set) var chosen: Set<Int64>
  /// The place under the cursor.
  private(set) var cursor: Int
  private(set) var field: Field
  private(set) var isApproval = true
  var comment = TextField()

  init(_ pending: [PendingDeployment], in environments: [Environment] = []) {
    self.pending = pending
    let refusals = Dictionary(
      pending.compactMap { place in
        environments.named(onGitHub: place.target.name)?.refusal.map { (place.target.id, $0) }
      }, uniquingKeysWith: { first, _ in first })
    self.refusals = refusals
    let own = pending.indices.filter {
      pending[$0].canApprove && refusals[pending[$0].target.id] == nil
    }
    chosen = Set(own.map { pending[$0].target.id })
    cursor = own.first ?? 0
    // Where there is one place only, there is nothing to choose among.
    field = own.count > 1 ? .places : .answer
  }

  /// Whether there is anything that may be answered for from here.
  var isAnswerable: Bool { pending.contains(where: canAnswer) }

  /// Why nothing may be answered where the token's user is allowed to; `nil` for no such reason.
  var refusal: String? {
    guard !isAnswerable else { return nil }
    return pending.lazy.filter(\.canApprove).compactMap { refusals[$0.target.id] }.first
  }

  private var hasPlaces: Bool { pending.count(where: canAnswer) > 1 }

  /// Whether one may be answered for from here.
  func canAnswer(_ place: PendingDeployment) -> Bool {
    place.canApprove && refusals[place.target.id] == nil
  }

  /// Who may answer for one, in words.
  func words(for place: PendingDeployment) -> String {
    refusals[place.target.id] ?? place.reviewerWords
  }

  /// What is answered for.
  var targets: [ReviewRequest.Target] {
    pending.filter { canAnswer($0) && chosen.contains($0.target.id) }.map(\.target)
  }

  /// Why it cannot go on; `nil` where it can.
  var complaint: String? { targets.isEmpty ? "choose one at least: space does" : nil }

  var hasPreviousField: Bool { field != (hasPlaces ? .places : .answer) }

  /// Goes on to the next field.
  /// - Returns: Whether there was one.
  mutating func goToNextField() -> Bool {
    guard complaint == nil else {
      field = .places
      return true
    }
    guard let next = Field(rawValue: field.rawValue + 1) else { return false }
    field = next
    return true
  }

  mutating func goToPreviousField() {
    guard hasPreviousField, let previous = Field(rawValue: field.rawValue - 1) else { return }
    field = previous
  }

  mutating func choose(by count: Int) {
    switch field {
    case .places:
      let own = pending.indices.filter { canAnswer(pending[$0]) }
      guard let place = own.firstIndex(of: cursor) else { return }
      cursor = own[min(max(0, place + count), own.count - 1)]
    case .answer: isApproval = count < 0
    case .comment: break
    }
  }

  mutating func toggle() {
    switch field {
    case .places:
      guard pending.indices.contains(cursor) else { return }
      chosen.formSymmetricDifference([pending[cursor].target.id])
    case .answer: isApproval.toggle()
    case .comment: break
    }
  }
}

extension PendingDeployment {
  /// Who may answer, in words.
  var reviewerWords: String {
    let own = canApprove ? "you may answer" : "you may not answer"
    guard reviewers.isEmpty else {
      return "reviewers: \(reviewers.joined(separator: ", ")); \(own)"
    }
    return canApprove || waitTimer == .zero ? own : "nobody is asked: it waits for its time"
  }
}
