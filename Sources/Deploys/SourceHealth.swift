package import Foundation

/// How one source of facts is doing: a repository on GitHub, or a project in an AWS account.
package struct SourceHealth: Sendable, Hashable, Identifiable {
  /// What kind of source it is, with what names it.
  package enum Source: Sendable, Hashable {
    /// The runs of a repository.
    case repository(RepositoryName)
    /// The builds of a project.
    case project(ProjectKey)
    /// The markers of a project.
    case markers(ProjectKey)
  }

  /// A failure, in words for a person.
  package struct Failure: Sendable, Hashable {
    /// What failed and why.
    package var message: String
    /// What to do about it.
    package var remedy: String
    /// When it was first seen in this row of failures.
    package var since: Date

    /// Creates a failure.
    package init(message: String, remedy: String, since: Date) {
      self.message = message
      self.remedy = remedy
      self.since = since
    }
  }

  /// Which source.
  package var source: Source
  /// When it last answered; `nil` while it has not.
  package var lastSuccess: Date?
  /// What is wrong now; `nil` while nothing is.
  package var failure: Failure?

  /// Which source.
  package var id: Source { source }

  /// Creates a record.
  package init(source: Source, lastSuccess: Date? = nil, failure: Failure? = nil) {
    self.source = source
    self.lastSuccess = lastSuccess
    self.failure = failure
  }
}

extension SourceHealth.Source {
  /// A short name for the header and for messages.
  package var name: String {
    switch self {
    case .repository(let repository): repository.description
    case .project(let project): "\(project.scope.name)/\(project.name)"
    case .markers(let project): "\(project.scope.name)/\(project.name) markers"
    }
  }
}
