package import Deploys

extension Operator {
  /// The same workflows, with which of them have a `workflow_dispatch` trigger on their default
  /// branch.
  ///
  /// One request for each that could be started; one that has not changed since is free.
  /// - Returns: The list; what cannot be read stays unknown, for the form says it in full.
  package func withTriggers(_ listing: WorkflowListing) async -> WorkflowListing {
    var listing = listing
    listing.items = await listing.items.concurrently(atMost: Self.readsAtOnce) { item in
      var item = item
      if item.isActive { item.hasDispatch = await hasDispatch(item.target) }
      return item
    }
    return listing
  }

  private func hasDispatch(_ target: WorkflowTarget) async -> Bool? {
    // GitHub's own workflows, such as for pages, have no file.
    guard target.path.hasSuffix(".yml") || target.path.hasSuffix(".yaml") else { return nil }
    return try? await workflowFile(target.path, in: target.repository, ref: nil).canBeDispatched
  }
}
