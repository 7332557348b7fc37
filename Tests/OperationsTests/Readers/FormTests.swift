import Deploys
import Foundation
import Operations
import Store
import Testing

@Suite("The form of a dispatch")
struct FormTests {
  private static let inputs = """
    on:
      workflow_dispatch:
        inputs:
          place: {type: environment, required: true}
          other: {type: environment, description: 'A second one'}
          level: {type: choice, options: [info, debug]}
    jobs: {}
    """

  private func failure(
    _ scene: ReaderScene, _ target: WorkflowTarget = ReaderScene.target(), at ref: String? = nil
  ) async -> ReadFailure? {
    await #expect(throws: ReadFailure.self) { try await scene.form(target, at: ref) }
  }

  @Test("Without a ref, that of the newest run is taken; pull requests do not count")
  func newestRun() async throws {
    let scene = try ReaderScene(
      ReaderScene.team {
        $0.branches["fix"] = ReaderScene.sha("e")
        $0.runs.insert(
          FakeGitHub.Run(
            id: 110, workflow: 11, ref: "fix", sha: ReaderScene.sha("e"), event: "pull_request"),
          at: 0)
      })
    let form = try await scene.form()
    #expect(form.ref == "shop-dev-20261122-01")
    #expect(form.target == ReaderScene.target())
    #expect(!form.isProtected)
    #expect(form.last == nil)
    #expect(try await scene.form(ReaderScene.target(13, to: "prd")).isProtected)
  }

  @Test("Where its ref is gone, and where nothing has run, the default branch is taken")
  func defaultBranch() async throws {
    let gone = ReaderScene.team { $0.tags = [:] }
    #expect(try await ReaderScene(gone).form().ref == "main")
    let fresh = ReaderScene.team { $0.runs = [] }
    #expect(try await ReaderScene(fresh).form().ref == "main")
  }

  @Test("Environments are offered by their names on GitHub")
  func environments() async throws {
    let scene = try ReaderScene(
      ReaderScene.team {
        $0.files[ReaderScene.path] = Self.inputs
        $0.environments = ["development", "production"]
      })
    let form = try await scene.form(at: "main")
    #expect(form.inputs[0].kind == .environment(["development", "production"]))
    #expect(form.inputs[1].kind == .environment(["development", "production"]))
    #expect(form.inputs[1].description == "A second one")
    #expect(form.inputs[2].kind == .choice(["info", "debug"]))
  }

  @Test("A token that may not read the environments leaves free text, and says so once")
  func unreadableEnvironments() async throws {
    let github = ReaderScene.team { $0.files[ReaderScene.path] = Self.inputs }
    github.change { $0.failures["/environments"] = 403 }
    let form = try await ReaderScene(github).form(at: "main")
    #expect(form.inputs[0].kind == .environment([]))
    #expect(form.inputs[0].description.contains("any name can be typed"))
    #expect(form.inputs[0].problem(with: "whatever") == nil)
    #expect(form.inputs[1].description == "A second one")
  }

  @Test("Environments are asked for only where an input wants one")
  func noNeedlessRequests() async throws {
    let scene = try ReaderScene(ReaderScene.team())
    _ = try await scene.form(at: "main")
    #expect(!scene.github.requests.contains { $0.contains("/environments") })
    #expect(scene.github.requests.count == 2)
  }

  @Test("What was dispatched last is remembered")
  func remembered() async throws {
    let scene = try ReaderScene(ReaderScene.team())
    let inputs = [DispatchRequest.Input(name: "level", value: "debug")]
    try scene.state.rememberedInputs.remember(
      ref: "main", inputs: inputs, for: ReaderScene.path, in: ReaderScene.shop)
    let last = try await scene.form().last
    #expect(last?.ref == "main")
    #expect(last?.inputs == inputs)
  }

  @Test("A ref that vanished, and a file that is not there at a ref, are told apart")
  func vanished() async throws {
    let scene = try ReaderScene(
      ReaderScene.team {
        $0.files = ["\(ReaderScene.path)@main": "on: workflow_dispatch"]
        $0.branches["old"] = ReaderScene.sha("e")
      })
    let ref = await failure(scene, at: "gone")
    #expect(ref?.message.contains("no branch and no tag gone") == true)
    let file = await failure(scene, at: "old")
    #expect(file?.message.contains("deploy.yml does not exist at old") == true)
    #expect(file?.remedy.isEmpty == false)
  }

  @Test("A commit is no ref to dispatch at")
  func commit() async throws {
    let scene = try ReaderScene(ReaderScene.team())
    let failure = await failure(scene, at: ReaderScene.sha("c"))
    #expect(failure?.message.contains("is a commit") == true)
  }

  @Test("A workflow that is disabled or gone is told before anything is filled in")
  func startable() async throws {
    let github = ReaderScene.team { $0.workflows[1].state = "disabled_inactivity" }
    let disabled = await failure(try ReaderScene(github))
    #expect(disabled?.message.contains("cannot be started") == true)
    #expect(disabled?.remedy.contains("gh workflow enable 11 --repo acme/shop") == true)
    let gone = await failure(try ReaderScene(github), ReaderScene.target(99))
    #expect(gone?.message.contains("no workflow action-shop-dev-deploy any more") == true)
  }

  @Test(
    "A file that cannot be dispatched says why",
    arguments: [
      ("on: push", "has no workflow_dispatch trigger"),
      ("name: x\non: [push\njobs: {", "deploy.yml at main: line 3 does not parse"),
      ("jobs: {}", "it has no `on:`"),
      (
        "on: {workflow_dispatch: {inputs: {x: {type: choice, required: true, options: []}}}}",
        "the input x must be chosen, and its list of options is empty"
      ),
    ])
  func unusable(text: String, words: String) async throws {
    let scene = try ReaderScene(ReaderScene.team { $0.files[ReaderScene.path] = text })
    let failure = await failure(scene, at: "main")
    #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    #expect(failure?.remedy.isEmpty == false)
  }

  @Test("An optional choice without options stays, and can only be empty")
  func emptyChoice() async throws {
    let text = "on: {workflow_dispatch: {inputs: {x: {type: choice, description: Which}}}}"
    let scene = try ReaderScene(ReaderScene.team { $0.files[ReaderScene.path] = text })
    let input = try #require(try await scene.form(at: "main").inputs.first)
    #expect(input.description == "Which (its list of options is empty, so it can only stay empty)")
    #expect(input.problem(with: "") == nil)
    #expect(input.problem(with: "a") != nil)
  }

  @Test("A server that does not answer is named, with what to do")
  func serverAway() async throws {
    let github = ReaderScene.team()
    github.change { $0.failures["/acme/shop/"] = 401 }
    let failure = await failure(try ReaderScene(github))
    #expect(failure?.message.contains("does not accept the token") == true)
    #expect(failure?.remedy.isEmpty == false)
  }
}
