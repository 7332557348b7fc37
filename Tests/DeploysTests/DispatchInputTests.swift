import Deploys
import Testing

@Suite("The environment that an answer names")
struct DispatchInputTests {
  private let environments: [Environment]

  init() throws {
    environments = try ["dev", "prd"].map {
      Environment(name: $0, workflow: try WorkflowPattern("-\($0)-deploy$"))
    }
  }

  private func named(
    by answer: String?, to kind: DispatchInput.Kind, default value: String? = nil
  ) -> String? {
    DispatchInput(name: "target", kind: kind, defaultValue: value)
      .environment(namedBy: answer, among: environments)?.name
  }

  @Test(
    "A text, a choice and an environment name one alike",
    arguments: [DispatchInput.Kind.string, .choice(["dev", "prd"]), .environment([])])
  func alike(_ kind: DispatchInput.Kind) {
    #expect(named(by: "prd", to: kind) == "prd")
    #expect(named(by: " PRD\n", to: kind) == "prd")
    #expect(named(by: "", to: kind, default: "prd") == "prd")
    #expect(named(by: nil, to: kind, default: "dev") == "dev")
    #expect(named(by: "prd-2", to: kind) == nil)
    #expect(named(by: "to prd", to: kind) == nil)
    #expect(named(by: "  ", to: kind) == nil)
    #expect(named(by: nil, to: kind) == nil)
  }

  @Test("A number and a yes or no name none", arguments: [DispatchInput.Kind.number, .boolean])
  func others(_ kind: DispatchInput.Kind) {
    #expect(named(by: "prd", to: kind) == nil)
  }
}
