import Canvas
import Deploys

/// What the MARKER column says: a word, which is never a sign of success.
struct MarkerCell: Sendable, Equatable {
  var word: String
  var role: Role

  init(_ marker: Marker) {
    (word, role) =
      switch marker {
      case .notLooked: ("", .dim)
      case .absent: ("absent", .dim)
      case .failed: ("failed", .failure)
      case .other: ("other", .warning)
      case .unreadable: ("no access", .warning)
      }
  }

  /// The marker of several jobs that says most.
  init(of jobs: [DeployJob]) {
    self.init(jobs.map(\.marker).max { Self.weight($0) < Self.weight($1) } ?? .notLooked)
  }

  private static func weight(_ marker: Marker) -> Int {
    switch marker {
    case .notLooked: 0
    case .absent: 1
    case .other: 2
    case .unreadable: 3
    case .failed: 4
    }
  }
}
