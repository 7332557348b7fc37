import Deploys
import Operations
import Testing

struct WorkflowFileTests {
  @Test func readsTypedInputsInOrder() throws {
    let file = try WorkflowFile(
      """
      name: action-결제-dev-deploy
      on:
        push:
          tags: ['pay-dev-*']
        workflow_dispatch:
          inputs:
            tag:
              description: '배포할 태그'
              required: true
            level:
              type: choice
              options: [info, debug, 3]
              default: info
            dry_run:
              type: boolean
              default: False
            count:
              type: number
              default: 2
            target:
              type: environment
      jobs: {}
      """)
    #expect(file.canBeDispatched)
    #expect(file.inputs.map(\.name) == ["tag", "level", "dry_run", "count", "target"])
    #expect(file.inputs[0].isRequired)
    #expect(file.inputs[0].description == "배포할 태그")
    #expect(file.inputs[1].kind == .choice(["info", "debug", "3"]))
    #expect(file.inputs[2].kind == .boolean)
    #expect(file.inputs[2].defaultValue == "false")
    #expect(file.inputs[3].kind == .number)
    #expect(file.inputs[3].defaultValue == "2")
    #expect(file.inputs[4].kind == .environment([]))
  }

  @Test(arguments: [
    ("on: workflow_dispatch", true), ("on: [push, workflow_dispatch]", true),
    ("on:\n  workflow_dispatch:", true), ("\"on\":\n  workflow_dispatch: {}", true),
    ("on: push", false), ("on: {push: {}}", false),
  ])
  func findsTheTrigger(text: String, canBeDispatched: Bool) throws {
    let file = try WorkflowFile(text)
    #expect(file.canBeDispatched == canBeDispatched)
    #expect(file.inputs.isEmpty)
  }

  @Test func saysWhatIsWrong() {
    #expect(throws: WorkflowFile.Failure.notAWorkflow) { try WorkflowFile("jobs: {}") }
    #expect(throws: WorkflowFile.Failure.self) { try WorkflowFile("on: [push\njobs: {") }
    #expect(throws: WorkflowFile.Failure.notAWorkflow) { try WorkflowFile("") }
  }

  @Test(arguments: [
    (DispatchInput.Kind.boolean, "yes", false), (.boolean, "true", true), (.number, "1.5", true),
    (.number, "one", false), (.choice(["a", "b"]), "c", false), (.choice(["a", "b"]), "b", true),
    (.choice([]), "c", true), (.string, "", false),
  ])
  func answersAreCheckedAsGitHubWould(kind: DispatchInput.Kind, value: String, isGood: Bool) {
    let input = DispatchInput(name: "x", isRequired: true, kind: kind)
    #expect((input.problem(with: value) == nil) == isGood)
  }
}
