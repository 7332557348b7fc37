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
  /// Those that are answered for, by id.
  private(set) var chosen: Set<Int64>
  /// The place under the cursor.
  private(set) var cursor: Int
  private(set) var field: Field
  private(set) var isApproval = true
  var comment = TextField()

  init(_ pending: [PendingDeployment]) {
    self.pending = pending
    let own = pending.indices.filter { pending[$0].canApprove }
    chosen = Set(own.map { pending[$0].target.id })
    cursor = own.first ?? 0
    // Where there is one place only, there is nothing to choose among.
    field = own.count > 1 ? .places : .answer
  }

  /// Whether there is anything that may be answered for from here.
  var isAnswerable: Bool { pending.contains(where: \.canApprove) }

  private var hasPlaces: Bool { pending.count(where: \.canApprove) > 1 }

  /// What is answered for.
  var targets: [ReviewRequest.Target] {
    pending.filter { $0.canApprove && chosen.contains($0.target.id) }.map(\.target)
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
      let own = pending.indices.filter { pending[$0].canApprove }
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
