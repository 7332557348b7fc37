import Deploys

/// Something that was sent and has not been answered.
enum Operation: Sendable, Hashable {
  case dispatch(DispatchRequest)
  case retry(RetryRequest)

  /// What it is, in words.
  var name: String {
    switch self {
    case .dispatch(let request): "a dispatch of \(request.service) to \(request.environment)"
    case .retry(let request): "a retry in \(request.environment)"
    }
  }
}
