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
    let unclosed = #expect(throws: WorkflowFile.Failure.self) {
      try WorkflowFile("name: x\non: [push\njobs: {")
    }
    #expect(unclosed?.message.hasPrefix("line 3 does not parse: ") == true)
    let tab = #expect(throws: WorkflowFile.Failure.self) { try WorkflowFile("on:\n\tpush:") }
    #expect(tab?.message.hasPrefix("line 2 does not parse: ") == true)
    let twice = #expect(throws: WorkflowFile.Failure.self) {
      try WorkflowFile("on: push\non: push")
    }
    #expect(twice?.message.contains("written twice: on") == true)
    #expect(throws: WorkflowFile.Failure.notAWorkflow) { try WorkflowFile("") }
  }

  @Test func followsAnchorsAndForgivesWhatItDoesNotKnow() throws {
    let file = try WorkflowFile(
      """
      x-common: &common
        type: choice
        options: &options [a, 'b', 3, ~]
        deprecationMessage: use another
      on:
        workflow_dispatch:
          inputs:
            first: *common
            second: {type: choice, options: *options, default: b}
            third:
            fourth: {type: novelty, required: TRUE, default: ~, description: 7}
            fifth: {type: boolean, default: TRUE}
            sixth: {type: string, default: ''}
      """)
    #expect(
      file.inputs.map(\.name) == ["first", "second", "third", "fourth", "fifth", "sixth"])
    #expect(file.inputs[0].kind == .choice(["a", "b", "3"]))
    #expect(file.inputs[1].kind == .choice(["a", "b", "3"]))
    #expect(file.inputs[1].defaultValue == "b")
    #expect(file.inputs[2] == DispatchInput(name: "third"))
    #expect(
      file.inputs[3] == DispatchInput(name: "fourth", description: "7", isRequired: true))
    #expect(file.inputs[4].defaultValue == "true")
    #expect(file.inputs[5].defaultValue == "")
  }

  @Test func takesTwentyFiveInputsAndNoMore() throws {
    func text(_ count: Int) -> String {
      "on:\n  workflow_dispatch:\n    inputs:\n"
        + (1...count).map { "      input\($0): {type: string}\n" }.joined()
    }
    #expect(try WorkflowFile(text(25)).inputs.count == 25)
    #expect(throws: WorkflowFile.Failure.tooManyInputs(26)) { try WorkflowFile(text(26)) }
  }

  @Test func isNotDrownedByAnchorsOfAnchors() throws {
    var text = "x0: &x0 [a]\n"
    for level in 1...60 {
      text += "x\(level): &x\(level) [*x\(level - 1), *x\(level - 1)]\n"
    }
    text += "on: {workflow_dispatch: {inputs: {a: {type: choice, options: *x60}}}}\n"
    #expect(try WorkflowFile(text).inputs.first?.kind == .choice([]))
  }

  @Test func endsOnAnyText() {
    let deep = "on: " + String(repeating: "[", count: 5_000)
    for text in [deep, "on: *nothing", "%YAML 9", "\u{0}", "on: &a [*a]", "- on", "on: on: on"] {
      #expect(throws: WorkflowFile.Failure.self, "\(text.prefix(20))") { try WorkflowFile(text) }
    }
  }

  @Test(arguments: [
    (DispatchInput.Kind.boolean, "yes", false), (.boolean, "true", true), (.number, "1.5", true),
    (.number, "one", false), (.choice(["a", "b"]), "c", false), (.choice(["a", "b"]), "b", true),
    (.choice([]), "c", false), (.environment([]), "c", true), (.string, "", false),
  ])
  func answersAreCheckedAsGitHubWould(kind: DispatchInput.Kind, value: String, isGood: Bool) {
    let input = DispatchInput(name: "x", isRequired: true, kind: kind)
    #expect((input.problem(with: value) == nil) == isGood)
  }
}
