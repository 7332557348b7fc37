/// A place that deploys go to, such as dev, stg or prd.
package struct Environment: Sendable, Hashable, Identifiable {
  /// Its name, unique in the configuration.
  package var name: String
  /// Tells its deploys by their workflow's name.
  package var workflow: WorkflowPattern
  /// Whether an action on it asks for its name to be typed.
  package var isProtected: Bool
  /// Where its runners are; `nil` where nothing is known of AWS.
  package var aws: AWSScope?
  /// Where its builds leave their markers.
  package var marker: MarkerTemplate
  /// Where its failed builds leave files that tell why, as the beginning that their keys share;
  /// `nil` where they leave none.
  package var failureArtifacts: MarkerTemplate?
  /// How the tags that deploy to it are named.
  package var tag: TagTemplate
  /// Why nothing may be done to it from here, in words for a person; `nil` where it may.
  package var readOnlyReason: String?

  /// The name.
  package var id: String { name }

  /// Creates an environment.
  package init(
    name: String, workflow: WorkflowPattern, isProtected: Bool = false, aws: AWSScope? = nil,
    marker: MarkerTemplate = .standard, failureArtifacts: MarkerTemplate? = nil,
    tag: TagTemplate = .standard, readOnlyReason: String? = nil
  ) {
    self.name = name
    self.workflow = workflow
    self.isProtected = isProtected
    self.aws = aws
    self.marker = marker
    self.failureArtifacts = failureArtifacts
    self.tag = tag
    self.readOnlyReason = readOnlyReason
  }
}
