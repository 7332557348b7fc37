import Deploys
import Foundation
import GitHub
import Polling
import Testing

struct BudgetTests {
  @Test func intervalsStretchBeforeTheAllowanceIsSpent() throws {
    var driver = try PollDriver(
      repositories: (0..<20).map { RepositoryName(owner: "a", name: "r\($0)") })
    let script = Script()
    // A server without tags charges everything; 20 repositories every 15 s are 4,800 an hour.
    var spent = 0
    let limit = 2000
    let reset = driver.now + 3600
    var count = 0
    while driver.now < noon + 3600 {
      for action in driver.state.due(at: driver.now) {
        if action.task.isGitHub { spent += 1 }
        count += 1
        driver.state.apply(
          script.answer(action), of: action,
          rateLimit: RateLimit(
            limit: limit, remaining: limit - spent, used: spent, resetsAt: reset),
          at: driver.now)
      }
      driver.now += 0.5
    }
    #expect(spent <= limit, "\(spent) of \(limit)")
    #expect(spent > limit / 2, "\(spent) of \(limit): too timid")
    #expect(count == spent)
  }
}
