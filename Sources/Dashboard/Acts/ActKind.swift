/// What is done to runs that there are.
enum ActKind: Sendable, Equatable {
  /// Run it again.
  case retry
  /// End it, or a build of its that nobody needs.
  case stop
  /// Answer for what waits for a person.
  case review

  /// The verb, at the beginning of a title.
  var title: String {
    switch self {
    case .retry: "Retry"
    case .stop: "Stop"
    case .review: "Approve or reject"
    }
  }
}
