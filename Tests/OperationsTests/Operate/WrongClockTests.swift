import Deploys
import Foundation
import Operations
import Simulation
import Testing

@Suite("Acting on a machine whose clock is an hour wrong")
struct WrongClockTests {
  @Test("Every act is done, once", arguments: [3600.0, -3600])
  func acts(_ error: Double) async throws {
    let acts: [@Sendable (OperatorScene) async throws -> Mutation] = [
      { try await $0.dispatch() }, { try await $0.retry() }, { try await $0.stopBuild() },
      { try await $0.tag() },
    ]
    for act in acts {
      let scene = try OperatorScene([.markedFailure, .abandonedBuild], clockError: error)
      let mutation = try await act(scene)
      guard case .done = await scene.makeOperator().perform(mutation) else {
        Issue.record("\(mutation.name) was not done")
        continue
      }
      #expect(scene.simulator.effects.count == 1, "\(mutation.name)")
      #expect(scene.sent.count == 1, "\(mutation.name)")
    }
  }
}
