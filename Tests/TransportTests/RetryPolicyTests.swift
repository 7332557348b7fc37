import Testing
import Transport

@Suite("Retry policy")
struct RetryPolicyTests {
  @Test("The bound doubles from the base up to the cap")
  func boundDoubles() {
    let policy = RetryPolicy.standard
    let bounds = (1...7).map { policy.bound(afterAttempt: $0) }
    #expect(bounds == [1, 2, 4, 8, 16, 20, 20].map { Duration.seconds($0) })
    #expect(policy.bound(afterAttempt: .max) == .seconds(20))
    #expect(policy.bound(afterAttempt: .min) == .seconds(1))
  }

  @Test("Waits are drawn from the whole range below the bound")
  func jitterIsFull() {
    var generator = SeededGenerator(seed: 7)
    let policy = RetryPolicy.standard
    let waits = (1...2000).map { _ in policy.delay(afterAttempt: 3, using: &generator) }
    #expect(waits.allSatisfy { $0 >= .zero && $0 <= .seconds(4) })
    #expect(waits.contains { $0 < .milliseconds(200) })
    #expect(waits.contains { $0 > .milliseconds(3800) })
  }

  @Test("The same seed gives the same waits")
  func seedDecides() {
    func waits() -> [Duration] {
      var generator = SeededGenerator(seed: 42)
      return (1...5).map { RetryPolicy.standard.delay(afterAttempt: $0, using: &generator) }
    }
    #expect(waits() == waits())
  }

  @Test("At least one attempt is made, and a base of nothing waits for nothing")
  func extremes() {
    var generator = SeededGenerator(seed: 1)
    #expect(RetryPolicy(maxAttempts: 0).maxAttempts == 1)
    let policy = RetryPolicy(baseDelay: .zero)
    #expect(policy.delay(afterAttempt: 2, using: &generator) == .zero)
  }
}
