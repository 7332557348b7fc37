import Deploys

extension Command {
  /// What the footer calls it: in the versions with the run that it acts on, which the cell alone
  /// does not tell.
  func hint(in model: Model) -> String {
    switch self {
    case .retry, .stop, .review, .follow, .open, .copy:
      guard let deploy = model.versions?.place?.cell?.acted else { return entry.title }
      return "\(entry.title) \(deploy.run.label)"
    default: return entry.title
    }
  }
}
