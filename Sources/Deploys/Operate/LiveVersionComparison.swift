/// How what is live in an environment compares with the environment before it.
package enum LiveVersionComparison: Sendable, Hashable {
  /// One of the two is not known, or there is nothing before it.
  case none
  /// The same commit as in the environment of this column.
  case same(column: Int)
  /// Another one; and whether it was deployed before that one, `nil` where the times are equal.
  case differs(column: Int, isOlder: Bool?)

  /// The column that it was compared with.
  package var column: Int? {
    switch self {
    case .none: nil
    case .same(let column), .differs(let column, _): column
    }
  }

  /// Whether another commit is live there.
  package var differs: Bool {
    switch self {
    case .none, .same: false
    case .differs: true
    }
  }

  /// Whether it was deployed before the other commit; `nil` where nothing differs or the times are
  /// equal.
  package var isOlder: Bool? {
    switch self {
    case .none, .same: nil
    case .differs(_, let isOlder): isOlder
    }
  }

  /// Compares each environment of a service with the nearest one before it that a workflow deploys
  /// to.
  /// - Parameter row: What is live in each environment, in order; `nil` where no workflow deploys.
  /// - Returns: As many comparisons.
  package static func comparisons(
    along row: [Loadable<LiveVersion?>?]
  ) -> [LiveVersionComparison] {
    var before: Int?
    return row.indices.map { column in
      guard let cell = row[column] else { return .none }
      defer { before = column }
      guard let before, let mine = cell.value ?? nil, let theirs = row[before]?.value ?? nil
      else { return .none }
      if mine.commit == theirs.commit { return .same(column: before) }
      return .differs(
        column: before,
        isOlder: mine.deployedAt == theirs.deployedAt ? nil : mine.deployedAt < theirs.deployedAt)
    }
  }
}
