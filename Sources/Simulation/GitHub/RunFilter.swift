import Deploys
import Foundation

/// The filters of a listing of runs.
struct RunFilter {
  private var status: String?
  private var branch: String?
  private var event: String?
  private var actor: String?
  private var sha: String?
  private var suite: String?
  private var created: ClosedRange<Date>?

  init(_ call: GitHubCall) throws(GitHubFailure) {
    status = call.target["status"]
    branch = call.target["branch"]
    event = call.target["event"]
    actor = call.target["actor"]
    sha = call.target["head_sha"]
    suite = call.target["check_suite_id"]
    guard let text = call.target["created"] else { return }
    guard let range = Self.range(of: text) else {
      throw GitHubFailure(status: 422, message: "Invalid value for parameter 'created'")
    }
    created = range
  }

  var isEmpty: Bool {
    [status, branch, event, actor, sha, suite].allSatisfy { $0 == nil } && created == nil
  }

  func accepts(_ run: RunPlan, in world: World, at now: Instant) -> Bool {
    if let branch, run.ref != branch { return false }
    if let event, run.event != event { return false }
    if let actor, run.actor.login.lowercased() != actor.lowercased() { return false }
    if let sha, run.sha != sha { return false }
    if let suite, String(run.id * 2 + 1) != suite { return false }
    if let created, !created.contains(world.clock.date(of: run.createdAt)) { return false }
    guard let status else { return true }
    let state = run.state(at: now)
    return state.status.rawValue == status || state.conclusion?.rawValue == status
  }

  /// GitHub's search syntax: a day, `>=`, `>`, `<=`, `<`, or `a..b` where either may be `*`.
  private static func range(of text: String) -> ClosedRange<Date>? {
    func end(of word: some StringProtocol) -> Date? {
      guard let date = Timestamp.parseISO(String(word)) else { return nil }
      return word.count == 10 ? date.addingTimeInterval(86_399) : date
    }
    func begin(of word: some StringProtocol) -> Date? { Timestamp.parseISO(String(word)) }
    if let dots = text.firstRange(of: "..") {
      let (head, tail) = (text[..<dots.lowerBound], text[dots.upperBound...])
      let low = head == "*" ? .distantPast : begin(of: head)
      let high = tail == "*" ? .distantFuture : end(of: tail)
      guard let low, let high, low <= high else { return nil }
      return low...high
    }
    if text.hasPrefix(">=") { return begin(of: text.dropFirst(2)).map { $0...(.distantFuture) } }
    if text.hasPrefix("<=") { return end(of: text.dropFirst(2)).map { .distantPast...$0 } }
    if text.hasPrefix(">") {
      return end(of: text.dropFirst()).map { $0.addingTimeInterval(1)...(.distantFuture) }
    }
    if text.hasPrefix("<") {
      return begin(of: text.dropFirst()).map { .distantPast...$0.addingTimeInterval(-1) }
    }
    guard let low = begin(of: text), let high = end(of: text) else { return nil }
    return low...high
  }
}
