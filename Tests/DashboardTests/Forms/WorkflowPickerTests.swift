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
    driver.expectScreen("Dispatch shop to stg").press("escape").effects()
    #expect(selected(driver) == 21)
    driver.press("escape").expect { $0.screens.isEmpty }
  }

  @Test("A list that was being read when its workflow was chosen is there when it comes back")
  func backToList() {
    let driver = driver().press("f5").effects(.loadWorkflows).press("enter").drain()
    var listing = F.listing
    listing.items.removeLast()
    driver.send(.workflowsLoaded(listing)).press("escape").expectScreen("5 workflows")
  }

  @Test("After a dispatch from the list the board is there")
  func afterDispatch() {
    let target = F.listing.items[0].target
    let driver = driver().press("enter").drain()
    let form = DispatchForm(target: target, isProtected: false, ref: "main", inputs: [])
    driver.send(.dispatchFormLoaded(target, ref: nil, .form(form))).press("enter").drain()
    driver.press("y").drain()
    guard let request = driver.model.underway else {
      Issue.record("nothing was sent")
      return
    }
    driver.send(.mutated(request, .done(message: "Dispatched.", run: nil))).drain()
    driver.expect { $0.screens.isEmpty }
  }

  @Test("What lacks workflow_dispatch is marked once that is known, and can be looked at")
  func triggers() {
    let driver = driver().expectNotOnScreen("workflow_dispatch").press("down")
    var listing = F.listing
    for index in listing.items.indices { listing.items[index].hasDispatch = index != 1 }
    driver.send(.workflowsLoaded(listing))
      .expectScreen("결제-api              no workflow_dispatch", "on the default branch")
    #expect(selected(driver) == 12)
    driver.press("enter").effects(.loadDispatchForm(listing.items[1].target, ref: nil))
  }

  @Test("What has the words in service and environment comes before what has them elsewhere")
  func ranked() {
    // Every workflow is of acme/shop, so each has the word somewhere.
    let driver = driver()
    driver.send(
      .workflowsLoaded(
        WorkflowListing(items: [F.item(1, "api", "dev")] + F.listing.items)))
    driver.press("g").press("ctrl-u", "up", "up").type("shop dev")
    #expect(selected(driver) == 11)
    driver.expectScreen("api").press("ctrl-u").type("api dev")
    #expect(selected(driver) == 1)
  }

  @Test("Where every environment is read-only no list opens, and the reason is said")
  func readOnlyEverywhere() {
    var snapshot = Fixture.snapshot
    for index in snapshot.sections.indices {
      snapshot.sections[index].environment.readOnlyReason = "--read-only was given"
    }
    let driver = Driver(snapshot).press("w").effects().expect { $0.screens.isEmpty }
    driver.expectNotice("every environment is read-only: --read-only was given", .warning)
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
