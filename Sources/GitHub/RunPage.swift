package import Deploys

/// One page of a repository's workflow runs, newest first.
package struct RunPage: Sendable, Hashable {
  /// The runs.
  package var runs: [WorkflowRun]
  /// How many runs the repository has, as GitHub counts them.
  package var totalCount: Int
  /// Whether GitHub names a next page.
  package var hasNext: Bool
  /// How many elements of the page could not be read, and were left out.
  package var skipped: Int

  /// Creates a page.
  package init(runs: [WorkflowRun], totalCount: Int, hasNext: Bool, skipped: Int = 0) {
    self.runs = runs
    self.totalCount = totalCount
    self.hasNext = hasNext
    self.skipped = skipped
  }
}
