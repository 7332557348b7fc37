import Canvas
import Deploys
import Foundation
import Testing

@testable import Dashboard

@Suite("Choosing a workflow")
struct WorkflowPickerTests {
  private typealias F = FormFixture

  private func driver(_ snapshot: Snapshot = Fixture.snapshot) -> Driver {
    Driver(snapshot).press("w").effects(.loadWorkflows).expectScreen("reading the workflows")
      .send(.workflowsLoaded(F.listing))
  }

  private func selected(_ driver: Driver) -> Int64? {
    guard case .workflows(let picker) = driver.model.screens.last else { return nil }
    return picker.selected?.id
  }

  @Test("Every workflow stands below its environment, and Enter opens its form")
  func choosing() {
    let driver = driver()
    driver.expectScreen("dev", "stg", "prd", "결제-api", "disabled manually", "6 workflows")
    driver.expectScreen("the workflows of acme/web: no permission", "Actions: read")
    driver.press("down", "down", "down", "enter")
    driver.effects(.loadDispatchForm(F.listing.items[3].target, ref: nil))
    driver.expectScreen("Dispatch shop to stg").press("escape").expect { $0.screens.isEmpty }
  }

  @Test("It is narrowed by service, environment, name, file and repository")
  func narrowing() {
    let driver = driver().type("prd shop")
    #expect(selected(driver) == 31)
    driver.expectScreen("2 of 6").press("ctrl-u").type("srchidx")
    #expect(selected(driver) == 13)
    driver.press("ctrl-u").type("없음").expectScreen("None of the 6 has “없음”")
    driver.press("enter").effects().expectNotice("nothing is listed", .warning)
  }

  @Test("A disabled workflow is shown with GitHub's word for it, and not opened")
  func disabled() {
    let driver = driver().press("down", "down").expectScreen("! search-indexer: disabled manually")
    driver.press("enter").effects().expectNotice("disabled manually", .warning)
    driver.expect { $0.focus == .picker }
  }

  @Test("A read-only environment says why, and none of its workflows is opened")
  func readOnly() {
    var snapshot = Fixture.snapshot
    snapshot.sections[0].environment.readOnlyReason = "--read-only was given"
    let driver = driver(snapshot).expectScreen("read-only: --read-only was given")
    driver.press("enter").effects().expectNotice("--read-only was given", .warning)
  }

  @Test("The cursor keeps to its workflow when the list is read anew")
  func identity() {
    let driver = driver().press("down", "down", "down")
    #expect(selected(driver) == 21)
    driver.press("f5").effects(.loadWorkflows).press("f5").effects()
    var listing = F.listing
    listing.items.removeFirst(2)
    driver.send(.workflowsLoaded(listing))
    #expect(selected(driver) == 21)
    driver.type("shop").press("ctrl-u")
    #expect(selected(driver) == 21)
    listing.items = []
    driver.send(.workflowsLoaded(listing)).expectScreen("No workflow's name fits")
    driver.press("down", "up", "enter").effects()
  }

  @Test("One change at a time: nothing opens while another is under way")
  func underway() {
    let driver = F.driver(F.form([])).press("enter").drain().press("y").drain().press("escape")
    driver.press("w").drain().send(.workflowsLoaded(F.listing)).press("enter").effects()
    driver.expectNotice("one at a time", .warning)
  }
}
