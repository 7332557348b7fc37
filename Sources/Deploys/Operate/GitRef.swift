/// A branch or a tag.
package struct GitRef: Sendable, Hashable, Identifiable {
  /// What it is.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A branch.
    case branch
    /// A tag.
    case tag
  }

  /// What it is.
  package var kind: Kind
  /// Its name, without `refs/heads/` or `refs/tags/`.
  package var name: String
  /// The commit that it stands on, in full.
  package var commit: String

  /// What tells it from others: a branch and a tag may share a name.
  package var id: String { "\(kind.rawValue) \(name)" }

  /// Creates a ref.
  package init(kind: Kind, name: String, commit: String) {
    self.kind = kind
    self.name = name
    self.commit = commit
  }
}

/// A commit between two deploys.
package struct CommitSummary: Sendable, Hashable, Identifiable {
  /// Its hash, in full.
  package var id: String
  /// The first line of its message.
  package var subject: String
  /// Who wrote it.
  package var author: String

  /// Creates a summary.
  package init(id: String, subject: String, author: String) {
    self.id = id
    self.subject = subject
    self.author = author
  }
}

/// What lies between two commits.
package struct CommitRange: Sendable, Hashable {
  /// The commits that the later one has and the earlier one has not, the newest first; possibly not
  /// all of them.
  package var ahead: [CommitSummary]
  /// How many there are in all.
  package var aheadCount: Int
  /// How many commits of the earlier one the later one has not: above zero it is a roll-back, or
  /// the two have parted.
  package var behindCount: Int

  /// Creates a range.
  package init(ahead: [CommitSummary], aheadCount: Int, behindCount: Int) {
    self.ahead = ahead
    self.aheadCount = aheadCount
    self.behindCount = behindCount
  }
}
