import Deploys

/// The pages of a repository's branches or tags that have been read.
struct RefPages: Sendable, Equatable {
  /// How many pages are here.
  private(set) var count = 0
  /// How many refs they held.
  private(set) var refCount = 0
  /// The page that has been asked for; `nil` while none has.
  private(set) var asked: Int?
  private var next: Int? = 1
  /// Why the last one that was asked for did not come.
  private(set) var failure: ReadFailure?

  /// Whether there is more than what is here.
  var hasMore: Bool { next != nil }

  /// Asks for the next page.
  /// - Returns: `nil` where there is none, or it is being read already.
  mutating func ask() -> Int? {
    guard asked == nil, let next else { return nil }
    asked = next
    return next
  }

  /// Takes in a page.
  /// - Returns: What it holds; `nil` for a page that nobody waits for, and for none.
  mutating func take(_ page: Int, _ answer: RefPage.Answer) -> [GitRef]? {
    guard asked == page else { return nil }
    asked = nil
    switch answer {
    case .failed(let failure):
      self.failure = failure
      return nil
    case .page(let answer):
      failure = nil
      count += 1
      refCount += answer.refs.count
      // A server that leads back would be followed without end.
      next = answer.nextPage.flatMap { $0 > page ? $0 : nil }
      return answer.refs
    }
  }
}
