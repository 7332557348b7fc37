import Deploys
import Foundation
import Testing

@Suite("What is live, beside its neighbours")
struct LiveVersionComparisonTests {
  private func live(_ commit: String, at time: Double) -> Loadable<LiveVersion?> {
    let date = Date(timeIntervalSince1970: time)
    return .loaded(
      LiveVersion(
        run: RunKey(repository: RepositoryName(owner: "acme", name: "shop"), id: 1), number: 1,
        ref: nil, commit: commit, actor: "", createdAt: date, deployedAt: date, url: ""))
  }

  @Test("Each environment is compared with the nearest one before it that is deployed to")
  func compares() {
    let unread = Loadable<LiveVersion?>.failed(ReadFailure(message: "no", remedy: "wait"))
    #expect(
      LiveVersionComparison.comparisons(along: [
        live("a", at: 5), nil, live("a", at: 6), live("b", at: 2), live("c", at: 2),
        live("a", at: 3), .loaded(nil), live("a", at: 3), unread, live("a", at: 3),
      ]) == [
        .none, .none, .same(column: 0), .differs(column: 2, isOlder: true),
        .differs(column: 3, isOlder: nil), .differs(column: 4, isOlder: false), .none, .none,
        .none, .none,
      ])
  }
}
