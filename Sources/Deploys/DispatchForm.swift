/// What has to be filled in before a workflow can be dispatched.
package struct DispatchForm: Sendable, Hashable {
  /// How asking for a form ended.
  package enum Answer: Sendable, Hashable {
    /// The form, ready to be filled in.
    case form(DispatchForm)
    /// There is none: why, what to do about it, and whether there may be one at another ref.
    case failed(message: String, remedy: String, isOfRef: Bool = true)
  }

  /// The workflow.
  package var target: WorkflowTarget
  /// Whether the environment's name has to be typed.
  package var isProtected: Bool
  /// The branch or tag at which the inputs were read.
  package var ref: String
  /// What the workflow asks for at that ref, in the file's order.
  package var inputs: [DispatchInput]
  /// What it was last dispatched with from this machine; `nil` for never.
  package var last: LastDispatch?

  /// Creates a form.
  package init(
    target: WorkflowTarget, isProtected: Bool, ref: String, inputs: [DispatchInput],
    last: LastDispatch? = nil
  ) {
    self.target = target
    self.isProtected = isProtected
    self.ref = ref
    self.inputs = inputs
    self.last = last
  }
}
