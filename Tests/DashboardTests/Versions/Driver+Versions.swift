import Canvas
import Deploys
import Testing

@testable import Dashboard

extension Driver {
  var versions: VersionsScreen? {
    for case .versions(let versions) in model.screens { return versions }
    return nil
  }

  var tag: TagDialog? {
    for case .tag(let dialog) in model.screens { return dialog }
    return nil
  }

  /// Opens the versions and answers what they ask.
  @discardableResult
  func openVersions(
    _ answer: LiveVersions? = Fixture.versions, at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    press("v", at: place).effects(.loadVersions, at: place)
    if let answer { send(.versionsLoaded(answer), at: place) }
    return self
  }

  /// Goes to a cell of the versions.
  @discardableResult
  func go(
    to service: String, _ environment: String, at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    press("g", at: place)
    for _ in 0..<10 { act(at: place) { $0.moveLeft() } }
    for _ in 0..<20 where versions?.place?.service.name != service { press("j", at: place) }
    for _ in 0..<10 where versions?.place?.environment != environment { press("l", at: place) }
    return expectCell(service, environment, at: place)
  }

  @discardableResult
  func expectCell(
    _ service: String, _ environment: String, at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    #expect(versions?.place?.service.name == service, sourceLocation: place)
    #expect(versions?.place?.environment == environment, sourceLocation: place)
    return self
  }

  /// Opens the tag's dialog on the board's deploy, and takes note of what it asks.
  @discardableResult
  func openTag(
    _ query: TagQuery = Fixture.query("prd"), at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    act(at: place) { $0.openTag(query) }.effects(.loadTagPlan(query), at: place)
  }

  /// Answers the question that the tag's dialog has asked.
  @discardableResult
  func answerPlan(
    _ change: (inout TagPlan) -> Void = { _ in }, at place: SourceLocation = #_sourceLocation
  ) -> Driver {
    guard let query = tag?.query else {
      Issue.record("no tag's dialog is open", sourceLocation: place)
      return self
    }
    var plan = Fixture.plan(query)
    change(&plan)
    return send(.tagPlanLoaded(query, .plan(plan)), at: place)
  }
}

extension Model {
  /// Goes to the environment at the left, if there is one.
  fileprivate mutating func moveLeft() -> [Effect] {
    perform(VersionCommand.previousCell, "left")
  }
}
