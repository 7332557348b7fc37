/// A column of the board, in the order from left to right.
enum Column: Int, Sendable, Hashable, CaseIterable {
  case environment, service, ref, run, state, step, runner, marker, elapsed, ago, actor, finding

  /// Its heading.
  var title: String {
    switch self {
    case .environment: "ENV"
    case .service: "SERVICE"
    case .ref: "REF"
    case .run: "RUN"
    case .state: "STATE"
    case .step: "JOB/STEP"
    case .runner: "RUNNER"
    case .marker: "MARKER"
    case .elapsed: "TIME"
    case .ago: "AGO"
    case .actor: "ACTOR"
    case .finding: "FINDING"
    }
  }

  /// The columns without which it is of no use.
  var minimum: Int {
    switch self {
    case .environment: 3
    case .service: 8
    case .ref: 11
    case .run: 5
    case .state: 9
    case .step: 16
    case .runner: 16
    case .marker: 6
    case .elapsed: 6
    case .ago: 4
    case .actor: 6
    case .finding: 24
    }
  }

  /// The columns beyond which it takes none from others.
  var maximum: Int {
    switch self {
    case .environment: 10
    case .service: 20
    case .ref: 30
    case .run: 9
    case .state: 10
    case .step: 40
    case .runner: 26
    case .marker: 9
    case .elapsed: 6
    case .ago: 4
    case .actor: 14
    case .finding: 90
    }
  }

  /// The columns that a narrow screen keeps, the last to go first.
  static let byImportance: [Column] = [
    .service, .step, .elapsed, .environment, .state, .runner, .ref, .run, .marker, .ago, .actor,
    .finding,
  ]

  /// Whether its text stands at its right edge.
  var isRightAligned: Bool {
    switch self {
    case .elapsed, .ago: true
    case .environment, .service, .ref, .run, .state, .step, .runner, .marker, .actor, .finding:
      false
    }
  }
}
