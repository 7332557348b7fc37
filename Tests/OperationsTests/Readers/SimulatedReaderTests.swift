import AWS
import Deploys
import Foundation
import GitHub
import Operations
import Simulation
import Store
import Testing

@Suite("What an operator reads of the simulated team")
struct SimulatedReaderTests {
  private struct World {
    let simulator: Simulator
    let operations: Operator
    let github: GitHubClient

    init(
      clockError: TimeInterval = 0, _ change: (inout Scenario) -> Void = { _ in }
    ) throws {
      let clock = ManualClock(Date(timeIntervalSince1970: 1_795_394_400))
      var scenario = Scenario.standard
      scenario.throttles = []
      scenario.arrivalsPerHour = 0
      change(&scenario)
      let simulator = Simulator(options: SimulatorOptions(scenario: scenario, clock: clock))
      self.simulator = simulator
      let transport = SimulatedTransport(simulator)
      let now: @Sendable () -> Date = { clock.now + clockError }
      github = GitHubClient(
        apiURL: "http://127.0.0.1:1",
        credential: try GitHubCredential(token: Simulator.token, source: "test"),
        transport: transport, now: now, sleep: { _ in })
      operations = Operator(
        github: github,
        aws: AWSClients(
          environment: [:], transport: transport, files: FileReader { _ in nil },
          sleep: { _ in }),
        repositories: simulator.repositories.compactMap { RepositoryName($0) },
        environments: try ["dev", "stg", "prd"].map {
          Environment(
            name: $0, workflow: try WorkflowPattern("^(action.*\($0)-deploy)$"),
            isProtected: $0 == "prd")
        },
        timeZone: .gmt, state: try StateDatabase.inMemory(), now: now, sleep: { _ in })
    }

    func target(_ name: String) async throws -> WorkflowTarget {
      let items = await operations.workflows().items
      return try #require(items.map(\.target).first { $0.workflowName == name })
    }
  }

  @Test("Every workflow has a form, or a reason for having none")
  func forms() async throws {
    let world = try World()
    let listing = await world.operations.workflows()
    #expect(listing.failures == [])
    #expect(listing.items.count >= 18)
    for item in listing.items {
      switch await world.operations.dispatchForm(for: item.target, at: nil) {
      case .form(let form):
        #expect(item.isActive && !form.ref.isEmpty)
        #expect(form.isProtected == (item.target.environment == "prd"))
        for input in form.inputs {
          if case .environment(let names) = input.kind { #expect(!names.isEmpty) }
        }
      case .failed(let message, let remedy, _):
        let reasons = ["no workflow_dispatch trigger", "cannot be started"]
        #expect(reasons.contains { message.contains($0) }, "\(message)")
        #expect(!remedy.isEmpty)
      }
    }
  }

  @Test(
    "What is wrong with a workflow is told",
    arguments: [
      (WorkflowFlaw.Kind.unparsable, "does not parse"), (.noDispatch, "no workflow_dispatch"),
      (.disabled, "cannot be started"), (.noFile, "does not exist at"),
    ])
  func flaws(flaw: WorkflowFlaw.Kind, words: String) async throws {
    let world = try World {
      $0.workflowFlaws = [WorkflowFlaw(workflow: "action-shop-dev-deploy", flaw: flaw)]
    }
    let target = try await world.target("action-shop-dev-deploy")
    guard
      case .failed(let message, _, let isOfRef) = await world.operations.dispatchForm(
        for: target, at: nil)
    else {
      Issue.record("there is a form")
      return
    }
    #expect(message.contains(words), "\(message)")
    #expect(isOfRef == (flaw != .disabled))
  }

  @Test("The matrix agrees with the tags, and a promotion with the matrix")
  func promotions() async throws {
    let world = try World()
    let versions = await world.operations.versions()
    #expect(versions.failures == [])
    #expect(versions.rows.count >= 6)
    var promoted = 0
    for row in versions.rows {
      for (index, cell) in row.cells.enumerated() where index > 0 {
        guard let cell, let source = row.cells[index - 1]?.live.value ?? nil else { continue }
        let query = TagQuery(
          repository: row.repository, service: row.service, environment: cell.target.environment)
        guard case .plan(let plan) = await world.operations.tagPlan(query) else {
          Issue.record("no plan for \(row.service)")
          continue
        }
        promoted += 1
        #expect(plan.source == .environment(versions.environments[index - 1]))
        #expect(plan.request.commit == source.commit)
        #expect(
          plan.request.tag.hasPrefix("\(row.service)-\(cell.target.environment)-20261123-"))
        #expect(plan.live == (cell.live.value ?? nil))
        let isSame = plan.live?.commit == source.commit
        #expect(
          plan.warnings.contains { $0.contains("live in") && $0.contains("already") } == isSame)
        if plan.live != nil {
          let range = try #require(plan.changes.value, "\(row.service)")
          #expect((range.aheadCount == 0 && range.behindCount == 0) == isSame)
        }
        #expect(!plan.warnings.contains { $0.contains("is not started by") })
      }
    }
    #expect(promoted >= 10)
  }

  @Test("What is proposed can be created, and the next proposal is the next number")
  func nextNumber() async throws {
    let world = try World()
    let target = try await world.target("action-shop-dev-deploy")
    let query = TagQuery(
      repository: target.repository, service: target.service, environment: "dev")
    guard case .plan(let first) = await world.operations.tagPlan(query) else {
      Issue.record("no plan")
      return
    }
    #expect(first.source == .ref("main"))
    try await world.github.createTag(
      first.request.tag, commit: first.request.commit, in: target.repository)
    guard case .plan(let second) = await world.operations.tagPlan(query) else {
      Issue.record("no second plan")
      return
    }
    #expect(second.taken.first == first.request.tag)
    #expect(second.request.tag > first.request.tag)
  }

  @Test("The matrix takes two requests a workflow at most, and none is charged twice")
  func costs() async throws {
    let world = try World()
    let first = await world.operations.versions()
    let cells = first.rows.flatMap(\.cells).compactMap(\.self).count
    let requests = world.github.requestCount - world.simulator.repositories.count
    #expect(cells...(2 * cells) ~= requests)
    let charged = world.github.chargedCount
    let second = await world.operations.versions()
    #expect(second.rows == first.rows)
    #expect(world.github.chargedCount == charged)
  }

  @Test("Every page of branches and tags is there once")
  func pages() async throws {
    let world = try World()
    let shop = RepositoryName(owner: "acme", name: "shop")
    for kind in GitRef.Kind.allCases {
      var page: Int? = 1
      var names: [String] = []
      while let number = page {
        guard case .page(let refs) = await world.operations.refs(of: shop, kind: kind, page: number)
        else {
          Issue.record("no page \(number)")
          return
        }
        names += refs.refs.map(\.name)
        page = refs.nextPage
      }
      #expect(!names.isEmpty)
      #expect(Set(names).count == names.count)
    }
  }
}
