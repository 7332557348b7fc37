import Foundation
import Testing

/// Which names a change asks for besides its own environment's.
@Suite(.serialized)
struct GuardTests {
  @Test func anEmptyInputIsLeftToTheWorkflowsDefaultAsInTheForm() async throws {
    let world = try await OperatedWorld()
    let dispatch = ["dispatch", "shop@dev", "--ref", "main", "-f"]
    let shown = try await world.run(dispatch + ["target=", "--dry-run"])
    #expect(shown.status == 0, "\(shown.errors)")
    #expect(!shown.output.contains("target"), "\(shown.output)")
    #expect(shown.errors.contains("target = dev (default)"), "\(shown.errors)")
    let guarded = try await world.run(dispatch + ["target=prd", "--dry-run"])
    #expect(guarded.status == 0, "\(guarded.errors)")
    #expect(guarded.errors.contains("--yes --confirm prd"), "\(guarded.errors)")
    #expect(try world.changes().isEmpty)
  }
}
