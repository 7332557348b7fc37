import Deploys

/// How far back a repository's runs have been looked through, at the start or after a gap.
struct RunSearch: Sendable, Hashable {
  /// What the newest page held before the gap; empty at the start.
  var known: Set<RunKey> = []
  /// The older page that is wanted next; `nil` where the search is over.
  var nextPage: Int?
  /// Whether the listing went on where the search ended, so that runs may have been passed over.
  var isCut = false
  /// The workflows whose own runs have been listed since.
  var listed: Set<Int64> = []
  /// Whether the repository has more runs than the newest page.
  var hasOlder = false

  /// Whether it follows on a time that nothing is known of.
  var isGap: Bool { !known.isEmpty }

  /// Ends the search.
  ///
  /// What an earlier one has left to the workflows' own listings stays wanted.
  mutating func end(isCut: Bool) {
    nextPage = nil
    guard isCut else { return }
    self.isCut = true
    listed = []
  }
}
