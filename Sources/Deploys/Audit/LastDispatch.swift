package import Foundation

/// What a workflow was last dispatched with.
package struct LastDispatch: Sendable, Hashable {
  /// The branch or tag.
  package var ref: String
  /// The answers, in the order in which they were sent; what was left empty is not among them.
  package var inputs: [DispatchRequest.Input]
  /// When.
  package var at: Date

  /// Creates a memory.
  package init(ref: String, inputs: [DispatchRequest.Input], at: Date) {
    self.ref = ref
    self.inputs = inputs
    self.at = at
  }
}
