/// A page of a repository's branches or tags.
package struct RefPage: Sendable, Hashable {
  /// How asking for a page ended.
  package enum Answer: Sendable, Hashable {
    /// The page.
    case page(RefPage)
    /// There is none: why.
    case failed(ReadFailure)
  }

  /// The refs, as GitHub orders them.
  package var refs: [GitRef]
  /// The number of the next page; `nil` after the last.
  package var nextPage: Int?

  /// Creates a page.
  package init(refs: [GitRef], nextPage: Int?) {
    self.refs = refs
    self.nextPage = nextPage
  }
}
