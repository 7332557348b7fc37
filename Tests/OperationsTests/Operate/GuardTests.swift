import Deploys
import Foundation
import Operations
import Simulation
import Testing

@Suite("What a change reaches besides its own environment")
struct GuardTests {
  /// How the environment is guarded that is reached besides.
  enum Guard: CaseIterable, Sendable {
    case protected
    case readOnly

    func put(on environment: inout Environment) {
      environment.isProtected = self == .protected
      environment.readOnlyReason = self == .readOnly ? "a freeze" : nil
    }

    var words: String { self == .protected ? "not confirmed by name" : "read-only: a freeze" }
  }

  /// Expects a refusal, and that nothing was sent or written down.
  private func expectRefusal(
    _ mutation: Mutation, in scene: OperatorScene, _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    guard case .refused(let message, let remedy) = await scene.makeOperator().perform(mutation)
    else {
      Issue.record("not refused", sourceLocation: sourceLocation)
      return
    }
    for word in words {
      #expect(message.contains(word), "\(message)", sourceLocation: sourceLocation)
    }
    #expect(!remedy.isEmpty, sourceLocation: sourceLocation)
    #expect(scene.sent.isEmpty, sourceLocation: sourceLocation)
    #expect(try scene.audit.isEmpty, sourceLocation: sourceLocation)
  }

  private func expectDone(
    _ mutation: Mutation, in scene: OperatorScene,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let outcome = await scene.makeOperator().perform(mutation)
    guard case .done = outcome else {
      Issue.record("\(outcome)", sourceLocation: sourceLocation)
      return
    }
    #expect(scene.sent.count == 1, sourceLocation: sourceLocation)
  }

  // MARK: - Builds

  /// dev, which is guarded, and stg, which is not, in one account.
  private func shared(_ kind: Guard) throws -> OperatorScene {
    try OperatorScene(
      [.longBuild, .buildPhases, .abandonedBuild],
      environments: { list in
        kind.put(on: &list[0])
        list[1].aws = list[0].aws
      })
  }

  @Test("A build of a run of another environment is not stopped", arguments: Guard.allCases)
  func ownedBuild(_ kind: Guard) async throws {
    let scene = try shared(kind)
    guard case .stopBuild(var stop) = try await scene.stopBuild() else { return }
    stop.environment = "stg"
    stop.confirmed = ["dev"]
    try await expectRefusal(.stopBuild(stop), in: scene, "deploys to dev, not to stg")
  }

  @Test(
    "A build of nobody known is stopped only where no neighbour minds", arguments: Guard.allCases)
  func unownedBuild(_ kind: Guard) async throws {
    let scene = try shared(kind)
    guard case .stopBuild(var stop) = try await scene.stopBuild() else { return }
    stop.environment = "stg"
    stop.run = nil
    try await expectRefusal(.stopBuild(stop), in: scene, "cannot be told", "dev", kind.words)
    stop.confirmed = ["dev"]
    switch kind {
    case .protected: try await expectDone(.stopBuild(stop), in: scene)
    case .readOnly: try await expectRefusal(.stopBuild(stop), in: scene, kind.words)
    }
  }

  // MARK: - Reviews

  @Test(
    "GitHub's environment is guarded as the configured one that is called so, in any letters",
    arguments: Guard.allCases)
  func review(_ kind: Guard) async throws {
    let scene = try OperatorScene(
      [.waitingForReview],
      environments: { list in
        guard let none = try? WorkflowPattern("^no-such-(.*)$") else { return }
        list[2].name = "production"
        list[2].isProtected = false
        var other = Environment(name: "PRD", workflow: none)
        kind.put(on: &other)
        list.append(other)
      })
    guard case .review(var review) = try await scene.review() else { return }
    review.environment = "production"
    try await expectRefusal(.review(review), in: scene, "answers for PRD", kind.words)
    review.confirmed = ["PRD"]
    switch kind {
    case .protected: try await expectDone(.review(review), in: scene)
    case .readOnly: try await expectRefusal(.review(review), in: scene, kind.words)
    }
  }

  // MARK: - Dispatches

  private func dispatch(
    _ inputs: [(String, String)], in scene: OperatorScene, confirmed: [String] = []
  ) async throws -> Mutation {
    guard
      case .dispatch(var request) = try await scene.dispatch(
        "action-shop-dev-deploy",
        inputs: inputs.map { DispatchRequest.Input(name: $0.0, value: $0.1) })
    else { throw CocoaError(.featureUnsupported) }
    request.confirmed = confirmed
    return .dispatch(request)
  }

  @Test(
    "An input that names a guarded environment, by a text or by an environment",
    arguments: Guard.allCases, [[("target", "prd")], [("version", " PRD ")]])
  func inputs(_ kind: Guard, _ inputs: [(String, String)]) async throws {
    let scene = try OperatorScene([], environments: { kind.put(on: &$0[2]) })
    let name = inputs[0].0
    try await expectRefusal(
      try await dispatch(inputs, in: scene), in: scene, "the input \(name) names prd", kind.words)
    let confirmed = try await dispatch(inputs, in: scene, confirmed: ["prd"])
    switch kind {
    case .protected: try await expectDone(confirmed, in: scene)
    case .readOnly: try await expectRefusal(confirmed, in: scene, kind.words)
    }
  }

  @Test("What is not given goes by the file's default", arguments: [[], [("target", "")]])
  func defaults(_ inputs: [(String, String)]) async throws {
    // The workflow of stg asks for a target that is stg by default, and belongs to dev here.
    let scene = try OperatorScene(
      [],
      environments: { list in
        guard let none = try? WorkflowPattern("^no-such-(.*)$"),
          let both = try? WorkflowPattern("^(action.*(?:dev|stg)-deploy)$")
        else { return }
        list[0].workflow = both
        list[1].workflow = none
        list[1].isProtected = true
      })
    guard
      case .dispatch(let request) = try await scene.dispatch(
        "action-shop-stg-deploy",
        inputs: inputs.map { DispatchRequest.Input(name: $0.0, value: $0.1) })
    else { return }
    try await expectRefusal(.dispatch(request), in: scene, "the input target names stg")
  }

  @Test("A number and a yes or no name nothing, and what names nobody goes through")
  func harmless() async throws {
    let scene = try OperatorScene(
      [],
      environments: { list in
        list[2].name = "15"
        list[2].isProtected = true
      })
    try await expectDone(
      try await dispatch([("timeout", "15"), ("version", "prd-1")], in: scene), in: scene)
  }
}
