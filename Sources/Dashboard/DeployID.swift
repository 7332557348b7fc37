import Deploys

/// What names a deploy on the board.
///
/// A run stands once for every environment whose pattern its workflow's name matches, so the run
/// alone would not do.
struct DeployID: Sendable, Hashable {
  var environment: String
  var run: RunKey
}

extension Deploy {
  /// What names it on the board.
  var boardID: DeployID { DeployID(environment: environment, run: run.key) }
}
