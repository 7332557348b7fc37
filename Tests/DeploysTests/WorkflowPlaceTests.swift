import Deploys
import Testing

@Suite("Where a workflow deploys")
struct WorkflowPlaceTests {
  private let environments: [Environment]

  init() throws {
    environments = [
      Environment(name: "dev", workflow: try WorkflowPattern("^action-(?<service>.+)-dev-deploy$")),
      Environment(name: "prd", workflow: try WorkflowPattern("-deploy$"), isProtected: true),
    ]
  }

  @Test("A name belongs to the first environment whose pattern it fits")
  func first() {
    let place = environments.place(ofWorkflow: "action-shop-dev-deploy")
    #expect(place == WorkflowPlace(index: 0, environment: environments[0], service: "shop"))
    let other = environments.place(ofWorkflow: "action-shop-prd-deploy")
    #expect(other?.index == 1)
    #expect(other?.environment.name == "prd")
  }

  @Test("A name that fits no pattern belongs nowhere")
  func nowhere() {
    #expect(environments.place(ofWorkflow: "lint") == nil)
    #expect([Environment]().place(ofWorkflow: "action-shop-dev-deploy") == nil)
  }
}
